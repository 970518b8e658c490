"""The end of a workload's pods, before the end of their namespace."""

import time
from typing import Any, Final

from litemaas_infra.clients.cluster import Cluster, Object

PATIENCE: Final = 60.0
"""Seconds for the cluster to end the pods of a workload that is gone, at their hastened pace."""
_PAUSE: Final = 0.5


def hasten(cluster: Cluster, namespace: str, app: str, grace: int, patience: float = PATIENCE) -> None:
    """Wait for the end of the app's pods, none of which takes more than `grace` seconds from now on.

    A namespace with a pod that may take minutes is looked at again only minutes later, however soon the pod
    ends. Whatever still runs after all patience is left to the end of the namespace.
    """
    end, told = time.monotonic() + patience, set[str]()
    while pods := cluster.items("v1", "pods", namespace, labelSelector=f"app={app}"):
        for pod in pods:
            name = str(pod["metadata"]["name"])
            if name not in told and _left(pod) > grace:
                cluster.delete("v1", f"pods/{name}?gracePeriodSeconds={grace}", namespace)
                told.add(name)
        if time.monotonic() > end:
            return
        time.sleep(_PAUSE)


def _left(pod: Object) -> int:
    """Seconds that it may take to end; none while nobody asks it to, or its controller made another."""
    metadata: dict[str, Any] = pod["metadata"]
    return int(metadata.get("deletionGracePeriodSeconds") or 0) if "deletionTimestamp" in metadata else 0
