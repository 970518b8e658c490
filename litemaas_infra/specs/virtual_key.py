"""A virtual key: what its holder may ask of the gateway, and for how much."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from litemaas_infra.specs.fields import whole
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Limit, Name

_NAMES: Final = {
    "alias": "key_alias",
    "models": "models",
    "max_budget": "max_budget",
    "budget_duration": "budget_duration",
    "rpm": "rpm_limit",
    "tpm": "tpm_limit",
    "max_parallel_requests": "max_parallel_requests",
    "user_id": "user_id",
    "blocked": "blocked",
}
"""What LiteLLM calls each field."""
FIELDS: Final = tuple(_NAMES)
_NOBODY: Final = "default_user_id"
"""Whom LiteLLM gives a key that was made for nobody."""

Alias = Annotated[
    str,
    shaped(r"[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?", "a name of up to 50 small letters, digits and dashes"),
]
Duration = Annotated[str, shaped(r"[1-9][0-9]*(s|m|h|d|mo)", "a length of time, 30d for instance")]


class VirtualKeySpec(BaseModel):
    """A key as it is declared, under the names that LiteMaaS's scripts use. Its value is no part of it."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )

    alias: Alias
    """What the gateway knows it by; its value is in Secret `litellm-key-ALIAS`."""
    models: tuple[Name, ...] = ()
    """The models, or access groups, it opens; every one unless any is named."""
    max_budget: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """Dollars that may be spent with it, in all or in each budget_duration; none is unlimited."""
    budget_duration: Duration | None = None
    """After which the spend counts from zero again, 30d for instance."""
    rpm: Limit | None = None
    """Requests per minute; none is unlimited."""
    tpm: Limit | None = None
    """Tokens per minute; none is unlimited."""
    max_parallel_requests: Limit | None = None
    """Requests at a time; none is unlimited."""
    user_id: Name | None = None
    """Whose it is, user@example.com for instance."""
    blocked: bool = False
    """Whether it opens nothing for now."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The key of these fields, whatever else is among them."""
        known = {name: whole(fields[name]) for name in FIELDS if fields.get(name) is not None}
        return cls.model_validate(known)

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields, as Pulumi keeps them."""
        return {**self.model_dump(), "models": list(self.models)}

    @property
    def told(self) -> dict[str, Any]:
        """What LiteLLM is told, under its names; it takes back what is told as null."""
        return {_NAMES[name]: value for name, value in self.fields.items()}


def seen(info: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a key, as LiteLLM tells of it."""
    found = {name: info.get(called) for name, called in _NAMES.items()}
    user = found["user_id"] if found["user_id"] != _NOBODY else None
    return {**found, "user_id": user, "models": found["models"] or [], "blocked": bool(found["blocked"])}


def token(value: str) -> str:
    """What LiteLLM knows a key by: the SHA-256 of its value, in hexadecimal digits, which opens nothing."""
    return hashlib.sha256(value.encode()).hexdigest()
