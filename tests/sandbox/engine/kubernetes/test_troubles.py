"""Why a rollout cannot succeed, in the cluster's own words, and how long that may last."""

from typing import Any

import pytest

from sandbox.engine.kubernetes.awaiting import Patience
from sandbox.engine.kubernetes.readiness.pods import pod_troubles
from sandbox.engine.kubernetes.readiness.troubles import troubles
from sandbox.engine.kubernetes.readiness.verdict import Trouble
from tests.sandbox.engine.kubernetes.surroundings import Object, Surroundings

FOREVER = float("inf")
SCHEDULED = {"type": "PodScheduled", "status": "True"}


def pod(name: str = "web-1", labels: dict[str, str] | None = None, **status: Any) -> Object:
    return {
        "metadata": {"name": name, "namespace": "shop", "labels": labels or {}},
        "spec": {"containers": [{"name": "web", "image": "shop/web:7"}]},
        "status": {"phase": "Pending", "conditions": [SCHEDULED], **status},
    }


def container(state: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [{"name": "web", "state": state, **more}]


def held(reason: str, message: str = "", **more: Any) -> Object:
    return pod(containerStatuses=container({"waiting": {"reason": reason, "message": message}}, **more))


CRASHED = {"terminated": {"exitCode": 3, "reason": "Error"}}
KILLED = {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}


@pytest.mark.parametrize(
    ("found", "cause", "patience"),
    [
        (held("ErrImagePull", "no such host"), "its image shop/web:7 cannot be had: no such host", 15),
        (held("ImagePullBackOff"), "its image shop/web:7 cannot be had: ImagePullBackOff", 15),
        (held("InvalidImageName", "bad"), "its image shop/web:7 cannot be had: bad", 0),
        (
            held("CreateContainerConfigError", 'secret "x" not found'),
            'CreateContainerConfigError: secret "x" not found',
            20,
        ),
        (
            held("CrashLoopBackOff", restartCount=1, lastState=CRASHED),
            "it keeps ending (exit code 3; 1 restarts)",
            FOREVER,
        ),
        (
            held("CrashLoopBackOff", restartCount=3, lastState=KILLED),
            "it keeps ending (OOMKilled, exit code 137; 3 restarts)",
            0,
        ),
        (pod(containerStatuses=container(CRASHED)), "it ended (exit code 3)", FOREVER),
    ],
)
def test_a_containers_trouble_is_told(found: Object, cause: str, patience: float) -> None:
    (trouble,) = pod_troubles(found, Surroundings())
    assert (trouble.subject, trouble.cause) == ("container web of pod shop/web-1", cause)
    assert trouble.patience == patience


@pytest.mark.parametrize(
    "found",
    [
        pod(),
        held("ContainerCreating"),
        held("PodInitializing"),
        pod(containerStatuses=container({"running": {}})),
        pod(containerStatuses=container({"terminated": {"exitCode": 0}})),
        pod(phase="Succeeded", containerStatuses=container(CRASHED)),
    ],
)
def test_a_pod_that_is_on_its_way_is_in_no_trouble(found: Object) -> None:
    assert pod_troubles(found, Surroundings()) == []


def test_a_pod_that_is_going_away_is_in_no_trouble() -> None:
    leaving = held("ImagePullBackOff")
    leaving["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    assert pod_troubles(leaving, Surroundings()) == []


def test_a_failing_init_container_is_told_like_any_other() -> None:
    statuses = container({"waiting": {"reason": "CrashLoopBackOff"}}, restartCount=4, lastState=CRASHED)
    (trouble,) = pod_troubles(pod(initContainerStatuses=statuses), Surroundings())
    assert trouble.patience == 0
    assert trouble.log is not None
    assert trouble.log.previous


def test_a_pod_without_a_node_tells_what_the_scheduler_and_its_claims_say() -> None:
    unscheduled = pod(conditions=[{"type": "PodScheduled", "status": "False", "message": "unbound claims"}])
    unscheduled["spec"]["volumes"] = [{"persistentVolumeClaim": {"claimName": "data"}}]
    claim = {"metadata": {"name": "data"}, "status": {"phase": "Pending"}}
    around = Surroundings(others={"data": claim}, events={"data": [{"message": "no provisioner"}]})
    (trouble,) = pod_troubles(unscheduled, around)
    assert trouble == Trouble("pod shop/web-1", "unbound claims; claim data: no provisioner", 20)


def test_a_volume_that_cannot_be_mounted_is_told() -> None:
    around = Surroundings(events={"web-1": [{"reason": "FailedMount", "message": 'secret "x" not found'}]})
    (trouble,) = pod_troubles(pod(), around)
    assert trouble == Trouble("pod shop/web-1", 'secret "x" not found', 30)


def test_an_old_mount_failure_of_a_started_pod_does_not_count() -> None:
    around = Surroundings(events={"web-1": [{"reason": "FailedMount", "message": "was late"}]})
    assert pod_troubles(pod(containerStatuses=container({"running": {}})), around) == []


def workload(kind: str, **more: Any) -> Object:
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": "web", "namespace": "shop", "generation": 2, **more.pop("metadata", {})},
        "spec": {"selector": {"matchLabels": {"app": "web"}}},
        "status": {"observedGeneration": 2, **more},
    }


def test_pods_that_admission_refuses_are_told_by_the_deployments_own_condition() -> None:
    refused = [{"type": "ReplicaFailure", "status": "True", "message": "violates PodSecurity"}]
    (trouble,) = troubles(workload("Deployment", conditions=refused), Surroundings())
    assert trouble == Trouble("Deployment shop/web", "its pods are refused: violates PodSecurity", 10)


def refusal(stamp: str) -> dict[str, Any]:
    return {"reason": "FailedCreate", "message": "exceeded quota", "lastTimestamp": stamp}


@pytest.mark.parametrize(
    ("made", "expected"),
    [([], 1), (["2026-01-01T00:00:00Z"], 1), (["2026-01-01T00:00:09Z"], 0)],
)
def test_pods_that_a_quota_refuses_are_told_until_one_is_made(made: list[str], expected: int) -> None:
    pods = [pod(labels={"app": "web", "controller-revision-hash": "new"}) for _ in made]
    for entry, stamp in zip(pods, made, strict=True):
        entry["metadata"]["creationTimestamp"] = stamp
    around = Surroundings(pod_list=pods, events={"web": [refusal("2026-01-01T00:00:05Z")]})
    assert len(troubles(workload("StatefulSet", updateRevision="new"), around)) == expected


def replica_set(revision: str) -> Object:
    labels = {"app": "web", "pod-template-hash": f"hash-{revision}"}
    return {
        "metadata": {
            "name": f"web-{revision}",
            "namespace": "shop",
            "labels": labels,
            "annotations": {"deployment.kubernetes.io/revision": revision},
        },
        "spec": {"selector": {"matchLabels": labels}},
    }


def test_only_the_newest_pods_of_a_deployment_count() -> None:
    newest = {"annotations": {"deployment.kubernetes.io/revision": "2"}}
    broken = held("ImagePullBackOff")
    around = Surroundings(pod_list=[broken], replica_set_list=[replica_set("1"), replica_set("2")])
    broken["metadata"]["labels"] = {"app": "web", "pod-template-hash": "hash-1"}
    assert troubles(workload("Deployment", metadata=newest), around) == []
    broken["metadata"]["labels"] = {"app": "web", "pod-template-hash": "hash-2"}
    assert len(troubles(workload("Deployment", metadata=newest), around)) == 1


def test_nothing_is_concluded_before_the_controller_has_seen_the_declaration() -> None:
    unseen = workload("StatefulSet", updateRevision="old", observedGeneration=1)
    broken = held("ImagePullBackOff")
    broken["metadata"]["labels"] = {"app": "web", "controller-revision-hash": "old"}
    assert troubles(unseen, Surroundings(pod_list=[broken])) == []


def test_a_broken_pod_of_an_older_revision_blocks_a_stateful_set_and_the_way_out_is_told() -> None:
    broken = held("ImagePullBackOff")
    broken["metadata"]["labels"] = {"app": "web", "controller-revision-hash": "old"}
    around = Surroundings(pod_list=[broken])
    (trouble,) = troubles(workload("StatefulSet", updateRevision="new"), around)
    assert "kubectl delete pod --namespace shop web-1" in trouble.cause


def test_a_claim_tells_why_it_is_not_provisioned() -> None:
    claim = {"kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"}}
    around = Surroundings(events={"data": [{"message": "no such class"}]})
    assert troubles(claim, around) == [Trouble("claim shop/data", "no such class", 20)]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_trouble_is_final_once_it_has_lasted_too_long() -> None:
    clock = Clock()
    patience, trouble = Patience(clock), Trouble("web", "ErrImagePull", 15)
    assert patience.exhausted([trouble]) == []
    clock.now = 14
    assert patience.exhausted([Trouble("web", "ImagePullBackOff", 15)]) == []
    clock.now = 15
    assert patience.exhausted([trouble]) == [trouble]


def test_a_trouble_that_passed_starts_anew() -> None:
    clock = Clock()
    patience, trouble = Patience(clock), Trouble("web", "late", 15)
    patience.exhausted([trouble])
    clock.now = 10
    patience.exhausted([])
    clock.now = 20
    assert patience.exhausted([trouble]) == []


def test_a_trouble_that_cannot_pass_is_final_at_once() -> None:
    hopeless = Trouble("web", "InvalidImageName", 0)
    assert Patience(Clock()).exhausted([hopeless]) == [hopeless]
