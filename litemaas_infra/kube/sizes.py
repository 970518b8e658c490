"""What each container reserves and may take at most: declared by the pods, and checked against quotas."""

from dataclasses import dataclass
from typing import Final

from litemaas_infra import names
from litemaas_infra.kube import volume
from litemaas_infra.specs.shape import Shape


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
MIGRATION: Final = Size(cpu=("200m", "1"), memory=("512Mi", "1Gi"))
POSTGRES: Final = Size(cpu=("500m", "1"), memory=("512Mi", "1Gi"))
REDIS: Final = Size(cpu=("50m", "500m"), memory=("64Mi", "256Mi"))
WAITING: Final = Size(cpu=("10m", "100m"), memory=("32Mi", "64Mi"))
"""A container that only waits for another service, before the pod's own."""

BACKEND: Final = Size(cpu=("100m", "500m"), memory=("256Mi", "512Mi"))
FRONTEND: Final = Size(cpu=("50m", "200m"), memory=("128Mi", "256Mi"))

CHAT: Final = Size(cpu=("100m", "1"), memory=("768Mi", "2Gi"))
TIKA: Final = Size(cpu=("100m", "1"), memory=("512Mi", "2Gi"))

BACKUP: Final = Size(cpu=("100m", "1"), memory=("256Mi", "512Mi"))

_CONTAINERS: Final = {"litellm": GATEWAY, "migrate": MIGRATION, "wait-for-database": WAITING}
_OF_BACKEND: Final = {"backend": BACKEND, "frontend": FRONTEND}
_OF_BACKUP: Final = {"dump": BACKUP, "restore": BACKUP}
_AT_STORE: Final = {"store": BACKUP, "fetch": BACKUP}
_PODS_OF_BACKEND: Final = {names.BACKEND: (BACKEND, 1), names.FRONTEND: (FRONTEND, 2)}


def containers(shape: Shape) -> dict[str, Size]:
    """Every container, by its name."""
    return {
        **_CONTAINERS,
        **({"postgres": POSTGRES} if shape.database.servers else {}),
        **(_OF_BACKEND if shape.backend.enabled else {}),
        **({"ask-redis": WAITING} if shape.redis.used else {}),
        **({"redis": REDIS} if shape.redis.kind == "own" else {}),
        **({"open-webui": CHAT} if shape.chat.enabled else {}),
        **({"tika": TIKA} if shape.chat.with_tika else {}),
        **(_OF_BACKUP if shape.backup.made else {}),
        **({"take-over": BACKUP} if shape.takeover.wanted else {}),
        **(_AT_STORE if shape.backup.kind == "s3" else {}),
    }


def pods(shape: Shape) -> dict[str, tuple[Size, int]]:
    """Every app's pod, which takes what its largest container does, and how many there are at most at a time.

    An update of the gateway, the frontend or Tika ends an old pod once a new one is ready, and gives it time
    to answer. The gateway's migration, before that, has the room that the first new pod takes.
    """
    servers = shape.database.servers
    return {
        names.GATEWAY: (GATEWAY, 2 * shape.scale.most),
        names.MIGRATION: (MIGRATION, 0),
        **({names.POSTGRES: (POSTGRES, servers)} if servers else {}),
        **(_PODS_OF_BACKEND if shape.backend.enabled else {}),
        **({names.REDIS: (REDIS, 1)} if shape.redis.kind == "own" else {}),
        **({names.CHAT: (CHAT, 1)} if shape.chat.enabled else {}),
        **({names.TIKA: (TIKA, 2)} if shape.chat.with_tika else {}),
        # What is taken over or restored, is so before there is a gateway.
        **({names.BACKUP: (BACKUP, 1), names.RESTORE: (BACKUP, 0)} if shape.backup.made else {}),
        **({names.TAKEOVER: (BACKUP, 0)} if shape.takeover.wanted else {}),
    }


def volumes(shape: Shape, storage_size: str) -> dict[str, tuple[str, int]]:
    """Every volume's size, and how many there are of it, by what people know it as."""
    found = {
        volume.DATABASE.called: (storage_size, shape.database.servers),
        volume.CHAT.called: (shape.chat.storage_size, int(shape.chat.enabled)),
        volume.BACKUPS.called: (shape.backup.storage_size, int(shape.backup.kind == "volume")),
    }
    return {called: (size, count) for called, (size, count) in found.items() if count}
