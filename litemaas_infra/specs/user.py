"""A user: what all the keys of one person together may ask of the gateway, and for how much."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from litemaas_infra.specs.access import EVERY
from litemaas_infra.specs.entity import LIMITS, Limited
from litemaas_infra.specs.values import Name

Role = Literal["internal_user", "internal_user_viewer", "proxy_admin", "proxy_admin_viewer"]


class UserSpec(Limited):
    """A user as it is declared."""

    ID: ClassVar = "user_id"
    NAMES: ClassVar[Mapping[str, str]] = {
        "user_id": "user_id",
        "email": "user_email",
        "role": "user_role",
        "models": "models",
        **LIMITS,
    }

    user_id: Name
    """What the gateway, and keys, know them by, user@example.com for instance."""
    email: Name | None = None
    """Where they get mail."""
    role: Role = "internal_user"
    """What they may do in the admin UI, as LiteLLM calls it."""
    models: tuple[Name, ...] = ()
    """The models, or access groups, that their keys of no team may open; every one unless any is named."""
    adopt: bool = False
    """Whether a user of this id that was made elsewhere is taken over, with their keys and spend."""
    force_delete: bool = False
    """Whether keys of this user that are no keys of the stack are deleted along with them."""

    @classmethod
    def seen(cls, info: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that LiteLLM tells of, as Pulumi keeps them."""
        found = super().seen(info)
        models = [] if found["models"] in (None, [EVERY]) else found["models"]
        return {**found, "email": found["email"] or None, "models": models}

    @property
    def told(self) -> dict[str, Any]:
        """What LiteLLM is told: of a user it takes nothing back that is told as null, or as an empty list."""
        return {**super().told, "user_email": self.email or "", "models": list(self.models) or [EVERY]}
