"""What each container reserves and may take at most: declared by the pods, and checked against quotas."""

from dataclasses import dataclass
from typing import Final

from litemaas_infra import names


@dataclass(frozen=True)
class Size:
    """Requests and limits, as Kubernetes writes quantities."""

    cpu: tuple[str, str]
    memory: tuple[str, str]

    @property
    def resources(self) -> dict[str, tuple[str, str]]:
        """Request and limit of each resource."""
        return {"cpu": self.cpu, "memory": self.memory}

    @property
    def requests(self) -> dict[str, str]:
        """What is reserved."""
        return {name: request for name, (request, _) in self.resources.items()}

    @property
    def limits(self) -> dict[str, str]:
        """The most it may take."""
        return {name: limit for name, (_, limit) in self.resources.items()}


GATEWAY: Final = Size(cpu=("200m", "1"), memory=("512Mi", "2Gi"))
POSTGRES: Final = Size(cpu=("500m", "1"), memory=("512Mi", "1Gi"))
WAITING: Final = Size(cpu=("10m", "100m"), memory=("32Mi", "64Mi"))
"""A container that only waits for another service, before the pod's own."""

BACKEND: Final = Size(cpu=("100m", "500m"), memory=("256Mi", "512Mi"))
FRONTEND: Final = Size(cpu=("50m", "200m"), memory=("128Mi", "256Mi"))

_CONTAINERS: Final = {"litellm": GATEWAY, "postgres": POSTGRES, "wait-for-database": WAITING}
_OF_BACKEND: Final = {"backend": BACKEND, "frontend": FRONTEND}
_PODS: Final = {"litellm": (GATEWAY, 2), "litemaas-postgres": (POSTGRES, 1)}
_PODS_OF_BACKEND: Final = {"litemaas-backend": (BACKEND, 1), "litemaas-frontend": (FRONTEND, 2)}


def containers(*, backend: bool) -> dict[str, Size]:
    """Every container, by its name."""
    return {**_CONTAINERS, **(_OF_BACKEND if backend else {})}


def pods(*, backend: bool, server: bool = True) -> dict[str, tuple[Size, int]]:
    """Every app's pod, which takes what its largest container does, and how many there are at most at a time.

    An update of the gateway or the frontend starts the new pod before it ends the old one. There may be no
    database `server` of the stack's own.
    """
    whole = {**_PODS, **(_PODS_OF_BACKEND if backend else {})}
    return {app: pod for app, pod in whole.items() if server or app != names.POSTGRES}
