"""A team: what all its keys together may ask of the gateway, and for how much."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from litemaas_infra.specs.entity import LIMITS, Alias, Limited
from litemaas_infra.specs.member import MemberSpec
from litemaas_infra.specs.values import Extra, Name


def _distinct(members: tuple[MemberSpec, ...]) -> tuple[MemberSpec, ...]:
    if len({member.user_id for member in members}) < len(members):
        raise ValueError("has a user_id twice; remove one of them")
    return members


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
    members: Annotated[tuple[MemberSpec, ...], AfterValidator(_distinct)] = ()
    """The users in it; others that it has are left alone."""
    blocked: bool = False
    """Whether its keys open nothing for now."""
    metadata: Extra = Field(default={})
    """What else LiteLLM is to keep of it."""
    adopt: bool = False
    """Whether a team of this alias that was made elsewhere is taken over, with its keys and its spend."""
    force_delete: bool = False
    """Whether keys of this team that are no keys of the stack are deleted with it."""

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields, as Pulumi keeps them, without its members, of whom each is a resource."""
        return {name: value for name, value in super().fields.items() if name != "members"}
