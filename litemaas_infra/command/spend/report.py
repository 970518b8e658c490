"""Sums of what was spent."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from litemaas_infra.clients.spending import Spent
from litemaas_infra.command.answers import Answer, table


@dataclass(frozen=True)
class Sum:
    """What one key, team, model or day came to."""

    name: str
    dollars: float
    tokens: int
    requests: int


NAMES: Final[Mapping[str, Callable[[Spent], str]]] = {
    "key": lambda one: one.key,
    "team": lambda one: one.team or "(no team)",
    "model": lambda one: one.model or "(no model)",
    "day": lambda one: one.day.isoformat(),
}
"""What can be summed up, and whom each part counts for."""


@dataclass(frozen=True)
class Report(Answer):
    """All that was spent since a day, and its sums."""

    since: date
    total: Sum
    by: dict[str, list[Sum]]
    """The dearest first; days as they come."""

    @classmethod
    def of(cls, since: date, spent: Sequence[Spent], names: Sequence[str]) -> "Report":
        """Sum it up, in all and by these names."""
        return cls(since, _sum("total", spent), {name: _by(spent, name) for name in names})

    def __rich__(self) -> RenderableType:
        total = f"${self.total.dollars:.4f} since {self.since}, {self.total.tokens} tokens"
        tables = [_table(name, sums) for name, sums in self.by.items() if sums]
        return Group(Text(f"{total}, {self.total.requests} requests"), *tables)


def _table(name: str, sums: Iterable[Sum]) -> Table:
    made = table(name, "dollars", "tokens", "requests")
    for one in sums:
        made.add_row(one.name, f"{one.dollars:.4f}", str(one.tokens), str(one.requests))
    return made


def _by(spent: Iterable[Spent], name: str) -> list[Sum]:
    groups = defaultdict(list)
    for one in spent:
        groups[NAMES[name](one)].append(one)
    sums = [_sum(called, group) for called, group in groups.items()]
    return sorted(sums, key=lambda one: (0.0 if name == "day" else -one.dollars, one.name))


def _sum(name: str, spent: Sequence[Spent]) -> Sum:
    return Sum(
        name,
        sum(one.dollars for one in spent),
        sum(one.tokens for one in spent),
        sum(one.requests for one in spent),
    )
