"""What each container reserves and may take at most: declared by the pods, and checked against quotas."""

from dataclasses import dataclass
from typing import Final


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

CONTAINERS: Final = {"litellm": GATEWAY, "postgres": POSTGRES, "wait-for-database": WAITING}
"""Every container, by its name."""
PODS: Final = {"litellm": (GATEWAY, 2), "litemaas-postgres": (POSTGRES, 1)}
"""Every app's pod, which takes what its largest container does, and how many there are at most at a time.

An update of the gateway starts the new pod before it ends the old one.
"""
