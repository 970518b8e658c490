"""What a provider is told to do with models, as the steps of one `pulumi up`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from litemaas_infra.providers.base import Props
from tests.live.support.pulumi import ManagedModel

Step = tuple[ManagedModel, str]
"""A model, and what the provider is to do with it."""
Result = tuple[str, Props]
"""The model's id and state afterwards."""


def take(step: Step) -> Result:
    model, operation = step
    getattr(model, operation)()
    return model.id, model.state


@dataclass
class Operation:
    """The steps Pulumi's engine takes one after the other; what is done of them, it remembers."""

    steps: Sequence[Step]
    served: Sequence[ManagedModel] = field(default_factory=list)
    """The models that are there in the end."""
    deleted: Sequence[ManagedModel] = field(default_factory=list)
    """The models that are not."""

    def at(self, site: Props) -> list[Step]:
        """The steps, as a provider takes them that reaches the services by other addresses."""
        return [(model.at(site), operation) for model, operation in self.steps]

    def finish(self, done: Sequence[Result]) -> None:
        """What the next `pulumi up` does when that has come of the first steps."""
        for (model, _), result in zip(self.steps, done, strict=False):
            model.remember(*result)
        for step in self.steps[len(done) :]:
            take(step)


Attempt = Callable[[Operation], Sequence[Result]]
