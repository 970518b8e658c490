from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.looks import ranges
from litemaas_infra.specs.shape import Shape
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

RANGES = "/api/v1/namespaces/litemaas/limitranges"


def _problems(cluster: Cluster, api: FakeKubernetes, type_: str, **bounds: Any) -> list[str]:
    found = {"metadata": {"name": "narrow"}, "spec": {"limits": [{"type": type_, **bounds}]}}
    api.objects[RANGES] = {"items": [found]}
    return ranges.problems(cluster, "litemaas", Shape(), "10Gi")


@pytest.mark.parametrize(
    ("type_", "bounds"),
    [
        ("Container", {"max": {"cpu": "1", "memory": "2Gi"}, "min": {"cpu": "10m", "memory": "32Mi"}}),
        ("Container", {"maxLimitRequestRatio": {"cpu": "10", "memory": "4"}}),
        ("Container", {"default": {"memory": "128Mi"}, "defaultRequest": {"cpu": "1m"}}),
        ("Pod", {"max": {"memory": "2Gi"}}),
        ("PersistentVolumeClaim", {"min": {"storage": "10Gi"}, "max": {"storage": "10Gi"}}),
        ("openshift.io/Image", {"max": {"storage": "1Gi"}}),
    ],
)
def test_what_is_in_range_passes(
    cluster: Cluster, api: FakeKubernetes, type_: str, bounds: dict[str, Any]
) -> None:
    assert _problems(cluster, api, type_, **bounds) == []


@pytest.mark.parametrize(
    ("type_", "bounds", "told"),
    [
        (
            "Container",
            {"max": {"memory": "1Gi"}},
            "allows 1Gi of memory at most, and container litellm may take 2Gi",
        ),
        (
            "Container",
            {"min": {"cpu": "20m"}},
            "asks for 20m of cpu at least, and container wait-for-database reserves 10m",
        ),
        (
            "Container",
            {"maxLimitRequestRatio": {"memory": "3"}},
            "lets a limit be 3 times its request, and container litellm reserves 512Mi of memory",
        ),
        (
            "Pod",
            {"max": {"memory": "1Gi"}},
            "allows 1Gi of memory at most, and a pod of litellm may take 2Gi",
        ),
        (
            "PersistentVolumeClaim",
            {"max": {"storage": "5Gi"}},
            "allows 5Gi of storage at most, and the database's volume may take 10Gi",
        ),
    ],
)
def test_what_is_out_of_range_is_told(
    cluster: Cluster, api: FakeKubernetes, type_: str, bounds: dict[str, Any], told: str
) -> None:
    (problem,) = _problems(cluster, api, type_, **bounds)
    assert problem.startswith(f"LimitRange narrow {told}")
    assert "pulumi config set litemaas:namespace" in problem


def test_one_who_may_not_read_ranges_is_not_kept_from_deploying(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.forbidden.add(RANGES)
    assert ranges.problems(cluster, "litemaas", Shape(), "10Gi") == []
