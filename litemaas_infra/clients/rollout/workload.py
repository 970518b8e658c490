"""A Deployment, StatefulSet or Job: how far it is, and which pods belong to it."""

from dataclasses import dataclass
from typing import Any, Final

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.clients.rollout.pods import condition
from litemaas_infra.errors import NotInCluster

_APPS: Final = "apps/v1"
_APIS: Final = {"Deployment": _APPS, "StatefulSet": _APPS, "Job": "batch/v1"}
_NEWEST: Final = "deployment.kubernetes.io/revision"
_STATEFUL: Final = "controller-revision-hash"


@dataclass(frozen=True)
class Workload:
    """A workload by its name; `kind` is Deployment, StatefulSet or Job."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def find(cluster: Cluster, workload: Workload) -> Object:
    """The workload as it is now. Raises NotInCluster."""
    path = f"{workload.kind.lower()}s/{workload.name}"
    found = cluster.get(_APIS[workload.kind], path, workload.namespace)
    if found is None:
        raise NotInCluster(f"{workload} is not in namespace {workload.namespace}; `pulumi up` makes it")
    return found


def revision(found: Object) -> str:
    """Which object of that name, and which of its declarations, this is."""
    return f"{found['metadata']['uid']}/{int(found['metadata']['generation'])}"


def unfinished(found: Object) -> str:
    """What is missing until every replica is as declared last, and ready, or a Job has succeeded."""
    if found.get("kind") == "Job":
        return "" if condition(found, "Complete").get("status") == "True" else "it has not succeeded yet"
    status, wanted = found.get("status") or {}, int((found.get("spec") or {}).get("replicas", 1))
    if int(status.get("observedGeneration", 0)) < int(found["metadata"]["generation"]):
        return "its controller has not seen it yet"
    ready = min(int(status.get("updatedReplicas", 0)), int(status.get("availableReplicas", 0)))
    if ready < wanted:
        return f"{ready} of {wanted} replicas are up to date and ready"
    older = int(status.get("replicas", 0)) - wanted
    return f"{older} of the older replicas still run" if older > 0 else ""


def newest_pods(cluster: Cluster, found: Object) -> list[Object]:
    """The pods of the newest declaration: those that a rollout replaces may well be broken."""
    labels = dict(found["spec"]["selector"]["matchLabels"])
    if found.get("kind") == "StatefulSet":
        labels[_STATEFUL] = str((found.get("status") or {}).get("updateRevision"))
    if found.get("kind") == "Deployment":
        labels = _newest_replica_set(cluster, found, labels)
    return _labelled(cluster, found, "v1", "pods", labels) if labels else []


def blocking_pods(cluster: Cluster, found: Object) -> list[Object]:
    """A StatefulSet's pods of an older declaration: one that never became ready is not replaced."""
    newest = (found.get("status") or {}).get("updateRevision")
    if found.get("kind") != "StatefulSet" or not newest:
        return []
    pods = _labelled(cluster, found, "v1", "pods", found["spec"]["selector"]["matchLabels"])
    return [pod for pod in pods if pod["metadata"]["labels"].get(_STATEFUL) != newest]


def _newest_replica_set(cluster: Cluster, found: Object, labels: dict[str, str]) -> dict[str, str]:
    wanted = (found["metadata"].get("annotations") or {}).get(_NEWEST)
    for replica_set in _labelled(cluster, found, _APPS, "replicasets", labels):
        if (replica_set["metadata"].get("annotations") or {}).get(_NEWEST) == wanted:
            return dict(replica_set["spec"]["selector"]["matchLabels"])
    return {}


def _labelled(
    cluster: Cluster, found: Object, version: str, kind: str, labels: dict[str, Any]
) -> list[Object]:
    selector = ",".join(f"{key}={value}" for key, value in labels.items())
    return cluster.items(version, kind, found["metadata"]["namespace"], labelSelector=selector)
