"""The pods of a deployment, as people look at them."""

from dataclasses import dataclass
from typing import Any

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.clients.portforward import is_ready
from litemaas_infra.clients.rollout.pods import container_troubles


@dataclass(frozen=True)
class Pod:
    """A pod, and what is wrong with it."""

    name: str
    app: str | None
    phase: str
    ready: bool
    restarts: int
    trouble: str | None

    @property
    def well(self) -> bool:
        """Whether it does, or has done, what it is there for."""
        return self.phase == "Succeeded" or (self.ready and not self.trouble)


def every(cluster: Cluster, namespace: str) -> list[Pod]:
    """The namespace's pods that are there to stay, by name."""
    found = cluster.items("v1", "pods", namespace)
    staying = [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]
    return sorted((_pod(pod) for pod in staying), key=lambda pod: pod.name)


def app_of(pod: Object) -> str | None:
    """The app that a pod is of, by its label."""
    return (pod["metadata"].get("labels") or {}).get("app")


def containers_of(pod: Object) -> list[str]:
    """The names of a pod's containers, in the order they start."""
    spec: dict[str, Any] = pod.get("spec") or {}
    return [
        str(one["name"]) for one in [*(spec.get("initContainers") or []), *(spec.get("containers") or [])]
    ]


def _pod(pod: Object) -> Pod:
    status: dict[str, Any] = pod.get("status") or {}
    phase = str(status.get("phase", "Unknown"))
    restarts = sum(int(entry.get("restartCount", 0)) for entry in status.get("containerStatuses") or [])
    troubles = [trouble.cause for trouble in container_troubles(pod)] if phase != "Succeeded" else []
    cause = troubles[0] if troubles else None
    return Pod(pod["metadata"]["name"], app_of(pod), phase, is_ready(pod), restarts, cause)
