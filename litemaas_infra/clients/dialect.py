"""What differs between LiteLLM's versions. Nothing else asks for a version.

Each difference was seen on the real gateway: 1.74.7, 1.81, 1.108.7 and 1.109.1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from litemaas_infra.specs.advisories import Version, parsed

_TAKES_BACK: Final[Version] = (1, 109, 0)


@dataclass(frozen=True)
class Dialect:
    """How one version wants to be spoken to."""

    removes_params: bool = False
    """Whether a change can take a parameter out of a deployment; if not, it has to be made anew."""

    @classmethod
    def of(cls, version: str | None) -> Self:
        """The dialect of the version that a gateway reports; the oldest one where it reports none."""
        numbers = re.match(r"\d+\.\d+\.\d+", version or "")
        return cls(removes_params=numbers is not None and parsed(numbers[0]) >= _TAKES_BACK)

    def removal(self, params: Sequence[str]) -> dict[str, Sequence[str]]:
        """The part of a change that takes the parameters out."""
        return {"litellm_params_to_remove": params} if params and self.removes_params else {}
