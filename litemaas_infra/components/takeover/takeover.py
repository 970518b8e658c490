"""A Job that fills a stack's empty databases from those of a former deployment."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import (
    ConfigMap,
    ContainerArgs,
    KeyToPathArgs,
    PodTemplateSpecArgs,
    SecretVolumeSourceArgs,
    VolumeArgs,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.components import database_trust, job, logins
from litemaas_infra.components.backup.pod import SCRIPTS as OF_BACKUPS
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects, pods, sizes
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.shape import Shape
from litemaas_infra.specs.takeover import Takeover

_LABELS: Final = names.labels(names.TAKEOVER, "takeover")
_FOLDER: Final = Path(__file__).parent / "scripts"
_OWN: Final = {file.name: file.read_text() for file in sorted(_FOLDER.glob("*.*"))}
SCRIPTS: Final = {"login.sh": OF_BACKUPS["login.sh"], **_OWN}
_OWNERS: Final = {"gateway": names.GATEWAY_DATABASE_SECRET, "models": names.BACKEND_SECRET}


@dataclass(frozen=True)
class _Work:
    """What the Job's name follows from."""

    image: str
    shape: Shape
    terms: pods.Terms


class Former(pulumi.ComponentResource):
    """The Job; `ready` once every database is filled, before the gateway's tables are made.

    It refuses to fill what is not empty, and to copy what is still written to. Begun anew after it has
    succeeded, by another image for instance, it asks for the former server no more.
    """

    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        image: str,
        shape: Shape,
        token: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Former", name, {}, opts)
        work = _Work(image, shape, place.terms)
        called = token.apply(lambda made: f"{names.TAKEOVER}-{_digest(work, made)}")
        scripts = ConfigMap(
            f"{name}-scripts",
            metadata=objects.metadata(names.TAKEOVER, site.namespace, _LABELS),
            data=SCRIPTS,
            opts=place.inside(self),
        )
        rollout = job.run(
            self,
            f"{name}-job",
            f"{name}-ready",
            scripts,
            *after,
            place=place,
            site=site,
            labels=_LABELS,
            called=called,
            template=_pod(work),
        )
        self.ready = [rollout]
        self.register_outputs({})


def _digest(work: _Work, token: str) -> str:
    shape = work.shape
    whole = repr((work.image, shape.takeover, shape.database.place, token, SCRIPTS, work.terms))
    return hashlib.sha256(whole.encode()).hexdigest()[:8]


def _pod(work: _Work) -> PodTemplateSpecArgs:
    trust, trusted = database_trust.mounted(work.shape.database)
    scratch, temporary = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    scripts, mounted = pods.files("scripts", names.TAKEOVER, "/scripts")
    owners, logged_in = logins.mounted(_OWNERS)
    former, known = _password(work.shape.takeover)
    return pods.template(
        _LABELS,
        _container(work, [*temporary, mounted, *logged_in, known, *trusted]),
        [*scratch, scripts, *owners, former, *trust],
        account=names.TAKEOVER,
        terms=work.terms,
        again=True,
    )


def _container(work: _Work, mounts: Sequence[VolumeMountArgs]) -> ContainerArgs:
    former = work.shape.takeover
    told = {
        "FROM_HOST": former.host,
        "FROM_PORT": str(former.port),
        "FROM_USER": former.user,
        "FROM_GATEWAY": former.gateway_database,
        "FROM_MODELS": former.models_database,
        "AUTHORITY": database_trust.file(work.shape.database),
    }
    # A cluster drops what is empty, and every refresh would find that it has.
    said = {name: value for name, value in told.items() if value}
    return ContainerArgs(
        name="take-over",
        image=work.image,
        image_pull_policy="IfNotPresent",
        command=["sh", "/scripts/takeover.sh"],
        env=pods.plain(said),
        resources=pods.resources(sizes.BACKUP),
        security_context=pods.container_security(),
        volume_mounts=mounts,
    )


def _password(former: Takeover) -> tuple[VolumeArgs, VolumeMountArgs]:
    """The former server's, as a file."""
    name, key = former.secret
    source = SecretVolumeSourceArgs(secret_name=name, items=[KeyToPathArgs(key=key, path="password")])
    mount = VolumeMountArgs(name="former", mount_path="/former", read_only=True)
    return VolumeArgs(name="former", secret=source), mount
