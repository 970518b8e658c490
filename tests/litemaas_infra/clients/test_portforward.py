"""Why there is no way to a pod or a Service. The way itself is tested on a real cluster."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.portforward import forwarded, forwarded_service, is_ready
from litemaas_infra.errors import DatabaseUnreachable, GatewayUnreachable, NotInCluster
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

OURS = {"labels": {"app": "litellm"}}


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
    assert _why(cluster).endswith("there is no such pod; see `kubectl get deployments,statefulsets,events`")


def _why(cluster: Cluster) -> str:
    way = forwarded(cluster, "litemaas", "litemaas-postgres-0", 5432)
    with pytest.raises(DatabaseUnreachable) as caught, way:
        pass
    return str(caught.value)


def test_a_service_that_is_missing_is_told(cluster: Cluster) -> None:
    way = forwarded_service(cluster, "litemaas", "litellm", 4000)
    with pytest.raises(NotInCluster, match="Service litellm is not in namespace litemaas; `pulumi up`"), way:
        pass


@pytest.mark.parametrize(
    ("pods", "reason"),
    [([], "there is no such pod"), ([{"metadata": OURS, "status": _unready("not yet")}], "not yet")],
)
def test_a_service_without_a_ready_pod_is_told_with_the_reason(
    cluster: Cluster, api: FakeKubernetes, pods: list[dict[str, Any]], reason: str
) -> None:
    api.put("services/litellm", {"metadata": {"name": "litellm"}})
    api.objects["/api/v1/namespaces/litemaas/pods"] = {"items": pods}
    way = forwarded_service(cluster, "litemaas", "litellm", 4000)
    told = f"no pod of Service litellm in namespace litemaas is ready: {reason}"
    with pytest.raises(GatewayUnreachable, match=told), way:
        pass


@pytest.mark.parametrize(("metadata", "ready"), [({}, True), ({"deletionTimestamp": "now"}, False)])
def test_a_pod_that_is_on_its_way_out_gets_no_requests(metadata: dict[str, str], *, ready: bool) -> None:
    pod = {"metadata": metadata, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
    assert is_ready(pod) is ready
