"""A sandbox with nothing of ours in it: what is migrated there stands in nobody's way."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.support.commands import run
from tests.end_to_end.support.sandbox import COMMAND, ended_afterwards


@pytest.fixture(scope="package")
def empty() -> Iterator[None]:
    """Up, and ended afterwards."""
    with ended_afterwards():
        run(COMMAND, "up", "--flavour", "aws", timeout=3600).succeeded()
        yield
