"""The volumes of a stack: what is there already is kept, and grows at most."""

from dataclasses import dataclass
from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.errors import DataProtected
from litemaas_infra.kube.classes import STORAGE, chosen, setting_of
from litemaas_infra.kube.quantities import in_bytes, settable
from litemaas_infra.specs.backup import Backup
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.database import Kind


@dataclass(frozen=True)
class Volume:
    """A volume as the stack wants it."""

    storage_class: str | None
    """The cluster's default one where none is named."""
    size: str


@dataclass(frozen=True)
class Claim:
    """What the cluster and people know a volume by, and the setting of its size."""

    name: str
    called: str
    setting: str


DATABASE: Final = Claim(names.POSTGRES_CLAIM, "the database's volume", "storageSize")
CHAT: Final = Claim(names.CHAT_CLAIM, "the chat's volume", "chat.storageSize")
BACKUPS: Final = Claim(names.BACKUP, "the backups' volume", "backup.storageSize")


def volume_for(cluster: Cluster, namespace: str, volume: Volume, kind: Kind) -> Volume | None:
    """The volume that a database of this kind takes, with its class; none on someone else's server.

    Raises ClusterMismatch or DataProtected, naming the setting to change.
    """
    if kind == "existing":
        return None
    if kind == "own":
        return checked_volume(cluster, namespace, volume)
    # CloudNativePG makes its volumes itself, and says what of them it cannot change.
    return Volume(chosen(cluster, STORAGE, volume.storage_class), volume.size)


def chat_volume(cluster: Cluster, namespace: str, storage_class: str | None, chat: Chat) -> Volume | None:
    """The volume of what users of the chat upload, on the same terms; none where it is not deployed."""
    if not chat.enabled:
        return None
    return checked_volume(cluster, namespace, Volume(storage_class, chat.storage_size), CHAT)


def backups_volume(
    cluster: Cluster, namespace: str, storage_class: str | None, backup: Backup
) -> Volume | None:
    """The volume that backups are kept on, on the same terms; none where they are kept elsewhere."""
    if backup.kind != "volume":
        return None
    return checked_volume(cluster, namespace, Volume(storage_class, backup.storage_size), BACKUPS)


def checked_volume(cluster: Cluster, namespace: str, volume: Volume, of: Claim = DATABASE) -> Volume:
    """The volume, with its class. Raises ClusterMismatch or DataProtected, naming the setting to change."""
    claim = cluster.get("v1", f"persistentvolumeclaims/{of.name}", namespace)
    # The cluster's default may have become another one since: the data stays where it is.
    kept = _spec(claim).get("storageClassName") if claim else None
    found = Volume(chosen(cluster, STORAGE, volume.storage_class or kept), volume.size)
    if claim:
        _check_claim(claim, found, of)
        _check_growth(cluster, claim, found, of)
    return found


def _check_claim(claim: Object, volume: Volume, of: Claim) -> None:
    of_class, size = _spec(claim).get("storageClassName"), _spec(claim)["resources"]["requests"]["storage"]
    if not of_class:
        raise DataProtected(
            f"{of.called} is of no class, so it is none that this program made; deploy elsewhere: "
            "pulumi config set litemaas:namespace NAME"
        )
    if of_class != volume.storage_class:
        raise DataProtected(
            f"{of.called} is of class {of_class}; making it {volume.storage_class} would replace "
            f"it with an empty one. Keep it: pulumi config set litemaas:storageClass {of_class}"
        )
    if in_bytes(volume.size) < in_bytes(size):
        raise DataProtected(
            f"{of.called} has {size} and cannot shrink to {volume.size}. "
            f"Keep it: {setting_of(of.setting)} {settable(size)}"
        )


def _check_growth(cluster: Cluster, claim: Object, volume: Volume, of: Claim) -> None:
    size = _spec(claim)["resources"]["requests"]["storage"]
    if in_bytes(volume.size) > in_bytes(size) and volume.storage_class not in _growing(cluster):
        raise DataProtected(
            f"{of.called} has {size}, and volumes of class {volume.storage_class} cannot grow to "
            f"{volume.size}. Keep it: {setting_of(of.setting)} {settable(size)}"
        )


def _growing(cluster: Cluster) -> set[str]:
    """The classes whose volumes can grow."""
    items = cluster.items(STORAGE.version, "storageclasses")
    return {str(item["metadata"]["name"]) for item in items if item.get("allowVolumeExpansion")}


def _spec(claim: Object) -> dict[str, Any]:
    spec: dict[str, Any] = claim["spec"]
    return spec
