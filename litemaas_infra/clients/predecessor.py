"""A LiteMaaS that the Ansible collection deployed, as it is found in a namespace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster

SERVERS: Final[Mapping[str, str]] = {
    "postgres": "postgres-secret",
    "litellm-postgres": "litemaas-db",
    names.POSTGRES: "litemaas-db",
}
"""StatefulSets of PostgreSQL that one or another version of it made, and the Secrets of their superusers."""
_OURS: Final = (names.GATEWAY, names.BACKEND, names.FRONTEND, names.REDIS)
_THEIRS: Final = ("litellm-backend", "litellm-frontend")
_NAMES: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("apps/v1", "deployments"): frozenset((*_OURS, *_THEIRS)),
    ("v1", "services"): frozenset(_OURS),
}
"""What has a name of a stack's, or writes to the databases."""
_ROUTES: Final = frozenset((names.GATEWAY, names.BACKEND, names.FRONTEND, "litellm-admin", *_THEIRS))


@dataclass(frozen=True)
class Predecessor:
    """What is there of it."""

    server: str | None
    """PostgreSQL's StatefulSet; None where there is none."""
    in_the_way: tuple[str, ...]
    """What a stack's own objects would be mixed up with, as `oc delete` takes it; none holds data."""

    def __bool__(self) -> bool:
        return bool(self.server or self.in_the_way)


def find(cluster: Cluster, namespace: str, *, servers: bool = True, routes: bool = True) -> Predecessor:
    """What the namespace has of one, as far as it is asked for: database servers, Routes."""
    sets = _strangers(cluster, "apps/v1", "statefulsets", namespace) if servers else frozenset()
    kinds = {**_NAMES, **({(names.ROUTES, "routes"): _ROUTES} if routes else {})}
    found = (
        f"{kind.removesuffix('s')}/{name}"
        for (version, kind), known in kinds.items()
        for name in sorted(known & _strangers(cluster, version, kind, namespace))
    )
    return Predecessor(next((name for name in SERVERS if name in sets), None), tuple(found))


def _strangers(cluster: Cluster, version: str, kind: str, namespace: str) -> frozenset[str]:
    """Names of the objects of that kind that are no stack's."""
    return frozenset(_foreign(cluster.items(version, kind, namespace)))


def _foreign(objects: list[Mapping[str, Any]]) -> Iterator[str]:
    for one in objects:
        if names.PART_OF not in (one["metadata"].get("labels") or {}):
            yield one["metadata"]["name"]
