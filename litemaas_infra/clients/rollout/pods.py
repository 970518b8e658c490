"""What keeps a pod from becoming ready, in the words of the scheduler, the kubelet and the container."""

from collections.abc import Iterator
from typing import Any, Final

from litemaas_infra.clients.cluster import Object
from litemaas_infra.clients.rollout.trouble import Log, Trouble

IMAGE: Final = {"ErrImagePull": 20, "ImagePullBackOff": 20, "ErrImageNeverPull": 0, "InvalidImageName": 0}
"""Seconds that each reason of a missing image may last: a registry may be out of reach for a moment."""
CONFIGURATION: Final = 20
"""Seconds for what a container refers to, a Secret say, to appear."""
CRASHES: Final = 3
"""Restarts after which a container that ends again and again is given up."""
REFUSED: Final = 78
"""Exit code, EX_CONFIG in sysexits.h, of a program that refuses what it is told: no restart mends that."""
_COMING: Final = ("", "ContainerCreating", "PodInitializing")
_FOREVER: Final = float("inf")


def container_troubles(pod: Object) -> Iterator[Trouble]:
    """All that is wrong with the pod's containers now."""
    for entry in _entries(pod):
        subject = f"container {entry['name']} of pod {pod['metadata']['name']}"
        waiting, ended = _state(entry, "waiting"), _state(entry, "terminated")
        if waiting:
            yield from _waiting(pod, entry, subject, waiting)
        elif ended.get("exitCode"):
            log = _log(pod, entry, previous=False)
            yield Trouble(subject, f"it ended ({_ending(ended)})", _FOREVER, log)


def keeps_ending(pod: Object) -> bool:
    """Whether a container of the pod was given up."""
    return any(int(entry.get("restartCount", 0)) >= CRASHES or _refuses(entry) for entry in _entries(pod))


def is_starting(pod: Object) -> bool:
    """Whether none of the pod's containers has come to run yet."""
    reasons = [_state(entry, "waiting").get("reason", "-") for entry in _entries(pod)]
    return all(reason in _COMING for reason in reasons)


def condition(found: Object, kind: str) -> dict[str, Any]:
    """The object's condition of this type; empty if it has none."""
    conditions = (found.get("status") or {}).get("conditions") or []
    return next((entry for entry in conditions if entry.get("type") == kind), {})


def _entries(pod: Object) -> list[dict[str, Any]]:
    status = pod.get("status") or {}
    return [*(status.get("initContainerStatuses") or []), *(status.get("containerStatuses") or [])]


def _state(entry: dict[str, Any], kind: str, which: str = "state") -> dict[str, Any]:
    found: dict[str, Any] = (entry.get(which) or {}).get(kind) or {}
    return found


def _waiting(pod: Object, entry: dict[str, Any], subject: str, waiting: dict[str, Any]) -> Iterator[Trouble]:
    reason, message = str(waiting.get("reason", "")), str(waiting.get("message", ""))
    if reason in IMAGE:
        yield Trouble(subject, _unpullable(pod, entry, message or reason), IMAGE[reason])
    elif reason == "CrashLoopBackOff":
        yield _crash(pod, entry, subject)
    elif reason not in _COMING:
        yield Trouble(subject, f"{reason}: {message}", CONFIGURATION)


def _unpullable(pod: Object, entry: dict[str, Any], said: str) -> str:
    containers = [*(pod["spec"].get("initContainers") or []), *pod["spec"]["containers"]]
    image = next(container["image"] for container in containers if container["name"] == entry["name"])
    return (
        f"its image {image} cannot be had: {said}; correct its name and tag, or, if its registry asks who "
        "pulls, name a pull secret: pulumi config set --path 'litemaas:pullSecrets[0]' SECRET"
    )


def _crash(pod: Object, entry: dict[str, Any], subject: str) -> Trouble:
    count, ended = int(entry.get("restartCount", 0)), _state(entry, "terminated", "lastState")
    log = _log(pod, entry, previous=True)
    if _refuses(entry):
        return Trouble(subject, f"it refuses ({_ending(ended)})", 0.0, log)
    patience = 0.0 if count >= CRASHES else _FOREVER
    return Trouble(subject, f"it keeps ending ({_ending(ended)}; {count} restarts)", patience, log)


def _refuses(entry: dict[str, Any]) -> bool:
    return _state(entry, "terminated", "lastState").get("exitCode") == REFUSED


def _log(pod: Object, entry: dict[str, Any], *, previous: bool) -> Log:
    return Log(pod["metadata"]["namespace"], pod["metadata"]["name"], str(entry["name"]), previous)


def _ending(terminated: dict[str, Any]) -> str:
    reason, code = terminated.get("reason", "Error"), f"exit code {terminated.get('exitCode')}"
    return code if reason == "Error" else f"{reason}, {code}"
