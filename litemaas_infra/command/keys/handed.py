"""A virtual key as it is handed to who is to use it."""

from dataclasses import dataclass, field

from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.command.answers import Answer


@dataclass(frozen=True)
class Handed(Answer):
    """What its holder needs."""

    alias: str
    user: str | None
    base_url: str
    models: list[str]
    """Every one where none is named."""
    max_budget: float | None
    budget_duration: str | None
    spend: float
    blocked: bool
    expires: str | None
    value: str | None = field(repr=False)
    """None where this stack does not have it."""

    def __rich__(self) -> RenderableType:
        return Text("\n".join(f"{name}: {value}" for name, value in self._lines().items() if value))

    def _lines(self) -> dict[str, str | None]:
        return {
            "API key": self.value or "only who was given it knows it",
            "Base URL": self.base_url,
            "Models": ", ".join(self.models) or "every one",
            "Budget": self._budget(),
            "User": self.user,
            "Alias": self.alias,
            "Expires": self.expires,
            "Blocked": "yes" if self.blocked else None,
        }

    def _budget(self) -> str:
        spent = f"${self.spend:.2f} spent"
        if self.max_budget is None:
            return f"unlimited, {spent}"
        each = f" in each {self.budget_duration}" if self.budget_duration else ""
        return f"${self.max_budget:g}{each}, {spent}"
