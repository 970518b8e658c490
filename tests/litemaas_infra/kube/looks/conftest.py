from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.clients.cluster import Cluster


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection
