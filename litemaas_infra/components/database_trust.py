"""The authority of the database's certificate, as a file where gateway and backend run."""

from typing import Final

from pulumi_kubernetes.core.v1 import (
    ConfigMapVolumeSourceArgs,
    KeyToPathArgs,
    SecretVolumeSourceArgs,
    VolumeArgs,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.specs.database import Database

_NAME: Final = "database-authority"
_FOLDER: Final = "/etc/database-authority"


def file(database: Database) -> str | None:
    """Where they find the authority; nowhere if they are given none."""
    return f"{_FOLDER}/{names.AUTHORITY_KEY}" if database.checked else None


def mounted(database: Database) -> tuple[list[VolumeArgs], list[VolumeMountArgs]]:
    """What puts it there."""
    if not database.checked:
        return [], []
    # CloudNativePG keeps the authority's own key beside it, which is nobody else's.
    items = [KeyToPathArgs(key=names.AUTHORITY_KEY, path=names.AUTHORITY_KEY)]
    if database.kind == "cnpg":
        made = SecretVolumeSourceArgs(secret_name=names.POSTGRES_CA, items=items)
        volume = VolumeArgs(name=_NAME, secret=made)
    else:
        given = ConfigMapVolumeSourceArgs(name=names.DATABASE_AUTHORITY, items=items)
        volume = VolumeArgs(name=_NAME, config_map=given)
    return [volume], [VolumeMountArgs(name=_NAME, mount_path=_FOLDER, read_only=True)]
