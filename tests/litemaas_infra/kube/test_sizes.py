"""The sizes that quotas are checked against are those that the pods declare."""

from typing import Any

from litemaas_infra.kube.quantities import in_bytes
from litemaas_infra.kube.sizes import CONTAINERS, PODS, Size
from tests.litemaas_infra.support.program import run


def test_every_declared_container_is_of_its_size_and_each_pod_as_large_as_its_largest() -> None:
    program = run()
    declared: dict[str, Any] = {}
    pods: dict[str, Any] = {}
    for workload in [*program.all("Deployment"), *program.all("StatefulSet")]:
        pod: dict[str, list[Any]] = workload.inputs["spec"]["template"]["spec"]
        first, *others = pod["containers"] + pod.get("initContainers", [])
        declared |= {container["name"]: container["resources"] for container in (first, *others)}
        largest = CONTAINERS[first["name"]]
        assert all(_fits(CONTAINERS[other["name"]], largest) for other in others)
        surge = 1 if workload.kind == "Deployment" else 0
        pods[workload.inputs["metadata"]["name"]] = (
            largest,
            workload.inputs["spec"]["replicas"] + surge,
        )
    assert declared == {
        name: {"requests": size.requests, "limits": size.limits} for name, size in CONTAINERS.items()
    }
    assert pods == PODS


def _fits(inner: Size, outer: Size) -> bool:
    pairs = [*zip(inner.cpu, outer.cpu, strict=True), *zip(inner.memory, outer.memory, strict=True)]
    return all(in_bytes(small) <= in_bytes(large) for small, large in pairs)
