from collections.abc import Iterator

import pytest

from litemaas_infra.providers import session, snapshot


@pytest.fixture(autouse=True)
def a_process_of_its_own() -> Iterator[None]:
    """Every test begins as a provider's process does: without a connection, and nothing seen yet."""
    yield
    session.close_all()
    snapshot._looks.clear()
