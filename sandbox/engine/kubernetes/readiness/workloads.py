"""When Deployments, StatefulSets, DaemonSets, Pods and Jobs are ready."""

from typing import Any

from sandbox.engine.kubernetes.objects import Object, metadata
from sandbox.engine.kubernetes.readiness.verdict import READY, Verdict, failed, waiting


def condition(obj: Object, kind: str) -> dict[str, Any]:
    """The object's condition of this type; empty if it has none."""
    found = (obj.get("status") or {}).get("conditions") or []
    return next((entry for entry in found if entry.get("type") == kind), {})


def deployment(obj: Object) -> Verdict:
    """Ready when every replica is of the newest revision and available, and no older one is left."""
    progress = condition(obj, "Progressing")
    if unobserved(obj):
        return waiting("the controller has not seen it yet")
    if progress.get("reason") == "ProgressDeadlineExceeded":
        return failed(progress.get("message", "its progress deadline has passed"))
    status, want = obj.get("status") or {}, _wanted(obj)
    ready = min(status.get("updatedReplicas", 0), status.get("availableReplicas", 0))
    if ready < want:
        return waiting(f"{ready} of {want} replicas are updated and available")
    old = status.get("replicas", 0) - want
    return waiting(f"{old} of the older replicas still run") if old > 0 else READY


def stateful_set(obj: Object) -> Verdict:
    """Ready when every replica is ready and of the newest revision."""
    if unobserved(obj):
        return waiting("the controller has not seen it yet")
    status, want = obj.get("status") or {}, _wanted(obj)
    ready = status.get("readyReplicas", 0)
    if ready < want:
        return waiting(f"{ready} of {want} replicas are ready")
    strategy = (obj.get("spec") or {}).get("updateStrategy") or {}
    partition = (strategy.get("rollingUpdate") or {}).get("partition", 0)
    updated = status.get("updatedReplicas", 0)
    if strategy.get("type") == "OnDelete" or updated >= want - partition:
        return READY
    return waiting(f"{updated} of {want - partition} replicas are updated")


def daemon_set(obj: Object) -> Verdict:
    """Ready when every node that wants its pod has a ready, updated one."""
    if unobserved(obj):
        return waiting("the controller has not seen it yet")
    status = obj.get("status") or {}
    want = status.get("desiredNumberScheduled", 0)
    strategy = ((obj.get("spec") or {}).get("updateStrategy") or {}).get("type")
    updated = want if strategy == "OnDelete" else status.get("updatedNumberScheduled", 0)
    done = min(status.get("numberReady", 0), updated)
    return READY if done >= want else waiting(f"{done} of {want} nodes have its pod ready")


def pod(obj: Object) -> Verdict:
    """Ready when it says so, or has ended well."""
    status = obj.get("status") or {}
    phase = status.get("phase", "Pending")
    if phase == "Failed":
        return failed(f"the pod failed: {status.get('message') or status.get('reason') or 'see its log'}")
    if phase == "Succeeded" or condition(obj, "Ready").get("status") == "True":
        return READY
    return waiting(condition(obj, "Ready").get("message") or f"the pod is {phase}")


def job(obj: Object) -> Verdict:
    """Ready when it is complete."""
    failure = condition(obj, "Failed")
    if failure.get("status") == "True":
        return failed(f"the job failed: {failure.get('message') or failure.get('reason')}")
    if condition(obj, "Complete").get("status") == "True":
        return READY
    spec, status = obj.get("spec") or {}, obj.get("status") or {}
    if spec.get("suspend"):
        return READY
    return waiting(f"{status.get('succeeded', 0)} of {spec.get('completions', 1)} completions")


def definition(obj: Object) -> Verdict:
    """Ready when the API server serves the kind it defines."""
    established = condition(obj, "Established")
    if established.get("status") == "True":
        return READY
    return waiting(established.get("message") or "the API server does not serve its kind yet")


def unobserved(obj: Object) -> bool:
    """Whether the object's status still speaks of an older declaration; Jobs and Pods do not tell."""
    if obj.get("kind") not in ("Deployment", "StatefulSet", "DaemonSet"):
        return False
    seen = int((obj.get("status") or {}).get("observedGeneration", 0))
    return seen < int(metadata(obj).get("generation", 0))


def _wanted(obj: Object) -> int:
    return int((obj.get("spec") or {}).get("replicas", 1))
