"""Whether models answer."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.errors import LiteMaaSError
from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.model import PROVABLE

_AT_ONCE: Final = 8


@dataclass(frozen=True)
class Health:
    """What came of asking a deployment for one token, or one vector."""

    id: str
    model_name: str
    asked: bool
    """Whether it is of a mode that can be asked."""
    trouble: str | None = None
    seconds: float = 0.0

    @property
    def words(self) -> str:
        """What people read."""
        if not self.asked:
            return "not asked"
        return self.trouble or f"answers in {self.seconds:.1f} s"


def ask(gateway: Gateway, deployments: Sequence[Deployment]) -> list[Health]:
    """Ask each deployment, several at once."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(lambda one: _ask(gateway, one), deployments))


def _ask(gateway: Gateway, one: Deployment) -> Health:
    if one.info.get("mode") not in PROVABLE:
        return Health(one.id, one.model_name, asked=False)
    began, trouble = time.monotonic(), None
    try:
        gateway.prove(one)
    except LiteMaaSError as error:
        trouble = str(error)
    return Health(one.id, one.model_name, True, trouble, time.monotonic() - began)
