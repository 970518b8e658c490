"""What differs between LiteLLM's versions. Nothing else asks for a version.

Each difference was seen on the real gateway: 1.74.7, 1.81, 1.108.7 and 1.109.1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from litemaas_infra.specs.advisories import Version, parsed

_TAKES_BACK: Final[Version] = (1, 109, 0)
_KEEPS_AS_MADE: Final[Version] = (1, 81, 0)
_KEEPS_AS_CHANGED: Final[Version] = (1, 108, 0)
_OLDEST: Final[Version] = (0, 0, 0)


@dataclass(frozen=True)
class Dialect:
    """How one version wants to be spoken to."""

    removes_params: bool = False
    """Whether a change can take a parameter out of a deployment; if not, it has to be made anew."""
    credential_made: float = 0.0
    """Seconds until a new credential is used: 1.74 takes its ciphertext until it reads all of them again."""
    credential_changed: float = 0.0
    """Seconds until a changed one is used, which older versions know when they read all of them again."""

    @classmethod
    def of(cls, version: str | None) -> Self:
        """The dialect of the version that a gateway reports; the oldest one where it reports none."""
        found = re.match(r"\d+\.\d+\.\d+", version or "")
        numbers = parsed(found[0]) if found else _OLDEST
        reads_again = 11.0 if numbers < _KEEPS_AS_MADE else 31.0
        return cls(
            removes_params=numbers >= _TAKES_BACK,
            credential_made=reads_again if numbers < _KEEPS_AS_MADE else 0.0,
            credential_changed=reads_again if numbers < _KEEPS_AS_CHANGED else 0.0,
        )

    def removal(self, params: Sequence[str]) -> dict[str, Sequence[str]]:
        """The part of a change that takes the parameters out."""
        return {"litellm_params_to_remove": params} if params and self.removes_params else {}
