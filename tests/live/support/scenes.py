"""Everything a provider does to a model, over and over; each time it is ready to be done once more."""

from collections.abc import Callable, Iterator
from itertools import count, cycle
from typing import Final
from uuid import uuid4

from tests.live.support.models import ENDPOINT
from tests.live.support.operations import Operation
from tests.live.support.world import World

Scene = Callable[[World], Iterator[Operation]]


def create(world: World) -> Iterator[Operation]:
    model = world.declare(rpm=10, context_length=4096)
    while True:
        yield Operation([(model, "create")], served=[model])
        model.delete()


def adopt(world: World) -> Iterator[Operation]:
    """A model that was made in the admin UI is taken over."""
    model = world.declare(rpm=10, adopt=True)
    while True:
        id_ = str(uuid4())
        world.gateway.make(model.name, id_, model="openai/other", api_base=ENDPOINT, api_key="of-others")
        yield Operation([(model, "create")], served=[model])
        assert model.id == id_
        model.delete()


def update(world: World) -> Iterator[Operation]:
    model = world.made(rpm=10, context_length=4096)
    for number in count(11):
        model.change(rpm=number, tpm=7 * number, description=f"changed {number} times")
        yield Operation([(model, "update")], served=[model])


def update_anew(world: World) -> Iterator[Operation]:
    """LiteLLM takes back nothing it was told of a model: the deployment is made anew."""
    model = world.made(context_length=4096)
    for length, mode in cycle([(None, "chat"), (4096, None)]):
        model.change(context_length=length, mode=mode)
        yield Operation([(model, "update")], served=[model])


def replace(world: World) -> Iterator[Operation]:
    one, other = world.made(rpm=10), world.made(rpm=10)
    other.delete()
    for old, new in cycle([(one, other), (other, one)]):
        yield Operation([(old, "delete"), (new, "create")], served=[new], deleted=[old])


def delete(world: World) -> Iterator[Operation]:
    model = world.declare(rpm=10)
    while True:
        model.create()
        yield Operation([(model, "delete")], deleted=[model])


def delete_claimed(world: World) -> Iterator[Operation]:
    model = world.made(rpm=10)
    while True:
        yield Operation([(model, "delete")], deleted=[model])
        model.create()


def refresh(world: World) -> Iterator[Operation]:
    model = world.made(rpm=10, context_length=4096)
    while True:
        yield Operation([(model, "refresh")], served=[model])


WRITING: Final = (create, adopt, update, update_anew, replace, delete, delete_claimed)
"""Those that others can see something of."""
SCENES: Final = (*WRITING, refresh)
