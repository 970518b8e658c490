"""Which parameters of a LiteLLM configuration are secret; it has no mark for them, as ours has."""

import re
from collections.abc import Mapping
from typing import Any, Final

from litemaas_infra.specs.values import ENVIRONMENT

_TELLING: Final = re.compile(r"key|token|secret|password|credential|auth|cert|headers", re.IGNORECASE)


def secret_names(params: Mapping[str, Any]) -> set[str]:
    """The names of those that hold a secret, as far as names tell; better one too many than one too few."""
    return {name for name, value in params.items() if _is_secret(name, value)}


def _is_secret(name: str, value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_is_secret(f"{name} {key}", part) for key, part in value.items())
    if isinstance(value, list):
        return any(_is_secret(name, part) for part in value)
    return isinstance(value, str) and bool(_TELLING.search(name)) and not value.startswith(ENVIRONMENT)
