"""A stack of models: what is declared, what Pulumi's state holds, and what its engine does about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from litemaas_infra.providers.base import Props
from litemaas_infra.specs.model import ModelSpec
from tests.live.support.operations import Result, Step
from tests.live.support.pulumi import ManagedModel


@dataclass
class Stack:
    """`pulumi up --refresh`, in its two halves: the plan, and what came of it."""

    site: Props
    declared: dict[str, ModelSpec] = field(default_factory=dict)
    state: dict[str, ManagedModel] = field(default_factory=dict)

    def plan(self) -> list[Step]:
        """What has to be done after a refresh: first what is made or changed, then what is deleted."""
        self._refresh()
        for model in self.state.values():
            model.spec = self.declared.get(model.name, model.spec)
        changed = [model for model in self._kept() if model.differs()]
        new = [
            ManagedModel(self.site, spec, shared=True)
            for name, spec in self.declared.items()
            if name not in self.state
        ]
        gone = [model for name, model in self.state.items() if name not in self.declared]
        return [
            *((model, "update") for model in changed),
            *((model, "create") for model in new),
            *((model, "delete") for model in gone),
        ]

    def record(self, plan: Sequence[Step], results: Sequence[Result]) -> None:
        """Keep what came of the plan's first steps, as the engine does."""
        for (model, operation), result in zip(plan, results, strict=False):
            model.remember(*result)
            if operation == "delete":
                del self.state[model.name]
            else:
                self.state[model.name] = model

    def _kept(self) -> list[ManagedModel]:
        return [model for name, model in self.state.items() if name in self.declared]

    def _refresh(self) -> None:
        found = {name: model.refresh() for name, model in self.state.items()}
        self.state = {name: model for name, model in self.state.items() if found[name] is not None}
