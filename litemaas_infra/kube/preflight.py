"""What is looked at before anything is touched: the cluster, its storage, and the volume that is there."""

from dataclasses import dataclass
from typing import Any

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.errors import ClusterMismatch, DataProtected
from litemaas_infra.kube.quantities import in_bytes, settable


@dataclass(frozen=True)
class Volume:
    """The database's volume as the stack wants it."""

    storage_class: str
    size: str


def check(context: str | None, namespace: str, volume: Volume) -> None:
    """Look at the cluster. Raises ClusterError or DataProtected, naming the setting to change."""
    with Cluster(context=context) as cluster:
        _check_storage_class(cluster, volume.storage_class)
        _check_claim(cluster, namespace, volume)


def _check_storage_class(cluster: Cluster, wanted: str) -> None:
    listing = cluster.get("storage.k8s.io/v1", "storageclasses") or {}
    there = [str(item["metadata"]["name"]) for item in listing.get("items", [])]
    if wanted not in there:
        raise ClusterMismatch(
            f"litemaas:storageClass is {wanted}, which the cluster at {cluster.server} lacks; "
            f"it has: {', '.join(sorted(there)) or 'none'}. "
            "Choose one: pulumi config set litemaas:storageClass NAME, or the stack of this platform"
        )


def _check_claim(cluster: Cluster, namespace: str, volume: Volume) -> None:
    claim = cluster.get("v1", f"persistentvolumeclaims/{names.POSTGRES_CLAIM}", namespace)
    if claim is None:
        return
    of_class, size = _spec(claim).get("storageClassName"), _spec(claim)["resources"]["requests"]["storage"]
    if not of_class:
        raise DataProtected(
            "the database's volume is of no class, so it is none that this program made; deploy elsewhere: "
            "pulumi config set litemaas:namespace NAME"
        )
    if of_class != volume.storage_class:
        raise DataProtected(
            f"the database's volume is of class {of_class}; making it {volume.storage_class} would replace "
            f"it with an empty one. Keep it: pulumi config set litemaas:storageClass {of_class}"
        )
    if in_bytes(volume.size) < in_bytes(size):
        raise DataProtected(
            f"the database's volume has {size} and cannot shrink to {volume.size}. "
            f"Keep it: pulumi config set litemaas:storageSize {settable(size)}"
        )


def _spec(claim: Object) -> dict[str, Any]:
    spec: dict[str, Any] = claim["spec"]
    return spec
