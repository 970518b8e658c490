"""A Job that fills a stack's empty databases from those of a former deployment."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pulumi
from pulumi_kubernetes.batch.v1 import Job, JobSpecArgs
from pulumi_kubernetes.core.v1 import (
    ConfigMap,
    ContainerArgs,
    KeyToPathArgs,
    SecretVolumeSourceArgs,
    VolumeArgs,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.components import database_trust
from litemaas_infra.components.backup import pod as backup
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects, pods, sizes
from litemaas_infra.providers.rollout import Rollout
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.shape import Shape

_LABELS: Final = names.labels(names.TAKEOVER, "takeover")
_ALWAYS: Final = 2**31 - 1
_FOLDER: Final = Path(__file__).parent / "scripts"
_OWN: Final = {file.name: file.read_text() for file in sorted(_FOLDER.glob("*.*"))}
SCRIPTS: Final = {"login.sh": backup.SCRIPTS["login.sh"], **_OWN}
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
        account = place.account(self, names.TAKEOVER, _LABELS)
        scripts = ConfigMap(
            f"{name}-scripts",
            metadata=objects.metadata(names.TAKEOVER, site.namespace, _LABELS),
            data=SCRIPTS,
            opts=place.inside(self),
        )
        first = pulumi.ResourceOptions(delete_before_replace=True)
        job = Job(
            f"{name}-job",
            metadata=objects.ready_later(called, site.namespace, _LABELS),
            spec=_job(work),
            opts=pulumi.ResourceOptions.merge(place.inside(self, account, scripts, *after), first),
        )
        rollout = Rollout(
            f"{name}-ready",
            site=site,
            kind="Job",
            workload=called,
            metadata=job.metadata,
            opts=place.served(self, job),
        )
        self.ready = [rollout]
        self.register_outputs({})


def _digest(work: _Work, token: str) -> str:
    shape = work.shape
    whole = repr((work.image, shape.takeover, shape.database.place, token, SCRIPTS, work.terms))
    return hashlib.sha256(whole.encode()).hexdigest()[:8]


def _job(work: _Work) -> JobSpecArgs:
    trust, trusted = database_trust.mounted(work.shape.database)
    scratch, temporary = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    scripts, mounted = pods.files("scripts", names.TAKEOVER, "/scripts")
    logins = [
        VolumeMountArgs(name=f"login-{use}", mount_path=f"/logins/{use}", read_only=True) for use in _OWNERS
    ]
    former = VolumeMountArgs(name="former", mount_path="/former", read_only=True)
    template = pods.template(
        _LABELS,
        _container(work, [*temporary, mounted, *logins, former, *trusted]),
        [*scratch, scripts, *_secrets(work.shape), *trust],
        account=names.TAKEOVER,
        terms=work.terms,
        again=True,
    )
    return JobSpecArgs(template=template, backoff_limit=_ALWAYS)


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


def _secrets(shape: Shape) -> list[VolumeArgs]:
    items = [KeyToPathArgs(key=key, path=key) for key in backup.LOGIN]
    owners = {f"login-{use}": (secret, items) for use, secret in _OWNERS.items()}
    secret, key = shape.takeover.secret
    every = {**owners, "former": (secret, [KeyToPathArgs(key=key, path="password")])}
    return [
        VolumeArgs(name=name, secret=SecretVolumeSourceArgs(secret_name=secret, items=chosen))
        for name, (secret, chosen) in every.items()
    ]
