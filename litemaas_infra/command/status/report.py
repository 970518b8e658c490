"""A deployment at a glance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from litemaas_infra.clients.pods import Pod
from litemaas_infra.command.answers import Answer, table
from litemaas_infra.command.keys.lines import KeyLine, key_table

_SHOWN: Final = 20
"""Lines of a kind that people are shown at most; a backend's users may have made any number of keys."""


@dataclass(frozen=True)
class ModelLine:
    """A deployment of a model."""

    model_name: str
    id: str
    source: str
    """Where it is declared: `stack`, `config file`, or `elsewhere`, in the admin UI for instance."""
    served: bool
    row: bool
    health: str
    well: bool


@dataclass(frozen=True)
class Status(Answer):
    """All of it."""

    addresses: dict[str, str]
    pods: list[Pod]
    models: list[ModelLine]
    rows: int
    keys: list[KeyLine]
    spend: float
    """Dollars, of the last 30 days."""
    troubles: list[str]
    """What could not be looked at."""
    differences: list[str]
    """What is otherwise than is declared."""
    undeclared: list[str]
    """What is in no stack, which is no disagreement."""

    @property
    def wrong(self) -> bool:
        """Whether a pod or a model is not well, or something disagrees or is out of sight."""
        pods, models = (pod.well for pod in self.pods), (model.well for model in self.models)
        return bool(self.differences or self.troubles) or not all([self.pods, *pods, *models])

    def __rich__(self) -> RenderableType:
        return Group(*self._parts())

    def _parts(self) -> Iterator[RenderableType]:
        for app, url in self.addresses.items():
            yield Text(f"{app}: {url}")
        keys = key_table(self.keys[:_SHOWN])
        tables = (self.pods, self._pods()), (self.models, self._models()), (self.keys, keys)
        yield from (made for there, made in tables if there)
        if len(self.keys) > _SHOWN:
            yield Text(f"... and {len(self.keys) - _SHOWN} more keys: `litemaas keys list`")
        yield Text(f"{self.rows} rows in the backend's table; ${self.spend:.2f} spent in the last 30 days")
        yield from _listed("In no stack, for `litemaas models adopt` to tell of:", self.undeclared)
        yield from _listed("What disagrees:", self.differences, "bold red")
        yield from _listed("What could not be looked at:", self.troubles, "bold red")
        if not (self.differences or self.troubles):
            yield Text("What is declared is what is there.", style="green")

    def _pods(self) -> Table:
        made = table("pod", "status", "restarts", "trouble")
        for pod in self.pods:
            state = "ready" if pod.ready else pod.phase.lower()
            made.add_row(pod.name, state, str(pod.restarts), pod.trouble or "")
        return made

    def _models(self) -> Table:
        made = table("model", "declared in", "served", "row", "health")
        for one in self.models:
            served, row = ("yes" if there else "no" for there in (one.served, one.row))
            made.add_row(one.model_name, one.source, served, row, one.health)
        return made


def _listed(title: str, lines: Sequence[str], style: str = "bold") -> Iterator[Text]:
    if lines:
        yield Text(title, style=style)
        yield from (Text(f"  {line}") for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield Text(f"  ... and {len(lines) - _SHOWN} more")
