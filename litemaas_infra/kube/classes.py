"""Classes that a cluster offers of something, of which one is its default: StorageClasses, IngressClasses."""

from dataclasses import dataclass
from typing import Final

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.errors import ClusterMismatch


@dataclass(frozen=True)
class Classes:
    """What tells one sort from another: its API, its default's mark, its setting, and the way around it."""

    kind: str
    version: str
    default: str
    setting: str
    otherwise: str


STORAGE: Final = Classes(
    "StorageClass",
    "storage.k8s.io/v1",
    "storageclass.kubernetes.io/is-default-class",
    "storageClass",
    "take the stack of this platform",
)
INGRESS: Final = Classes(
    "IngressClass",
    "networking.k8s.io/v1",
    "ingressclass.kubernetes.io/is-default-class",
    "exposure.ingressClass",
    "do without: pulumi config set --path litemaas:exposure.kind internal",
)


def chosen(cluster: Cluster, classes: Classes, wanted: str | None) -> str:
    """The class that is wanted, or the cluster's default. Raises ClusterMismatch, naming those there are."""
    items = cluster.items(classes.version, f"{classes.kind.lower()}es")
    there = [str(item["metadata"]["name"]) for item in items]
    default = next(
        (name for name, item in zip(there, items, strict=True) if _is_default(item, classes)), None
    )
    if wanted in there:
        return str(wanted)
    if wanted is None and default is not None:
        return default
    lacking = f"litemaas:{classes.setting} is {wanted}, which the cluster at {cluster.server} lacks"
    if wanted is None:
        lacking = (
            f"litemaas:{classes.setting} is not set, and the cluster at {cluster.server} "
            f"has no default {classes.kind}"
        )
    raise ClusterMismatch(
        f"{lacking}; it has: {', '.join(sorted(there)) or 'none'}. "
        f"Choose one: {setting_of(classes.setting)} NAME, or {classes.otherwise}"
    )


def _is_default(item: Object, classes: Classes) -> bool:
    annotations = item["metadata"].get("annotations") or {}
    return annotations.get(classes.default) == "true"


def setting_of(setting: str) -> str:
    """The command that sets it, up to its value."""
    return f"pulumi config set {'--path ' if '.' in setting else ''}litemaas:{setting}"
