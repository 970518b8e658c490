"""What keeps an object from becoming ready: its own warnings, and those of the pods it makes."""

from collections.abc import Iterator
from typing import Any

from sandbox.engine.kubernetes.objects import Object, identity, metadata, name, namespace
from sandbox.engine.kubernetes.readiness.look import Look, moment, seen
from sandbox.engine.kubernetes.readiness.pods import SCHEDULING, pod_troubles
from sandbox.engine.kubernetes.readiness.verdict import Trouble
from sandbox.engine.kubernetes.readiness.workloads import condition, unobserved

CREATION = 10
"""Seconds that pods may be refused: a quota or a service account may come a moment late."""

WORKLOADS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "Job"})
REVISION = "controller-revision-hash"
NEWEST = "deployment.kubernetes.io/revision"


def troubles(obj: Object, look: Look) -> list[Trouble]:
    """All that keeps the object from becoming ready now."""
    kind = obj.get("kind")
    if unobserved(obj):
        return []  # what can be seen is of the declaration before this one
    if kind in WORKLOADS:
        pods = _own_pods(obj, look)
        found = [trouble for pod in pods for trouble in pod_troubles(pod, look)]
        return [*_refused(obj, pods, look), *found, *_blocked(obj, look)]
    if kind == "Pod":
        return pod_troubles(obj, look)
    return list(_provisioning(obj, look)) if kind == "PersistentVolumeClaim" else []


def _refused(obj: Object, pods: list[Object], look: Look) -> Iterator[Trouble]:
    subject = f"{obj.get('kind')} {identity(obj)}"
    failure = condition(obj, "ReplicaFailure")
    if failure.get("status") == "True":
        yield Trouble(subject, f"its pods are refused: {failure.get('message')}", CREATION)
        return
    newest = max((moment(metadata(pod).get("creationTimestamp")) for pod in pods), default=moment(None))
    for event in look.warnings(obj):
        if event.get("reason") == "FailedCreate" and seen(event) > newest:
            yield Trouble(subject, f"its pods are refused: {event.get('message')}", CREATION)
            return


def _own_pods(obj: Object, look: Look) -> list[Object]:
    labels = _labels(obj)
    if obj.get("kind") == "Deployment":
        labels = _newest_template(obj, look)
    elif obj.get("kind") == "StatefulSet":
        labels = {**labels, REVISION: (obj.get("status") or {}).get("updateRevision")}
    return look.pods(namespace(obj), labels) if labels else []


def _labels(obj: Object) -> dict[str, Any]:
    selector = (obj.get("spec") or {}).get("selector") or {}
    labels: dict[str, Any] = selector.get("matchLabels") or {}
    return labels


def _newest_template(obj: Object, look: Look) -> dict[str, Any]:
    # Only the pods of the newest ReplicaSet count: those that a rollout replaces may well be broken.
    wanted = (metadata(obj).get("annotations") or {}).get(NEWEST)
    for replica_set in look.replica_sets(namespace(obj), _labels(obj)):
        if (metadata(replica_set).get("annotations") or {}).get(NEWEST) == wanted:
            return _labels(replica_set)
    return {}


def _blocked(obj: Object, look: Look) -> Iterator[Trouble]:
    # A StatefulSet does not replace a pod of an older revision that never became ready.
    newest = (obj.get("status") or {}).get("updateRevision")
    if obj.get("kind") != "StatefulSet" or not newest:
        return
    for pod in look.pods(namespace(obj), _labels(obj)):
        revision = (metadata(pod).get("labels") or {}).get(REVISION)
        if revision != newest and (found := pod_troubles(pod, look)):
            remedy = f"kubectl delete pod --namespace {namespace(pod)} {name(pod)}"
            cause = f"it is of an older revision, is in trouble and blocks the new one ({found[0].cause})"
            yield Trouble(f"pod {identity(pod)}", f"{cause}; free the way with `{remedy}`", SCHEDULING)


def _provisioning(obj: Object, look: Look) -> Iterator[Trouble]:
    for event in look.warnings(obj)[:1]:
        yield Trouble(f"claim {identity(obj)}", str(event.get("message")), SCHEDULING)
