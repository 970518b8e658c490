"""The pods that copy databases and fill them: a step in PostgreSQL's image, and one at an object store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pulumi_kubernetes.core.v1 import (
    ContainerArgs,
    EmptyDirVolumeSourceArgs,
    EnvVarArgs,
    PersistentVolumeClaimVolumeSourceArgs,
    VolumeArgs,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.components import database_trust, logins
from litemaas_infra.kube import pods, sizes
from litemaas_infra.specs.backup import Backup
from litemaas_infra.specs.shape import Shape

_FOLDER: Final = Path(__file__).parent / "scripts"
SCRIPTS: Final = {file.name: file.read_text() for file in sorted(_FOLDER.glob("*.*"))}
_AUTHORITY: Final = "authority.pem"
_AT_STORE: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_CHECKSUMS: Final = ("AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION")
"""Those that newer clients add of themselves, and stores other than Amazon's may not know."""


@dataclass(frozen=True)
class Images:
    """What the pods run."""

    postgres: str
    """Copies and fills databases."""
    gateway: str
    """Speaks with an object store."""


def scripts(backup: Backup) -> dict[str, str]:
    """The files of the pods' ConfigMap."""
    return {**SCRIPTS, **({_AUTHORITY: backup.authority} if backup.authority else {})}


def _owners(shape: Shape) -> dict[str, str]:
    """The Secrets of the databases' owners, by what the databases are for."""
    of_chat = {"chat": names.CHAT_SECRET} if shape.chat.enabled else {}
    return {"gateway": names.GATEWAY_DATABASE_SECRET, "models": names.BACKEND_SECRET, **of_chat}


def steps(images: Images, shape: Shape, *files: str, **said: str) -> list[ContainerArgs]:
    """What runs these scripts one after the other, with what is said to each.

    Those in shell use PostgreSQL's own programs, those in Python speak with the object store if there is one.
    """
    found = []
    for script in files:
        if script.endswith(".sh"):
            found.append(_at_databases(script, images.postgres, shape, said))
        elif shape.backup.kind == "s3":
            found.append(_at_store(script, images.gateway, shape.backup, said))
    return found


def _at_databases(script: str, image: str, shape: Shape, said: Mapping[str, str]) -> ContainerArgs:
    authority = database_trust.file(shape.database)
    trust = {"AUTHORITY": authority} if authority else {}
    _, trusted = database_trust.mounted(shape.database)
    _, owners = logins.mounted(_owners(shape))
    env = [*pods.plain({**said, **trust}), pods.from_secret(names.SALT_KEY, names.GATEWAY_SECRET)]
    return _step("sh", script, image, env, *owners, *trusted)


def _at_store(script: str, image: str, backup: Backup, said: Mapping[str, str]) -> ContainerArgs:
    return _step("python3", script, image, [*pods.plain({**store(backup), **said}), *_keys(backup)])


def _step(
    program: str, script: str, image: str, env: Sequence[EnvVarArgs], *mounts: VolumeMountArgs
) -> ContainerArgs:
    return ContainerArgs(
        name=Path(script).stem,
        image=image,
        image_pull_policy="IfNotPresent",
        command=[program, f"/scripts/{script}"],
        env=list(env),
        resources=pods.resources(sizes.BACKUP),
        security_context=pods.container_security(),
        volume_mounts=[*_everywhere(), *mounts],
    )


def store(backup: Backup) -> dict[str, str]:
    """What the client of object stores is told of this one, save its keys."""
    return {
        "BUCKET": str(backup.bucket),
        "PREFIX": backup.prefix,
        "AWS_DEFAULT_REGION": backup.region,
        **dict.fromkeys(_CHECKSUMS, "when_required"),
        **({"ENDPOINT": backup.endpoint} if backup.endpoint else {}),
        **({"AWS_CA_BUNDLE": f"/scripts/{_AUTHORITY}"} if backup.authority else {}),
    }


def volumes(shape: Shape) -> list[VolumeArgs]:
    """What the steps find in the pod."""
    trust, _ = database_trust.mounted(shape.database)
    scratch, _ = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    script, _ = pods.files("scripts", names.BACKUP, "/scripts")
    owners, _ = logins.mounted(_owners(shape))
    return [_kept(shape.backup), script, *scratch, *owners, *trust]


def _kept(backup: Backup) -> VolumeArgs:
    if backup.kind == "s3":
        return VolumeArgs(name="backups", empty_dir=EmptyDirVolumeSourceArgs())
    claim = PersistentVolumeClaimVolumeSourceArgs(claim_name=names.BACKUP)
    return VolumeArgs(name="backups", persistent_volume_claim=claim)


def _everywhere() -> list[VolumeMountArgs]:
    return [
        VolumeMountArgs(name="backups", mount_path="/backups"),
        VolumeMountArgs(name="scripts", mount_path="/scripts", read_only=True),
        VolumeMountArgs(name="tmp", mount_path="/tmp"),  # noqa: S108
    ]


def _keys(backup: Backup) -> Sequence[EnvVarArgs]:
    return [pods.from_secret(key, str(backup.secret)) for key in _AT_STORE]
