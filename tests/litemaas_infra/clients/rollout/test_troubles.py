"""Why a rollout cannot succeed, in the cluster's own words."""

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.rollout.troubles import PROVISIONING, SCHEDULING, troubles
from tests.litemaas_infra.clients.rollout.surroundings import (
    NEW,
    OLD,
    Object,
    Surroundings,
    held,
    job,
    pod,
    replica_set,
    unscheduled,
    workload,
)

DEPLOYMENT = workload()
STATEFUL = workload("StatefulSet", updateRevision="new")


def told(cluster: Cluster, found: Object = STATEFUL) -> list[str]:
    return [str(trouble) for trouble in troubles(cluster, found)]


def of_revision(found: Object, revision: str) -> Object:
    found["metadata"]["labels"]["controller-revision-hash"] = revision
    return found


def test_only_the_pods_of_a_deployments_newest_revision_count(cluster: Cluster, around: Surroundings) -> None:
    around.have("replicasets", replica_set("6", "old"), replica_set("7", "new"), version="/apis/apps/v1")
    around.have("pods", held("ImagePullBackOff", labels=OLD))
    assert told(cluster, DEPLOYMENT) == []
    around.have("pods", held("ImagePullBackOff", labels=NEW))
    (trouble,) = told(cluster, DEPLOYMENT)
    assert "cannot be had" in trouble


def test_a_declaration_that_its_controller_has_not_seen_is_in_no_trouble_yet(
    cluster: Cluster, around: Surroundings
) -> None:
    around.have("pods", of_revision(held("ImagePullBackOff"), "new"))
    assert told(cluster, workload("StatefulSet", generation=3, updateRevision="new")) == []


def test_a_pod_that_is_going_away_is_in_no_trouble(cluster: Cluster, around: Surroundings) -> None:
    leaving = of_revision(held("ImagePullBackOff"), "new")
    leaving["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    around.have("pods", leaving)
    assert told(cluster) == []


def test_a_job_that_tries_no_more_is_told(cluster: Cluster) -> None:
    failure = {"type": "Failed", "status": "True", "message": "it has reached the backoff limit"}
    assert told(cluster, job(conditions=[failure])) == [
        "Job web: it is given up: it has reached the backoff limit"
    ]


def test_pods_that_are_refused_are_told(cluster: Cluster, around: Surroundings) -> None:
    failure = {"type": "ReplicaFailure", "status": "True", "message": "exceeded quota"}
    found = workload(conditions=[failure])
    assert told(cluster, found) == ["Deployment web: its pods are refused: exceeded quota"]
    around.event("web", "FailedCreate", "forbidden", lastTimestamp="2026-01-01T00:00:01Z")
    assert told(cluster) == ["StatefulSet web: its pods are refused: forbidden"]


def test_a_refusal_before_the_newest_pod_does_not_count(cluster: Cluster, around: Surroundings) -> None:
    there = of_revision(pod(), "new")
    there["metadata"]["creationTimestamp"] = "2026-01-01T00:00:02Z"
    around.have("pods", there)
    around.event("web", "FailedCreate", "forbidden", lastTimestamp="2026-01-01T00:00:01Z")
    assert told(cluster) == []


def test_a_pod_without_a_node_is_told_unless_one_is_being_made(
    cluster: Cluster, around: Surroundings
) -> None:
    around.have("pods", of_revision(unscheduled("Insufficient cpu"), "new"))
    assert told(cluster) == ["pod web-1: no node takes it: Insufficient cpu"]
    around.event("web-1", "TriggeredScaleUp", "pod triggered scale-up", type="Normal")
    assert told(cluster) == []


@pytest.mark.parametrize(("kind", "patience"), [("Warning", SCHEDULING), ("Normal", PROVISIONING)])
def test_a_volume_that_is_not_made_is_told_with_its_class(
    cluster: Cluster, around: Surroundings, kind: str, patience: float
) -> None:
    around.have("pods", of_revision(with_claim(pod(node="", conditions=[])), "new"))
    around.have("persistentvolumeclaims", claim("Pending"))
    around.event("data", "ProvisioningFailed", "no space", type=kind)
    (trouble,) = troubles(cluster, STATEFUL)
    assert str(trouble) == "PersistentVolumeClaim data: its StorageClass gp3 has made no volume: no space"
    assert trouble.patience == patience


def test_a_volume_that_waits_for_its_pod_or_is_there_is_in_no_trouble(
    cluster: Cluster, around: Surroundings
) -> None:
    around.have("pods", of_revision(with_claim(pod(node="", conditions=[])), "new"))
    around.have("persistentvolumeclaims", claim("Pending"))
    around.event("data", "WaitForFirstConsumer", "waiting for first consumer", type="Normal")
    assert told(cluster) == []
    around.have("persistentvolumeclaims", claim("Bound"))
    around.event("data", "ProvisioningFailed", "was slow")
    assert told(cluster) == []


def test_what_hinders_a_pod_on_its_node_is_told(cluster: Cluster, around: Surroundings) -> None:
    around.have("pods", of_revision(pod(), "new"))
    around.event("web-1", "FailedMount", "volume is in use")
    assert told(cluster) == ["pod web-1: volume is in use"]


def test_what_hindered_a_pod_that_has_started_does_not_count(cluster: Cluster, around: Surroundings) -> None:
    started = pod(containerStatuses=[{"name": "web", "state": {"running": {}}}])
    around.have("pods", of_revision(started, "new"))
    around.event("web-1", "FailedMount", "volume is in use")
    assert told(cluster) == []


def test_a_stateful_sets_older_pod_that_blocks_the_new_one_is_told_with_the_way_out(
    cluster: Cluster, around: Surroundings
) -> None:
    around.have("pods", of_revision(held("ImagePullBackOff"), "old"))
    (trouble,) = told(cluster)
    assert trouble.startswith(
        "pod web-1: it is of an older declaration, is in trouble and blocks the new one"
    )
    assert trouble.endswith("free the way: oc delete pod web-1 -n litemaas")


def with_claim(found: Object) -> Object:
    found["spec"]["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
    return found


def claim(phase: str) -> Object:
    metadata = {"name": "data", "namespace": "litemaas", "uid": "uid-data"}
    return {"metadata": metadata, "spec": {"storageClassName": "gp3"}, "status": {"phase": phase}}
