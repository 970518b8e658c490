"""Operations struck by a fault at each of their requests in turn, several of these cases at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Final

from tests.live.support.faults import Exchange, Script
from tests.live.support.operations import Operation
from tests.live.support.played import played
from tests.live.support.scenes import Scene
from tests.live.support.trouble import Outcome, tried
from tests.live.support.world import World

AT_ONCE: Final = 6

Counts = Callable[[Exchange], bool]
Attempt = Callable[[Operation, int], tuple[Script, Outcome]]
"""Does an operation while something goes wrong at the request of that number."""


@dataclass(frozen=True)
class Case:
    """An operation that was struck at one place, and is being repeated."""

    place: str
    operation: Operation
    script: Script
    outcome: Outcome
    repeated: "Future[None]"


class Stage:
    """Where scenes are played; each of them goes on from one fault to the next."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._requests: dict[Scene, list[Exchange]] = {}
        self._scenes: dict[tuple[Scene, int], Iterator[Operation]] = {}

    def struck(
        self,
        scene: Scene,
        counts: Counts,
        attempt: Attempt,
        meanwhile: AbstractContextManager[None] | None = None,
    ) -> Iterator[Case]:
        """The scene's operation, struck at each request that counts, and then repeated."""
        places = [exchange.what for exchange in self._rehearsed(scene) if counts(exchange)]
        positions = range(len(places))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            operations = list(pool.map(lambda position: self._next(scene, position), positions))
            with meanwhile or nullcontext():
                struck = list(pool.map(attempt, operations, positions))
            repeated = [
                pool.submit(operation.finish, outcome.done)
                for operation, (_, outcome) in zip(operations, struck, strict=True)
            ]
        for place, operation, (script, outcome), repeat in zip(
            places, operations, struck, repeated, strict=True
        ):
            yield Case(place, operation, script, outcome, repeat)

    @contextmanager
    def judged(self, scene: Scene, position: int) -> Iterator[None]:
        """A scene that went wrong is not gone on with."""
        try:
            yield
        except BaseException:
            del self._scenes[scene, position]
            raise

    def _next(self, scene: Scene, position: int) -> Operation:
        key = scene, position
        if key not in self._scenes:
            self._scenes[key] = scene(self.world)
        return next(self._scenes[key])

    def _rehearsed(self, scene: Scene) -> list[Exchange]:
        """What is asked of the services when nothing goes wrong."""
        if scene not in self._requests:
            operation, script = next(scene(self.world)), Script()
            with played(script, self.world.site) as there:
                assert tried(operation.at(there)).error is None
            self._requests[scene] = script.seen
        return self._requests[scene]
