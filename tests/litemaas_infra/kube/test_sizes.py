"""The sizes that quotas are checked against are those that the pods declare."""

from typing import Any

import pytest

from litemaas_infra.kube.quantities import in_bytes
from litemaas_infra.kube.sizes import GATEWAY, Size, containers, pods, volumes
from litemaas_infra.settings.load import parse
from tests.litemaas_infra.support.program import run

EXISTING = {"kind": "existing", "host": "db.example.com"}
FORMER = {"host": "postgres", "user": "litemaas", "passwordSecret": "a/b", "gatewayDatabase": "litellm_db"}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"scale": {"replicas": 3}},
        {"redis": {"kind": "own"}},
        {"redis": {"kind": "existing", "host": "redis.example.com"}},
        {"backend": {"kind": "own"}},
        {"chat": {"enabled": True, "tika": True}},
        {"database": EXISTING},
        {"takeover": FORMER},
    ],
)
def test_every_declared_container_is_of_its_size_and_each_pod_as_large_as_its_largest(
    settings: dict[str, Any],
) -> None:
    program, shape = run(**settings), parse(settings).of_cluster.shape
    sizes = containers(shape)
    declared: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for workload in program.workloads:
        pod: dict[str, list[Any]] = workload.inputs["spec"]["template"]["spec"]
        first, *others = pod["containers"] + pod.get("initContainers", [])
        declared |= {container["name"]: container["resources"] for container in (first, *others)}
        largest = sizes[first["name"]]
        assert all(_fits(sizes[other["name"]], largest) for other in others)
        times = {"Deployment": 2, "StatefulSet": 1, "Job": 0}[workload.kind]
        if workload.inputs["spec"].get("strategy") == {"type": "Recreate"}:
            times = 1
        app = workload.inputs["spec"]["template"]["metadata"]["labels"]["app"]
        found[app] = (largest, times * workload.inputs["spec"].get("replicas", 1))
    assert declared == {
        name: {"requests": size.requests, "limits": size.limits} for name, size in sizes.items()
    }
    assert found == pods(shape)


def test_an_autoscaler_may_come_to_its_most() -> None:
    shape = parse({"scale": {"replicas": 2, "maxReplicas": 4}}).of_cluster.shape
    assert pods(shape)["litellm"] == (GATEWAY, 8)


def test_every_volume_has_its_size() -> None:
    shape = parse({"chat": {"enabled": True}}).of_cluster.shape
    assert volumes(shape, "10Gi") == {"the database's volume": ("10Gi", 1), "the chat's volume": ("5Gi", 1)}
    assert volumes(parse({"database": EXISTING}).of_cluster.shape, "10Gi") == {}


def _fits(inner: Size, outer: Size) -> bool:
    pairs = [*zip(inner.cpu, outer.cpu, strict=True), *zip(inner.memory, outer.memory, strict=True)]
    return all(in_bytes(small) <= in_bytes(large) for small, large in pairs)
