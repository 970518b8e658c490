"""The gateway's tables, brought to what its image expects before any replica of that image starts."""

import hashlib
from collections.abc import Sequence
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import ContainerArgs, PodTemplateSpecArgs

from litemaas_infra import names
from litemaas_infra.components import database_trust, job
from litemaas_infra.components.place import Place
from litemaas_infra.kube import pods, sizes
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.database import Database
from litemaas_infra.specs.variables import MIGRATING

_LABELS: Final = names.labels(names.MIGRATION, "ai-proxy")


class Migration(pulumi.ComponentResource):
    """A Job of the gateway's image; `ready` once it has succeeded.

    Another image, or another database of the same name, is another Job.
    """

    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        image: str,
        database: Database,
        token: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Migration", name, {}, opts)
        called = token.apply(lambda made: f"{names.MIGRATION}-{_digest(image, database, made, place.terms)}")
        rollout = job.run(
            self,
            f"{name}-job",
            f"{name}-ready",
            *after,
            place=place,
            site=site,
            labels=_LABELS,
            called=called,
            template=_pod(image, database, place.terms),
        )
        self.ready = [rollout]
        self.register_outputs({})


def _digest(image: str, database: Database, token: str, terms: pods.Terms) -> str:
    trust = database_trust.file(database)
    whole = repr((image, database.place, token, trust, terms, MIGRATING, sizes.MIGRATION))
    return hashlib.sha256(whole.encode()).hexdigest()[:8]


def _pod(image: str, database: Database, terms: pods.Terms) -> PodTemplateSpecArgs:
    volumes, mounts = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    trust, trusted = database_trust.mounted(database)
    container = ContainerArgs(
        name="migrate",
        image=image,
        image_pull_policy="IfNotPresent",
        args=["--skip_server_startup"],
        env=[*pods.plain(MIGRATING), pods.from_secret(names.DATABASE_URL, names.GATEWAY_SECRET)],
        resources=pods.resources(sizes.MIGRATION),
        security_context=pods.container_security(),
        volume_mounts=[*mounts, *trusted],
    )
    return pods.template(
        _LABELS, container, [*volumes, *trust], account=names.MIGRATION, terms=terms, again=True
    )
