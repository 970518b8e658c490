"""A team: what all its keys together may ask of the gateway, and for how much."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from litemaas_infra.specs.entity import LIMITS, Alias, Limited
from litemaas_infra.specs.values import Extra, Name


class TeamSpec(Limited):
    """A team as it is declared."""

    ID: ClassVar = "alias"
    NAMES: ClassVar[Mapping[str, str]] = {
        "alias": "team_alias",
        "models": "models",
        **LIMITS,
        "blocked": "blocked",
        "metadata": "metadata",
    }

    alias: Alias
    """What the gateway, and this stack's keys, know it by."""
    models: tuple[Name, ...] = ()
    """The models, or access groups, that its keys may open; every one unless any is named."""
    blocked: bool = False
    """Whether its keys open nothing for now."""
    metadata: Extra = Field(default={})
    """What else LiteLLM is to keep of it."""
    adopt: bool = False
    """Whether a team of this alias that was made elsewhere is taken over, with its keys and its spend."""
    force_delete: bool = False
    """Whether keys of this team that are no keys of the stack are deleted with it."""
