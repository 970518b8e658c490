"""A virtual key: what its holder may ask of the gateway, and for how much."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from litemaas_infra.specs.entity import LIMITS, Alias, Duration, Limited, seconds
from litemaas_infra.specs.exposure import ObjectName
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Extra, Limit, Name

_NOBODY: Final = "default_user_id"
"""Whom LiteLLM gives a key that was made for nobody."""
PER_MODEL: Final[Mapping[str, str]] = {"model_rpm": "model_rpm_limit", "model_tpm": "model_tpm_limit"}
"""The limits by model, and what LiteLLM calls them among a key's metadata, where it keeps them."""
_HALF_A_DAY: Final = timedelta(hours=12)


def _sent(value: SecretStr) -> SecretStr:
    if re.fullmatch(r"sk-[!-~]{13,}", value.get_secret_value()) is None:
        raise ValueError("is no virtual key: LiteLLM's begin with sk-, and have 16 characters or more")
    return value


def _no_field_of_its_own(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    for field, called in PER_MODEL.items():
        if called in metadata:
            raise ValueError(f"holds {called}, which has a field of its own; set {field} instead")
    return metadata


KeySecret = Annotated[SecretStr, AfterValidator(_sent)]
Path = Annotated[str, shaped(r"/[!-~]+", "a path of the gateway, /v1/chat/completions for instance")]


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
        "expires": "duration",
        "aliases": "aliases",
        "metadata": "metadata",
        "routes": "allowed_routes",
        **dict.fromkeys(PER_MODEL, "metadata"),
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
    expires: date | None = None
    """The day, 2027-01-31 for instance, that it opens nothing from, in Greenwich; never unless set."""
    aliases: dict[Name, Name] = Field(default={})
    """Models that its holder may ask for by other names, by those names."""
    model_rpm: dict[Name, Limit] = Field(default={})
    """Requests per minute of single models, by their names."""
    model_tpm: dict[Name, Limit] = Field(default={})
    """Tokens per minute of single models, by their names."""
    metadata: Annotated[Extra, AfterValidator(_no_field_of_its_own)] = Field(default={})
    """What else LiteLLM is to keep of it."""
    routes: tuple[Path, ...] = ()
    """The only paths of the gateway that it opens, `/metrics` for instance; all of models' unless set."""
    value: KeySecret | None = None
    """Its value, of one that was made elsewhere and is taken over; generated unless set, with `--secret`."""
    rotation: Annotated[str, BeforeValidator(_text)] | None = None
    """A word or number; whenever it becomes another one, the key gets another value."""
    overlap: Duration = "1d"
    """How long the value before a rotation goes on opening what it did."""
    secret_namespace: ObjectName | None = None
    """A namespace whose Secret `litellm-key-ALIAS` is to hold the value too, with the gateway's address."""

    @classmethod
    def seen(cls, info: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that LiteLLM tells of, as Pulumi keeps them."""
        user = info.get("user_id") if info.get("user_id") != _NOBODY else None
        metadata = dict(info.get("metadata") or {})
        limits = {field: metadata.pop(called, None) or {} for field, called in PER_MODEL.items()}
        expires = _day(info.get("expires"))
        return {**super().seen(info), "user_id": user, "expires": expires, "metadata": metadata, **limits}

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields, as Pulumi keeps them, without its value."""
        return {name: value for name, value in super().fields.items() if name != "value"}

    @property
    def told(self) -> dict[str, Any]:
        """What LiteLLM is told, under its names: of its end how long it is until then."""
        duration = f"{self._left}s" if self.expires else None
        limits = {called: getattr(self, field) for field, called in PER_MODEL.items() if getattr(self, field)}
        return {**super().told, "duration": duration, "metadata": {**self.metadata, **limits}}

    @property
    def ending(self) -> Duration:
        """How long a value that was rotated still opens what it did: the overlap, or less if the key ends."""
        overlap = seconds(self.overlap)
        return f"{min(overlap, self._left) if self.expires else overlap}s"

    @property
    def _left(self) -> int:
        end = datetime.combine(self.expires or date.max, time(), UTC)
        return max(1, round((end - datetime.now(UTC)).total_seconds()))


def _day(moment: str | None) -> str | None:
    # LiteLLM counts from when it was told, by its own clock.
    return (datetime.fromisoformat(moment) + _HALF_A_DAY).date().isoformat() if moment else None


def retired(alias: str, known: str) -> str:
    """What the key of that token is called once another value has taken its place under the alias."""
    return f"{alias}-rotated-{known[:12]}"


def token(value: str) -> str:
    """What LiteLLM knows a key by: the SHA-256 of its value, in hexadecimal digits, which opens nothing."""
    return hashlib.sha256(value.encode()).hexdigest()
