"""What keeps a pod from becoming ready, in the words of the scheduler, the kubelet and the container."""

from collections.abc import Iterator
from typing import Any

from sandbox.engine.kubernetes.objects import Object, identity, metadata, name, namespace
from sandbox.engine.kubernetes.readiness.look import Look
from sandbox.engine.kubernetes.readiness.verdict import Log, Trouble
from sandbox.engine.kubernetes.readiness.workloads import condition

IMAGE = {"ErrImagePull": 15, "ImagePullBackOff": 15, "ErrImageNeverPull": 0, "InvalidImageName": 0}
"""Seconds that each reason of a missing image may last: a registry may be out of reach for a moment."""

CONFIGURATION = 20
"""Seconds for what a container refers to, a Secret say, to appear."""

SCHEDULING = 20
"""Seconds for a node or a volume to be found."""

MOUNTING = 30
"""Seconds for volumes to be mounted and the pod's network to be made."""

CRASHES = 3
"""Restarts after which a container that ends again and again is given up."""

FOREVER = float("inf")


def pod_troubles(pod: Object, look: Look) -> list[Trouble]:
    """All that is wrong with the pod now."""
    if (pod.get("status") or {}).get("phase") == "Succeeded" or metadata(pod).get("deletionTimestamp"):
        return []
    return [*_scheduling(pod, look), *_containers(pod), *_starting(pod, look)]


def _scheduling(pod: Object, look: Look) -> Iterator[Trouble]:
    scheduled = condition(pod, "PodScheduled")
    if scheduled.get("status") == "False":
        causes = [scheduled.get("message", "no node takes it"), *_volumes(pod, look)]
        yield Trouble(f"pod {identity(pod)}", "; ".join(causes), SCHEDULING)


def _volumes(pod: Object, look: Look) -> Iterator[str]:
    for volume in (pod.get("spec") or {}).get("volumes") or []:
        claimed = (volume.get("persistentVolumeClaim") or {}).get("claimName")
        if claimed and (cause := _claim_cause(claimed, namespace(pod), look)):
            yield cause


def _claim_cause(claimed: str, space: str, look: Look) -> str:
    reference = {"name": claimed, "namespace": space}
    claim = look.find({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": reference})
    if claim is None:
        return f"there is no claim {claimed}"
    warnings = look.warnings(claim)
    if (claim.get("status") or {}).get("phase") == "Bound" or not warnings:
        return ""
    return f"claim {claimed}: {warnings[0].get('message')}"


def _containers(pod: Object) -> Iterator[Trouble]:
    status = pod.get("status") or {}
    for entry in [*(status.get("initContainerStatuses") or []), *(status.get("containerStatuses") or [])]:
        subject = f"container {entry['name']} of pod {identity(pod)}"
        state = entry.get("state") or {}
        if waiting := state.get("waiting"):
            yield from _waiting(pod, entry, subject, waiting)
        elif (state.get("terminated") or {}).get("exitCode"):
            log = Log(namespace(pod), name(pod), str(entry["name"]), previous=False)
            yield Trouble(subject, f"it ended ({_ending(state['terminated'])})", FOREVER, log)


def _waiting(pod: Object, entry: dict[str, Any], subject: str, waiting: dict[str, Any]) -> Iterator[Trouble]:
    reason, message = str(waiting.get("reason", "")), str(waiting.get("message", ""))
    if reason in IMAGE:
        cause = f"its image {_image(pod, entry['name'])} cannot be had: {message or reason}"
        yield Trouble(subject, cause, IMAGE[reason])
    elif reason == "CrashLoopBackOff":
        yield _crash(pod, entry, subject)
    elif reason not in ("", "ContainerCreating", "PodInitializing"):
        yield Trouble(subject, f"{reason}: {message}", CONFIGURATION)


def _image(pod: Object, container: str) -> str:
    spec = pod.get("spec") or {}
    declared = [*(spec.get("initContainers") or []), *(spec.get("containers") or [])]
    return next((str(entry.get("image")) for entry in declared if entry["name"] == container), "")


def _crash(pod: Object, entry: dict[str, Any], subject: str) -> Trouble:
    ended = (entry.get("lastState") or {}).get("terminated") or {}
    count = int(entry.get("restartCount", 0))
    log = Log(namespace(pod), name(pod), str(entry["name"]), previous=True)
    patience = 0.0 if count >= CRASHES else FOREVER
    return Trouble(subject, f"it keeps ending ({_ending(ended)}; {count} restarts)", patience, log)


def _ending(terminated: dict[str, Any]) -> str:
    reason, code = terminated.get("reason", "Error"), f"exit code {terminated.get('exitCode')}"
    return code if reason == "Error" else f"{reason}, {code}"


def _starting(pod: Object, look: Look) -> Iterator[Trouble]:
    if condition(pod, "PodScheduled").get("status") != "True" or _started(pod):
        return
    for event in look.warnings(pod):
        if event.get("reason") in ("FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"):
            yield Trouble(f"pod {identity(pod)}", str(event.get("message")), MOUNTING)
            return


def _started(pod: Object) -> bool:
    status = pod.get("status") or {}
    entries = [*(status.get("initContainerStatuses") or []), *(status.get("containerStatuses") or [])]
    reasons = [((entry.get("state") or {}).get("waiting") or {}).get("reason") for entry in entries]
    return bool(entries) and not all(reason in ("ContainerCreating", "PodInitializing") for reason in reasons)
