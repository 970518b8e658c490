"""The stack `local` on a sandbox without anything of OpenShift, deployed once for all modules."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.support.commands import Done, run
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import ended_afterwards


@pytest.fixture(scope="package")
def stack() -> Stack:
    return Stack("local")


@pytest.fixture(scope="package")
def deployed() -> Iterator[Done]:
    """`make up FLAVOUR=plain` from nothing."""
    with ended_afterwards():
        yield run("make", "up", "FLAVOUR=plain", timeout=3600).succeeded()


@pytest.fixture(scope="package")
def people(deployed: Done) -> People:
    """They come to the stack as it first was, before it is given other shapes."""
    del deployed
    return People.come(Gateway.at("http://litellm.localhost"))


@pytest.fixture
def no_row_is_lost(people: People) -> Iterator[None]:
    """Whatever the test makes of the stack."""
    yield
    assert people.lost() == set()
