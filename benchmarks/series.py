"""Series of operations, one way after the other, so that what else the machine does meets all of them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from time import monotonic

from benchmarks.deployment import Deployment
from benchmarks.samples import ANSIBLE, Sample
from benchmarks.ways import way
from benchmarks.ways.floor import Floor

CONCURRENCIES = (1, 2, 4, 8)
"""Numbers of parallel requests, of which LiteLLM's best is the floor's."""
LONGEST_ANSIBLE = 50
"""Models beyond which the role is not run: its time is a matter of minutes, and grows in proportion."""


def measured(
    deployment: Deployment, ways: Sequence[str], sizes: Sequence[int], repeat: int, concurrency: int
) -> Iterator[Sample]:
    """Every sample, as it is taken. The fewer the models, the more often they are measured."""
    for count in sizes:
        for _ in range(repetitions(count, repeat)):
            for name in ways:
                if name != ANSIBLE or count <= LONGEST_ANSIBLE:
                    yield from _life(deployment, name, count, concurrency)


def repetitions(count: int, repeat: int) -> int:
    """How often that many models are measured: a fifth of 500 models costs as much as 100."""
    return max(1, min(repeat, 200 // count))


def best_concurrency(deployment: Deployment, count: int) -> dict[str, float]:
    """Seconds that registering so many models takes by number of parallel requests."""
    found = {}
    for concurrency in CONCURRENCIES:
        deployment.empty()
        floor = Floor(deployment, concurrency)
        began = monotonic()
        floor.run("register", count)
        found[str(concurrency)] = round(monotonic() - began, 3)
    return found


def _life(deployment: Deployment, name: str, count: int, concurrency: int) -> Iterator[Sample]:
    with closing(way(name, deployment, concurrency)) as chosen:
        if chosen.uses_gateway:
            deployment.empty()
        for operation in chosen.operations:
            load, began = os.getloadavg()[0], monotonic()
            told = chosen.run(operation, count)
            seconds = monotonic() - began
            chosen.settle()
            yield Sample(name, operation, count, seconds, load, **vars(told))
