"""What keeps a workload from becoming ready: pods refused or without a node, no volume, broken containers."""

from collections.abc import Iterator
from typing import Final

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.clients.rollout.events import events, moment, seen
from litemaas_infra.clients.rollout.pods import condition, container_troubles, is_starting
from litemaas_infra.clients.rollout.trouble import Trouble
from litemaas_infra.clients.rollout.workload import blocking_pods, newest_pods, unfinished

CREATION: Final = 10
"""Seconds that pods may be refused: a service account may come a moment late."""
SCHEDULING: Final = 30
"""Seconds for a node to be found; an autoscaler says within that time that it makes one."""
PROVISIONING: Final = 90
"""Seconds for a volume to be made, unless its provisioner says that it cannot."""
MOUNTING: Final = 60
"""Seconds for a volume to move to the pod's node, and for the pod's network to be made."""
_COMING: Final = ("TriggeredScaleUp", "NodeClaimCreated", "Nominated")
"""An autoscaler's word that a node is being made for the pod."""
_LATER: Final = ("WaitForFirstConsumer", "WaitForPodScheduled")
"""A claim's word that its volume is made once its pod has a node."""
_HINDERED: Final = ("FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox")


def troubles(cluster: Cluster, found: Object) -> list[Trouble]:
    """All that is wrong with the workload now; nothing of a declaration before this one."""
    if "has not seen it" in unfinished(found):
        return []
    pods = newest_pods(cluster, found)
    of_pods = [trouble for pod in pods for trouble in _of_pod(cluster, pod)]
    return [*_refused(cluster, found, pods), *of_pods, *_blocked(cluster, found), *_given_up(found)]


def _refused(cluster: Cluster, found: Object, pods: list[Object]) -> Iterator[Trouble]:
    subject = f"{found['kind']} {found['metadata']['name']}"
    failure = condition(found, "ReplicaFailure")
    newest = max((moment(pod["metadata"].get("creationTimestamp")) for pod in pods), default=moment(None))
    said = [str(failure["message"])] if failure.get("status") == "True" else []
    said += [
        str(event.get("message"))
        for event in events(cluster, found)
        if event.get("reason") == "FailedCreate" and seen(event) > newest
    ]
    if said:
        yield Trouble(subject, f"its pods are refused: {said[0]}", CREATION)


def _of_pod(cluster: Cluster, pod: Object) -> list[Trouble]:
    if pod["metadata"].get("deletionTimestamp"):
        return []
    if (pod["spec"]).get("nodeName"):
        return [*container_troubles(pod), *_hindered(cluster, pod)]
    return [*_unscheduled(cluster, pod), *_unprovisioned(cluster, pod)]


def _unscheduled(cluster: Cluster, pod: Object) -> Iterator[Trouble]:
    scheduled = condition(pod, "PodScheduled")
    coming = any(event.get("reason") in _COMING for event in events(cluster, pod))
    if scheduled.get("status") == "False" and not coming:
        cause = f"no node takes it: {scheduled.get('message', 'its scheduler does not say why')}"
        yield Trouble(f"pod {pod['metadata']['name']}", cause, SCHEDULING)


def _unprovisioned(cluster: Cluster, pod: Object) -> Iterator[Trouble]:
    for volume in pod["spec"].get("volumes") or []:
        name = (volume.get("persistentVolumeClaim") or {}).get("claimName")
        claim = cluster.get("v1", f"persistentvolumeclaims/{name}", pod["metadata"]["namespace"])
        if name and claim and (claim.get("status") or {}).get("phase") == "Pending":
            yield from _of_claim(cluster, claim)


def _of_claim(cluster: Cluster, claim: Object) -> Iterator[Trouble]:
    said = [event for event in events(cluster, claim) if event.get("reason") not in _LATER]
    for event in said[:1]:
        of_class = claim["spec"].get("storageClassName")
        cause = f"its StorageClass {of_class} has made no volume: {event.get('message')}"
        failed = event.get("type") == "Warning"
        patience = SCHEDULING if failed else PROVISIONING
        yield Trouble(f"PersistentVolumeClaim {claim['metadata']['name']}", cause, patience)


def _hindered(cluster: Cluster, pod: Object) -> Iterator[Trouble]:
    if not is_starting(pod):
        return
    for event in events(cluster, pod):
        if event.get("reason") in _HINDERED:
            yield Trouble(f"pod {pod['metadata']['name']}", str(event.get("message")), MOUNTING)
            return


def _given_up(found: Object) -> Iterator[Trouble]:
    """A Job that tries no more; its last pod, and what that said, may be gone."""
    failure = condition(found, "Failed")
    if failure.get("status") == "True":
        yield Trouble(f"Job {found['metadata']['name']}", f"it is given up: {failure.get('message')}", 0)


def _blocked(cluster: Cluster, found: Object) -> Iterator[Trouble]:
    for pod in blocking_pods(cluster, found):
        name, namespace = pod["metadata"]["name"], pod["metadata"]["namespace"]
        if inner := _of_pod(cluster, pod):
            cause = f"it is of an older declaration, is in trouble and blocks the new one ({inner[0].cause})"
            remedy = f"free the way: oc delete pod {name} -n {namespace}"
            yield Trouble(f"pod {name}", f"{cause}; {remedy}", SCHEDULING)
