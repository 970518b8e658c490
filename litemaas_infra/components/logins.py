"""The logins of databases' owners, as files where pods copy databases or fill them."""

from collections.abc import Mapping
from typing import Final

from pulumi_kubernetes.core.v1 import KeyToPathArgs, SecretVolumeSourceArgs, VolumeArgs, VolumeMountArgs

_KEYS: Final = ("host", "port", "sslmode", "username", "password", "database")
"""What login.sh reads of each."""


def mounted(secrets: Mapping[str, str]) -> tuple[list[VolumeArgs], list[VolumeMountArgs]]:
    """What puts the owners' Secrets there, by what their databases are for."""
    items = [KeyToPathArgs(key=key, path=key) for key in _KEYS]
    volumes = [
        VolumeArgs(name=f"login-{use}", secret=SecretVolumeSourceArgs(secret_name=secret, items=items))
        for use, secret in secrets.items()
    ]
    mounts = [
        VolumeMountArgs(name=f"login-{use}", mount_path=f"/logins/{use}", read_only=True) for use in secrets
    ]
    return volumes, mounts
