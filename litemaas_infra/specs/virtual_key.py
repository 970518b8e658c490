"""A virtual key: what its holder may ask of the gateway, and for how much."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator

from litemaas_infra.specs.entity import LIMITS, Alias, Duration, Limited
from litemaas_infra.specs.exposure import ObjectName
from litemaas_infra.specs.values import Limit, Name

_NOBODY: Final = "default_user_id"
"""Whom LiteLLM gives a key that was made for nobody."""


def _text(value: object) -> object:
    # In a path, Pulumi takes 2 for a number.
    return str(value) if type(value) is int else value


class VirtualKeySpec(Limited):
    """A key as it is declared, under the names that LiteMaaS's scripts use. Its value is no part of it."""

    ID: ClassVar = "alias"
    NAMES: ClassVar[Mapping[str, str]] = {
        "alias": "key_alias",
        "models": "models",
        **LIMITS,
        "max_parallel_requests": "max_parallel_requests",
        "team": "team_id",
        "budget": "budget_id",
        "user_id": "user_id",
        "blocked": "blocked",
    }

    alias: Alias
    """What the gateway knows it by; its value is in Secret `litellm-key-ALIAS`."""
    models: tuple[Name, ...] = ()
    """The models, or access groups, it opens; every one unless any is named."""
    max_parallel_requests: Limit | None = None
    """Requests at a time; none is unlimited."""
    team: Name | None = None
    """The team it belongs to, whose models and limits hold for it too: its alias, and to LiteLLM its id."""
    budget: Name | None = None
    """The budget of this stack that limits it, beside its own limits."""
    user_id: Name | None = None
    """Whose it is, user@example.com for instance."""
    blocked: bool = False
    """Whether it opens nothing for now."""
    rotation: Annotated[str, BeforeValidator(_text)] | None = None
    """A word or number; whenever it becomes another one, the key gets another value."""
    overlap: Duration = "1d"
    """How long the value before a rotation goes on opening what it did."""
    secret_namespace: ObjectName | None = None
    """A namespace whose Secret `litellm-key-ALIAS` is to hold the value too, with the gateway's address."""

    @classmethod
    def seen(cls, info: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that LiteLLM tells of, as Pulumi keeps them."""
        found = super().seen(info)
        user = found["user_id"] if found["user_id"] != _NOBODY else None
        return {**found, "user_id": user, "models": found["models"] or [], "blocked": bool(found["blocked"])}


def retired(alias: str, known: str) -> str:
    """What the key of that token is called once another value has taken its place under the alias."""
    return f"{alias}-rotated-{known[:12]}"


def token(value: str) -> str:
    """What LiteLLM knows a key by: the SHA-256 of its value, in hexadecimal digits, which opens nothing."""
    return hashlib.sha256(value.encode()).hexdigest()
