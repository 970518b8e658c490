from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.clients.cluster import Cluster
from tests.litemaas_infra.clients.rollout.surroundings import Surroundings
from tests.litemaas_infra.support.kubernetes import FakeKubernetes


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


@pytest.fixture
def around(api: FakeKubernetes) -> Surroundings:
    """What is in the namespace."""
    return Surroundings(api)
