"""Why there is no way to the database. The way itself is tested on a real cluster."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.portforward import forwarded
from litemaas_infra.errors import DatabaseUnreachable
from tests.litemaas_infra.support.kubernetes import FakeKubernetes


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


def _unready(message: str) -> dict[str, Any]:
    return {"conditions": [{"type": "Ready", "status": "False", "message": message}]}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (
            {
                "containerStatuses": [
                    {"state": {"waiting": {"reason": "ImagePullBackOff", "message": "no image"}}}
                ]
            },
            "ImagePullBackOff: no image",
        ),
        (
            {"containerStatuses": [{"state": {"waiting": {"reason": "ContainerCreating"}}}]},
            "ContainerCreating: no message",
        ),
        (
            {"containerStatuses": [{"state": {"terminated": {"reason": "OOMKilled", "message": "too big"}}}]},
            "OOMKilled: too big",
        ),
        ({"containerStatuses": [{"state": {"running": {}}}], **_unready("not yet")}, "not yet"),
        (_unready("0/3 nodes are available"), "0/3 nodes are available"),
        ({"phase": "Pending"}, "it is Pending"),
        ({}, "it is unknown"),
    ],
)
def test_a_pod_that_is_not_ready_is_named_with_the_reason(
    cluster: Cluster, api: FakeKubernetes, status: dict[str, Any], reason: str
) -> None:
    api.put("pods/litemaas-postgres-0", {"status": status})
    assert _why(cluster) == f"pod litemaas-postgres-0 in namespace litemaas is not ready: {reason}"


def test_a_pod_that_is_missing_is_named_with_where_to_look(cluster: Cluster) -> None:
    assert _why(cluster).endswith("there is no such pod; see `oc get statefulset,events`")


def _why(cluster: Cluster) -> str:
    way = forwarded(cluster, "litemaas", "litemaas-postgres-0", 5432)
    with pytest.raises(DatabaseUnreachable) as caught, way:
        pass
    return str(caught.value)
