"""The stack `cnv` on a sandbox of its flavour, deployed unmodified, by the README's lines."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.support.commands import run
from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import COMMAND, ended_afterwards


@pytest.fixture(scope="package")
def stack() -> Stack:
    return Stack("cnv")


@pytest.fixture(scope="package")
def _up() -> Iterator[None]:
    with ended_afterwards():
        run(COMMAND, "up", "--flavour", "cnv", timeout=3600).succeeded()
        yield


@pytest.fixture(scope="package")
def deployed(_up: None) -> None:
    """`pulumi up` of the stack as it is in the checkout."""
    follow("## On virtual machines")
