"""Whether new inputs change an object, where, and whether it can take the change in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.engine.kubernetes.differences import Difference, differences, with_empties, within
from sandbox.engine.kubernetes.objects import Object, annotation, identity, metadata, name, normalise, prune
from sandbox.engine.kubernetes.replacement import needs_replacement
from sandbox.engine.kubernetes.settings import Settings
from sandbox.engine.kubernetes.state import State
from sandbox.engine.kubernetes.wire import reveal


@dataclass(frozen=True)
class Comparison:
    """What differs; which of it needs a new object; whether the old one has to go first."""

    changes: tuple[Difference, ...]
    replacing: tuple[str, ...]
    delete_first: bool


def compare(
    olds: dict[str, Any], news: dict[str, Any], ignored: Sequence[str], settings: Settings
) -> Comparison:
    """The old state, as the cluster last had it, against the new inputs."""
    state, inputs = State.read(olds), normalise(reveal(news))
    base = _base(state, inputs)
    changes = [change for change in differences(base, inputs) if not within(change.path, list(ignored))]
    mutable = settings.mutable(inputs.get("kind"))
    replacing = [
        change.path for change in changes if needs_replacement(change.path, inputs, mutable_data=mutable)
    ]
    autonamed = annotation(inputs, "autonamed") == "true"
    same_place = identity(inputs) == identity(state.live)
    return Comparison(tuple(changes), tuple(replacing), bool(replacing) and same_place and not autonamed)


def _base(state: State, inputs: Object) -> Object:
    # What the cluster adds is no difference: only fields that were declared are compared.
    base: Object = with_empties(prune(normalise(state.live), state.inputs), state.inputs)
    if metadata(base) and name(inputs):
        return {**base, "metadata": {**metadata(base), "name": name(state.live)}}
    return base
