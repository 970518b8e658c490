"""When an object is ready, what it waits for, and when it has failed: tables of statuses."""

from typing import Any

import pytest

from sandbox.engine.kubernetes.errors import RefusedError
from sandbox.engine.kubernetes.readiness import surroundings as rules
from sandbox.engine.kubernetes.readiness import workloads
from sandbox.engine.kubernetes.readiness.custom import custom
from sandbox.engine.kubernetes.readiness.judge import judge
from sandbox.engine.kubernetes.readiness.verdict import Verdict, failed
from tests.sandbox.engine.kubernetes.surroundings import Surroundings

READY = "ready"


def outcome(verdict: Verdict) -> str:
    return READY if verdict.ready else f"{'failed' if verdict.failed else 'waiting'}: {verdict.reason}"


def observed(kind: str, spec: dict[str, Any], generation: int = 1, **status: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "metadata": {"generation": generation},
        "spec": spec,
        "status": {"observedGeneration": 1, **status},
    }


def condition(kind: str, status: str, **more: str) -> dict[str, str]:
    return {"type": kind, "status": status, **more}


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        (observed("Deployment", {}, 2), "waiting: the controller has not seen it yet"),
        (observed("Deployment", {}), "waiting: 0 of 1 replicas are updated and available"),
        (
            observed("Deployment", {"replicas": 2}, updatedReplicas=2, availableReplicas=1),
            "waiting: 1 of 2 replicas are updated and available",
        ),
        (
            observed("Deployment", {}, updatedReplicas=1, availableReplicas=1, replicas=2),
            "waiting: 1 of the older replicas still run",
        ),
        (observed("Deployment", {}, updatedReplicas=1, availableReplicas=1, replicas=1), READY),
        (observed("Deployment", {"replicas": 0}), READY),
        (
            observed(
                "Deployment",
                {},
                conditions=[
                    condition("Progressing", "False", reason="ProgressDeadlineExceeded", message="too late")
                ],
            ),
            "failed: too late",
        ),
    ],
)
def test_a_deployment_is_ready_when_its_newest_replicas_are_available(obj: Any, expected: str) -> None:
    assert outcome(workloads.deployment(obj)) == expected


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        (observed("StatefulSet", {}, 2, readyReplicas=1), "waiting: the controller has not seen it yet"),
        (observed("StatefulSet", {"replicas": 2}, readyReplicas=1), "waiting: 1 of 2 replicas are ready"),
        (
            observed("StatefulSet", {"replicas": 2}, readyReplicas=2, updatedReplicas=1),
            "waiting: 1 of 2 replicas are updated",
        ),
        (observed("StatefulSet", {"replicas": 2}, readyReplicas=2, updatedReplicas=2), READY),
        (
            observed(
                "StatefulSet",
                {"replicas": 2, "updateStrategy": {"rollingUpdate": {"partition": 1}}},
                readyReplicas=2,
                updatedReplicas=1,
            ),
            READY,
        ),
        (observed("StatefulSet", {"updateStrategy": {"type": "OnDelete"}}, readyReplicas=1), READY),
    ],
)
def test_a_stateful_set_is_ready_when_its_updated_replicas_are(obj: Any, expected: str) -> None:
    assert outcome(workloads.stateful_set(obj)) == expected


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        (observed("DaemonSet", {}, desiredNumberScheduled=0), READY),
        (
            observed("DaemonSet", {}, desiredNumberScheduled=2, numberReady=2, updatedNumberScheduled=1),
            "waiting: 1 of 2 nodes have its pod ready",
        ),
        (
            observed("DaemonSet", {}, desiredNumberScheduled=2, numberReady=2, updatedNumberScheduled=2),
            READY,
        ),
        (
            observed(
                "DaemonSet",
                {"updateStrategy": {"type": "OnDelete"}},
                desiredNumberScheduled=1,
                numberReady=1,
            ),
            READY,
        ),
    ],
)
def test_a_daemon_set_is_ready_when_every_node_has_its_pod(obj: Any, expected: str) -> None:
    assert outcome(workloads.daemon_set(obj)) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ({}, "waiting: the pod is Pending"),
        ({"phase": "Running"}, "waiting: the pod is Running"),
        (
            {"phase": "Running", "conditions": [condition("Ready", "False", message="not yet: [web]")]},
            "waiting: not yet: [web]",
        ),
        ({"phase": "Running", "conditions": [condition("Ready", "True")]}, READY),
        ({"phase": "Succeeded"}, READY),
        ({"phase": "Failed", "reason": "Evicted"}, "failed: the pod failed: Evicted"),
    ],
)
def test_a_pod_is_ready_when_it_says_so_or_has_ended_well(status: Any, expected: str) -> None:
    assert outcome(workloads.pod({"kind": "Pod", "status": status})) == expected


@pytest.mark.parametrize(
    ("spec", "status", "expected"),
    [
        ({}, {}, "waiting: 0 of 1 completions"),
        ({"completions": 3}, {"succeeded": 1}, "waiting: 1 of 3 completions"),
        ({}, {"conditions": [condition("Complete", "True")]}, READY),
        ({"suspend": True}, {}, READY),
        (
            {},
            {"conditions": [condition("Failed", "True", message="backoff limit")]},
            "failed: the job failed: backoff limit",
        ),
    ],
)
def test_a_job_is_ready_when_it_is_complete(spec: Any, status: Any, expected: str) -> None:
    assert outcome(workloads.job({"kind": "Job", "spec": spec, "status": status})) == expected


LATE = {"metadata": {"name": "late"}, "volumeBindingMode": "WaitForFirstConsumer"}
SOON = {"metadata": {"name": "soon"}, "volumeBindingMode": "Immediate"}


@pytest.mark.parametrize(
    ("wanted", "phase", "expected"),
    [
        ("soon", "Bound", READY),
        ("soon", "Pending", "waiting: no volume is bound to it yet"),
        ("late", "Pending", READY),
        ("none", "Pending", "failed: there is no storage class 'none'; the cluster has: late, soon"),
        ("soon", "Lost", "failed: its volume was lost"),
    ],
)
def test_a_claim_is_ready_when_bound_or_left_to_its_first_consumer(
    wanted: str, phase: str, expected: str
) -> None:
    obj = {"spec": {"storageClassName": wanted}, "status": {"phase": phase}}
    assert outcome(rules.claim(obj, Surroundings(classes=[LATE, SOON]))) == expected


def service(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "s", "namespace": "n"},
        "spec": spec,
    }


def labelled_pod(ready: str) -> dict[str, Any]:
    return {
        "metadata": {"name": "p", "namespace": "n", "labels": {"app": "web"}},
        "status": {"conditions": [condition("Ready", ready)]},
    }


@pytest.mark.parametrize(
    ("spec", "around", "expected"),
    [
        ({"type": "ExternalName"}, Surroundings(), READY),
        ({"clusterIP": "None", "selector": {"app": "web"}}, Surroundings(), READY),
        ({}, Surroundings(), READY),
        (
            {"selector": {"app": "web"}},
            Surroundings(),
            "waiting: no pod has the labels it selects, app=web",
        ),
        (
            {"selector": {"app": "web"}},
            Surroundings(pod_list=[labelled_pod("False")]),
            "waiting: no pod that it selects by app=web is ready",
        ),
        (
            {"selector": {"app": "web"}},
            Surroundings(pod_list=[labelled_pod("True")]),
            "waiting: its endpoints are about to be published",
        ),
        (
            {"selector": {"app": "web"}},
            Surroundings(endpoint_list=[{"conditions": {"ready": True}}]),
            READY,
        ),
        ({"type": "LoadBalancer"}, Surroundings(), "waiting: its load balancer has no address yet"),
    ],
)
def test_a_service_is_ready_when_it_leads_somewhere(spec: Any, around: Surroundings, expected: str) -> None:
    assert outcome(rules.service(service(**spec), around)) == expected


@pytest.mark.parametrize(
    ("others", "addresses", "expected"),
    [
        ({}, [], "waiting: there is no Service web"),
        ({"web": {}}, [], "waiting: there is no Service web"),
        ({"web": {"kind": "Service"}}, [], "waiting: no ingress controller has given it an address yet"),
        ({"web": {"kind": "Service"}}, [{"ip": "10.0.0.1"}], READY),
    ],
)
def test_an_ingress_is_ready_when_it_has_backends_and_an_address(
    others: Any, addresses: Any, expected: str
) -> None:
    paths = [{"path": "/", "backend": {"service": {"name": "web"}}}]
    obj = {
        "metadata": {"name": "i", "namespace": "n"},
        "spec": {"rules": [{"http": {"paths": paths}}]},
        "status": {"loadBalancer": {"ingress": addresses}},
    }
    assert outcome(rules.ingress(obj, Surroundings(others=others))) == expected


RUNNING = {"status": {"phase": "Running", "conditions": [condition("Synced", "True")], "count": 2}}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("condition=Synced", True),
        ("condition=Synced=False", False),
        ("condition=Missing", False),
        ("jsonpath={.status.phase}", True),
        ("jsonpath={.status.phase}=Running", True),
        ("jsonpath={.status.phase}=Ended", False),
        ("jsonpath={.status.count}=2", True),
        ('jsonpath={.status.conditions[?(@.type=="Synced")].status}=True', True),
        ('["condition=Synced", "jsonpath={.status.nothing}"]', False),
    ],
)
def test_an_annotation_may_say_what_to_wait_for(wanted: str, expected: bool) -> None:
    assert custom(RUNNING, wanted).ready is expected


@pytest.mark.parametrize("wanted", ["forever", "jsonpath=.status", "jsonpath={.status[}"])
def test_an_annotation_that_makes_no_sense_is_refused(wanted: str) -> None:
    with pytest.raises(RefusedError, match=r"pulumi\.com/waitFor"):
        custom(RUNNING, wanted)


def test_an_annotation_may_skip_the_wait() -> None:
    obj = {"apiVersion": "apps/v1", **observed("Deployment", {})}
    inputs = {"metadata": {"annotations": {"pulumi.com/skipAwait": "true"}}}
    assert not judge(obj, {}, Surroundings()).ready
    assert judge(obj, inputs, Surroundings()).ready


def test_kinds_without_a_rule_are_ready_at_once() -> None:
    assert judge({"apiVersion": "route.openshift.io/v1", "kind": "Route"}, {}, Surroundings()).ready


def test_failing_is_not_waiting() -> None:
    assert failed("why") == Verdict(ready=False, reason="why", failed=True)
