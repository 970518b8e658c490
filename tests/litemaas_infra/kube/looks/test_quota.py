"""Whether there is room: what others use counts, what is ours already does not."""

from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.looks import quota
from litemaas_infra.kube.sizes import GATEWAY, MIGRATION, POSTGRES
from litemaas_infra.specs.shape import Shape
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

SPACE = "/api/v1/namespaces/litemaas"
OURS = {"app.kubernetes.io/part-of": "litemaas"}


def _have(api: FakeKubernetes, hard: dict[str, str], used: dict[str, str] | None = None, **spec: Any) -> None:
    found = {"metadata": {"name": "small"}, "spec": {"hard": hard, **spec}, "status": {"used": used or {}}}
    api.objects[f"{SPACE}/resourcequotas"] = {"items": [found]}


def _problems(cluster: Cluster) -> list[str]:
    return quota.problems(cluster, "litemaas", Shape(), "10Gi")


@pytest.mark.parametrize(
    "hard",
    [
        {"requests.cpu": "900m", "requests.memory": "1536Mi", "limits.cpu": "3", "limits.memory": "5Gi"},
        {"pods": "3", "persistentvolumeclaims": "1", "requests.storage": "10Gi", "services": "0"},
        {},
    ],
)
def test_a_quota_that_the_stack_fits_into_exactly_passes(
    cluster: Cluster, api: FakeKubernetes, hard: dict[str, str]
) -> None:
    _have(api, hard)
    assert _problems(cluster) == []


@pytest.mark.parametrize(
    ("hard", "told"),
    [
        ({"requests.cpu": "899m"}, "leaves 899m of requests.cpu for this stack, which takes 900m"),
        ({"cpu": "0.5"}, "leaves 500m of cpu for this stack, which takes 900m"),
        ({"memory": "1Gi"}, "leaves 1024Mi of memory for this stack, which takes 1536Mi"),
        ({"limits.memory": "4Gi"}, "leaves 4096Mi of limits.memory for this stack, which takes 5120Mi"),
        ({"count/pods": "2"}, "leaves 2 of count/pods for this stack, which takes 3"),
        (
            {"requests.storage": "9Gi"},
            "leaves 9216Mi of requests.storage for this stack, which takes 10240Mi",
        ),
    ],
)
def test_what_a_quota_has_no_room_for_is_told(
    cluster: Cluster, api: FakeKubernetes, hard: dict[str, str], told: str
) -> None:
    _have(api, hard)
    (problem,) = _problems(cluster)
    assert problem.startswith(f"quota small {told}")
    assert "pulumi config set litemaas:namespace" in problem


def test_everything_that_does_not_fit_is_told(cluster: Cluster, api: FakeKubernetes) -> None:
    _have(api, {"pods": "1", "cpu": "1", "memory": "1Gi"})
    assert len(_problems(cluster)) == 2


def test_what_others_use_counts_and_what_is_ours_already_does_not(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    _have(api, {"requests.cpu": "1", "pods": "4"}, {"requests.cpu": "800m", "pods": "3"})
    assert len(_problems(cluster)) == 2
    ours = [_pod(GATEWAY.requests, GATEWAY.limits), _pod(POSTGRES.requests, POSTGRES.limits)]
    api.objects[f"{SPACE}/pods"] = {"items": [*ours, {"metadata": {"labels": {"app": "other"}}}]}
    assert _problems(cluster) == []


def test_a_pod_that_has_ended_is_not_counted_as_ours_either(cluster: Cluster, api: FakeKubernetes) -> None:
    _have(api, {"pods": "4"}, {"pods": "3"})
    ended = {**_pod(MIGRATION.requests, MIGRATION.limits), "status": {"phase": "Succeeded"}}
    api.objects[f"{SPACE}/pods"] = {"items": [ended]}
    assert len(_problems(cluster)) == 1


def test_a_quota_of_several_namespaces_together_counts_too(cluster: Cluster, api: FakeKubernetes) -> None:
    total = {"hard": {"pods": "9"}, "used": {"pods": "8"}}
    wide = {
        "metadata": {"name": "wide"},
        "spec": {"quota": {"hard": {"pods": "9"}}},
        "status": {"total": total},
    }
    path = "/apis/quota.openshift.io/v1/namespaces/litemaas/appliedclusterresourcequotas"
    api.objects[path] = {"items": [wide]}
    (problem,) = _problems(cluster)
    assert problem.startswith("quota wide leaves 1 of pods for this stack, which takes 3")


@pytest.mark.parametrize(
    "spec",
    [{"scopes": ["BestEffort"]}, {"scopes": ["Terminating"]}, {"scopeSelector": {"matchExpressions": []}}],
)
def test_a_quota_that_is_not_for_our_pods_does_not_count(
    cluster: Cluster, api: FakeKubernetes, spec: dict[str, Any]
) -> None:
    _have(api, {"pods": "0"}, **spec)
    assert _problems(cluster) == []


def test_a_quota_for_pods_that_run_on_counts(cluster: Cluster, api: FakeKubernetes) -> None:
    _have(api, {"pods": "0"}, scopes=["NotTerminating"])
    assert len(_problems(cluster)) == 1


def test_one_who_may_not_read_quotas_is_not_kept_from_deploying(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.forbidden.add(f"{SPACE}/resourcequotas")
    assert _problems(cluster) == []


def _pod(requests: dict[str, str], limits: dict[str, str]) -> dict[str, Any]:
    resources = {"requests": requests, "limits": limits}
    return {"metadata": {"labels": OURS}, "spec": {"containers": [{"resources": resources}]}}
