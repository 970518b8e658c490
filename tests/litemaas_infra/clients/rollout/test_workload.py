"""How far a rollout is."""

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.rollout.workload import Workload, find, revision, unfinished
from litemaas_infra.errors import NotInCluster
from tests.litemaas_infra.clients.rollout.surroundings import Object, Surroundings, job, workload


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet"])
@pytest.mark.parametrize(
    ("found", "missing"),
    [
        ({}, "0 of 1 replicas are up to date and ready"),
        ({"updatedReplicas": 1}, "0 of 1 replicas are up to date and ready"),
        ({"availableReplicas": 1}, "0 of 1 replicas are up to date and ready"),
        ({"updatedReplicas": 1, "availableReplicas": 1, "replicas": 1}, ""),
        (
            {"updatedReplicas": 1, "availableReplicas": 2, "replicas": 2},
            "1 of the older replicas still run",
        ),
        (
            {"replicas": 2, "updatedReplicas": 1, "availableReplicas": 1, "generation": 3},
            "its controller has not seen it yet",
        ),
    ],
)
def test_what_is_missing_follows_from_the_replicas(kind: str, found: Object, missing: str) -> None:
    assert unfinished(workload(kind, **found)) == missing


def test_a_job_is_finished_when_it_has_succeeded() -> None:
    assert unfinished(job()) == unfinished(job(active=1, ready=1)) == "it has not succeeded yet"
    assert unfinished(job(conditions=[{"type": "Complete", "status": "True"}])) == ""


def test_no_replicas_at_all_are_soon_ready() -> None:
    assert unfinished(workload(wanted=0)) == ""


def test_another_declaration_and_another_object_are_another_revision() -> None:
    assert revision(workload(generation=2)) == "uid-web/2"
    assert revision(workload(generation=3)) != revision(workload(generation=2))


def test_a_workload_that_is_gone_is_told(cluster: Cluster, around: Surroundings) -> None:
    around.have("deployments", workload(), version="/apis/apps/v1")
    assert find(cluster, Workload("Deployment", "litemaas", "web"))["metadata"]["uid"] == "uid-web"
    with pytest.raises(NotInCluster, match="StatefulSet web is not in namespace litemaas; `pulumi up`"):
        find(cluster, Workload("StatefulSet", "litemaas", "web"))
