"""The gateway's tables, brought to what its image expects before any replica of that image starts."""

import hashlib
from collections.abc import Sequence
from typing import Final

import pulumi
from pulumi_kubernetes.batch.v1 import Job, JobSpecArgs
from pulumi_kubernetes.core.v1 import ContainerArgs

from litemaas_infra import names
from litemaas_infra.components import database_trust
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects, pods, sizes
from litemaas_infra.providers.rollout import Rollout
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.database import Database
from litemaas_infra.specs.variables import MIGRATING

_LABELS: Final = names.labels(names.MIGRATION, "ai-proxy")
_ALWAYS: Final = 2**31 - 1


class Migration(pulumi.ComponentResource):
    """A Job of the gateway's image; `ready` once it has succeeded.

    A Job cannot be changed: its name follows from all that is in it, so another image, or another database
    of the same name, is another Job. It never gives up by itself, and the next `pulumi up` begins one that
    fails anew.
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
        account = place.account(self, names.MIGRATION, _LABELS)
        # Else, back at a former image, the Job of its name would be found, then deleted as the replaced one.
        first = pulumi.ResourceOptions(delete_before_replace=True)
        job = Job(
            f"{name}-job",
            metadata=objects.ready_later(called, site.namespace, _LABELS),
            spec=_job(image, database, place.terms),
            opts=pulumi.ResourceOptions.merge(place.inside(self, account, *after), first),
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


def _digest(image: str, database: Database, token: str, terms: pods.Terms) -> str:
    trust = database_trust.file(database)
    whole = repr((image, database.place, token, trust, terms, MIGRATING, sizes.MIGRATION))
    return hashlib.sha256(whole.encode()).hexdigest()[:8]


def _job(image: str, database: Database, terms: pods.Terms) -> JobSpecArgs:
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
    template = pods.template(
        _LABELS, container, [*volumes, *trust], account=names.MIGRATION, terms=terms, again=True
    )
    return JobSpecArgs(template=template, backoff_limit=_ALWAYS)
