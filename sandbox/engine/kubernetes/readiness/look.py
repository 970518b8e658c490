"""What surrounds an object in its cluster: the pods it selects, and what it refers to."""

from typing import Any, Protocol

from sandbox.engine.kubernetes.api import Cluster
from sandbox.engine.kubernetes.errors import ApiError
from sandbox.engine.kubernetes.objects import Object, name, namespace

STORAGE = "/apis/storage.k8s.io/v1/storageclasses"


class Look(Protocol):
    """The questions that readiness asks of a cluster; an answer that is refused is an empty one."""

    def pods(self, space: str, selector: dict[str, Any]) -> list[Object]:
        """The namespace's pods with these labels."""

    def storage_classes(self) -> list[Object]:
        """The cluster's storage classes."""

    def endpoints(self, service: Object) -> list[Object]:
        """The service's endpoints."""

    def find(self, obj: Object) -> Object | None:
        """The object, if it is there."""


class LiveLook:
    """Answers from a real cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def pods(self, space: str, selector: dict[str, Any]) -> list[Object]:
        """The namespace's pods with these labels."""
        return self._list(f"/api/v1/namespaces/{space}/pods", labelSelector=_labels(selector))

    def storage_classes(self) -> list[Object]:
        """The cluster's storage classes."""
        return self._list(STORAGE)

    def endpoints(self, service: Object) -> list[Object]:
        """The service's endpoints."""
        path = f"/apis/discovery.k8s.io/v1/namespaces/{namespace(service)}/endpointslices"
        slices = self._list(path, labelSelector=f"kubernetes.io/service-name={name(service)}")
        return [endpoint for entry in slices for endpoint in entry.get("endpoints") or []]

    def find(self, obj: Object) -> Object | None:
        """The object, if it is there and may be read."""
        try:
            return self._cluster.find(obj)
        except ApiError:
            return None

    def _list(self, path: str, **parameters: str) -> list[Object]:
        try:
            return self._cluster.items(path, **parameters)
        except ApiError:
            return []


def _labels(selector: dict[str, Any]) -> str:
    return ",".join(f"{key}={value}" for key, value in selector.items())
