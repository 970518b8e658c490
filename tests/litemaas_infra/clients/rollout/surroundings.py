"""Workloads, pods and events, as a Kubernetes API gives them."""

from typing import Any

from tests.litemaas_infra.support.kubernetes import FakeKubernetes

Object = dict[str, Any]
NAMESPACE = "/namespaces/litemaas"
LABELS = {"app": "web"}
SCHEDULED = {"type": "PodScheduled", "status": "True"}


class Surroundings:
    """What is in a namespace."""

    def __init__(self, api: FakeKubernetes) -> None:
        self._api = api
        self._lists: dict[str, list[Object]] = {}

    def have(self, kind: str, *objects: Object, version: str = "/api/v1") -> None:
        listed = self._lists.setdefault(kind, [])
        listed += objects
        self._api.objects[f"{version}{NAMESPACE}/{kind}"] = {"items": listed}
        for found in objects:
            self._api.objects[f"{version}{NAMESPACE}/{kind}/{found['metadata']['name']}"] = found

    def event(self, about: str, reason: str, message: str, **other: Any) -> None:
        """Have an event of type Warning about the object of that name."""
        base = {"metadata": {"name": f"event-{len(self._lists.get('events', []))}"}, "type": "Warning"}
        about_it = {"involvedObject": {"uid": f"uid-{about}"}}
        self.have("events", {**base, **about_it, "reason": reason, "message": message, **other})


def pod(
    name: str = "web-1", node: str = "node", labels: dict[str, str] | None = None, **status: Any
) -> Object:
    """A pod of one container; on a node unless `node` is empty."""
    metadata = {
        "name": name,
        "namespace": "litemaas",
        "uid": f"uid-{name}",
        "labels": {**LABELS, **(labels or {})},
    }
    spec: Object = {"containers": [{"name": "web", "image": "shop/web:7"}]}
    if node:
        spec["nodeName"] = node
    return {"metadata": metadata, "spec": spec, "status": {"conditions": [SCHEDULED], **status}}


def container(state: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [{"name": "web", "state": state, **more}]


def held(reason: str, message: str = "", labels: dict[str, str] | None = None, **more: Any) -> Object:
    """A pod whose container waits."""
    waiting = {"waiting": {"reason": reason, "message": message}}
    return pod(labels=labels, containerStatuses=container(waiting, **more))


def unscheduled(message: str) -> Object:
    """A pod without a node."""
    return pod(node="", conditions=[{"type": "PodScheduled", "status": "False", "message": message}])


def workload(kind: str = "Deployment", *, wanted: int = 1, generation: int = 2, **status: Any) -> Object:
    """A workload of the newest revision 7, which its controller has seen."""
    annotations = {"deployment.kubernetes.io/revision": "7"}
    metadata = {"name": "web", "namespace": "litemaas", "uid": "uid-web", "generation": generation}
    spec = {"replicas": wanted, "selector": {"matchLabels": LABELS}}
    seen = {"observedGeneration": 2, **status}
    return {"kind": kind, "metadata": {**metadata, "annotations": annotations}, "spec": spec, "status": seen}


def job(**status: Any) -> Object:
    """A Job of the same name, whose pods have a label of its controller's."""
    metadata = {"name": "web", "namespace": "litemaas", "uid": "uid-web", "generation": 1}
    spec = {"selector": {"matchLabels": LABELS}}
    return {"kind": "Job", "metadata": metadata, "spec": spec, "status": status}


def replica_set(revision: str, hash_: str) -> Object:
    """A Deployment's ReplicaSet."""
    metadata = {"name": f"web-{hash_}", "labels": LABELS}
    annotations = {"deployment.kubernetes.io/revision": revision}
    selector = {"matchLabels": {**LABELS, "pod-template-hash": hash_}}
    return {"metadata": {**metadata, "annotations": annotations}, "spec": {"selector": selector}}


NEW = {"pod-template-hash": "new"}
OLD = {"pod-template-hash": "old"}
