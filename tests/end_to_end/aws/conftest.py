"""The stack `aws` on a sandbox of its flavour, deployed once for all modules."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.end_to_end.support import watching
from tests.end_to_end.support.commands import Done, run
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import COMMAND, ended_afterwards
from tests.end_to_end.support.traces import Traces


@dataclass(frozen=True)
class Deployed:
    """What `make up` did: what it said, what the list of processes said meanwhile, what was there before."""

    make: Done
    processes: frozenset[str]
    checkout_before: str


@pytest.fixture(scope="package")
def machine() -> Traces:
    """What was on the machine before any sandbox."""
    return Traces.now()


@pytest.fixture(scope="package")
def stack() -> Stack:
    return Stack("aws")


@pytest.fixture(scope="package")
def _ended(machine: Traces) -> Iterator[None]:
    del machine  # is to be looked at first
    with ended_afterwards():
        yield


@pytest.fixture(scope="package")
def deployed(_ended: None) -> Deployed:
    """`make up` from nothing."""
    before = run("git", "status", "--porcelain").succeeded().out
    with watching.processes() as seen:
        done = run("make", "up", "FLAVOUR=aws", timeout=3600).succeeded()
    return Deployed(done, frozenset(seen), before)


@pytest.fixture(scope="package")
def people(deployed: Deployed) -> People:
    """They come to the stack as it first was, before it is given other shapes."""
    del deployed
    return People.come(Gateway.deployed())


@pytest.fixture
def no_row_is_lost(people: People) -> Iterator[None]:
    """Whatever the test makes of the stack."""
    yield
    assert people.lost() == set()


@pytest.fixture(scope="package")
def empty(_ended: None, stack: Stack) -> None:
    """A sandbox with nothing of ours in it."""
    run(COMMAND, "up", "--flavour", "aws", timeout=3600).succeeded()
    stack.pulumi("stack", "select", "--create").succeeded()
