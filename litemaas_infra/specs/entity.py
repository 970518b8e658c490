"""What keys, teams, users and budgets have in common: fields that people set, and LiteLLM's names of them."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from litemaas_infra.specs.fields import whole
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Limit

Alias = Annotated[
    str,
    shaped(r"[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?", "a name of up to 50 small letters, digits and dashes"),
]
Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Duration = Annotated[str, shaped(r"[1-9][0-9]*(s|m|h|d|mo)", "a length of time, 30d for instance")]
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "mo": 30 * 86400}


def seconds(duration: Duration) -> int:
    """How many seconds a length of time has, a month that of thirty days."""
    number = duration.rstrip("smhdo")
    return int(number) * _SECONDS[duration.removeprefix(number)]


class Entity(BaseModel):
    """Something that LiteLLM keeps, as it is declared."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )
    ID: ClassVar[str]
    """The field that it is known by, and that no two have the same value of."""
    NAMES: ClassVar[Mapping[str, str]]
    """What LiteLLM calls each field that it is told."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The entity of these fields, whatever else is among them."""
        known = {name: whole(fields[name]) for name in cls.model_fields if fields.get(name) is not None}
        return cls.model_validate(known)

    @classmethod
    def seen(cls, info: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that LiteLLM tells of, as Pulumi keeps them."""
        found = {name: info.get(called) for name, called in cls.NAMES.items()}
        return {name: _unset(cls, name) if value is None else value for name, value in found.items()}

    @property
    def called(self) -> str:
        """What people know it by."""
        return str(getattr(self, self.ID))

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields, as Pulumi keeps them."""
        return self.model_dump(mode="json")

    @property
    def told(self) -> dict[str, Any]:
        """What LiteLLM is told, under its names; it takes back what is told as null."""
        return {called: self.fields[name] for name, called in self.NAMES.items()}

    def differing(self, info: Mapping[str, Any]) -> list[str]:
        """The fields that LiteLLM has otherwise."""
        found = self.seen(info)
        return [name for name in self.NAMES if found[name] != self.fields[name]]

    def changes(self, info: Mapping[str, Any]) -> dict[str, Any]:
        """What LiteLLM must be told for what it has to become what is declared."""
        called = [self.NAMES[name] for name in self.differing(info)]
        return {name: self.told[name] for name in called}


def _unset(kind: type[Entity], name: str) -> Any:
    """What stands for a field of which LiteLLM tells nothing."""
    field = kind.model_fields[name]
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return list(default) if isinstance(default, tuple) else default


class Limited(Entity):
    """Something that may spend so much, and ask so often."""

    max_budget: Dollars | None = None
    """Dollars that may be spent, in all or in each budget_duration; none is unlimited."""
    budget_duration: Duration | None = None
    """After which the spend counts from zero again, 30d for instance."""
    rpm: Limit | None = None
    """Requests per minute; none is unlimited."""
    tpm: Limit | None = None
    """Tokens per minute; none is unlimited."""


LIMITS: Mapping[str, str] = {
    "max_budget": "max_budget",
    "budget_duration": "budget_duration",
    "rpm": "rpm_limit",
    "tpm": "tpm_limit",
}
"""What LiteLLM calls each limit."""
