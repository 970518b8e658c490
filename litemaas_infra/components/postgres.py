"""PostgreSQL 16 on a volume of the platform's class."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.apps.v1 import StatefulSet, StatefulSetSpecArgs
from pulumi_kubernetes.core.v1 import (
    ContainerArgs,
    ContainerPortArgs,
    PersistentVolumeClaim,
    PersistentVolumeClaimVolumeSourceArgs,
    Service,
    VolumeArgs,
    VolumeMountArgs,
)

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import Volume, objects, pods, sizes
from litemaas_infra.providers.rollout import Rollout
from litemaas_infra.providers.site import Site

_LABELS = names.labels(names.POSTGRES, "database")
_DATA = "/var/lib/postgresql/data"
_INITDB = (
    "--encoding=UTF8",
    "--locale=C.UTF-8",  # sorts alike in every version of the image's C library, so indexes stay valid
    "--auth-host=scram-sha-256",  # a port-forward comes from the server's own host, and needs a password too
)


class Postgres(pulumi.ComponentResource):
    """A server with its volume; `ready` when its pod is.

    The volume is a resource of its own: it is seen in every preview, grows in place, and outlives the
    pod and the StatefulSet.
    """

    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        image: str,
        volume: Volume,
        secrets: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Postgres", name, {}, opts)
        claim = PersistentVolumeClaim(
            f"{name}-data",
            metadata=objects.ready_later(names.POSTGRES_CLAIM, site.namespace, _LABELS),
            spec=objects.claim(volume),
            # After the Secrets: data must never exist without the password it is opened with.
            opts=place.kept(self, *secrets),
        )
        Service(
            f"{name}-service",
            metadata=objects.ready_later(names.POSTGRES, site.namespace, _LABELS),
            spec=objects.service(names.POSTGRES, "postgres", names.POSTGRES_PORT),
            opts=place.inside(self),
        )
        account = place.account(self, names.POSTGRES, _LABELS)
        server = StatefulSet(
            f"{name}-server",
            metadata=objects.ready_later(names.POSTGRES, site.namespace, _LABELS),
            spec=_server(image, place.terms),
            opts=place.kept(self, claim, account),
        )
        ready = Rollout(
            f"{name}-ready",
            site=site,
            kind="StatefulSet",
            workload=names.POSTGRES,
            metadata=server.metadata,
            opts=place.served(self, server),
        )
        self.ready = [ready]
        self.register_outputs({})


def _server(image: str, terms: pods.Terms) -> StatefulSetSpecArgs:
    volumes, mounts = pods.scratch({"run": "/var/run/postgresql", "tmp": "/tmp"})  # noqa: S108
    source = PersistentVolumeClaimVolumeSourceArgs(claim_name=names.POSTGRES_CLAIM)
    container = _container(image, [*mounts, VolumeMountArgs(name="data", mount_path=_DATA)])
    return StatefulSetSpecArgs(
        replicas=1,
        service_name=names.POSTGRES,
        selector=objects.selector(names.POSTGRES),
        template=pods.template(
            _LABELS,
            container,
            [*volumes, VolumeArgs(name="data", persistent_volume_claim=source)],
            account=names.POSTGRES,
            terms=terms,
        ),
    )


def _container(image: str, mounts: list[VolumeMountArgs]) -> ContainerArgs:
    # Asked over TCP: while the image prepares a new volume, its server answers on the socket only.
    ready = ["pg_isready", "-h", "127.0.0.1", "-U", names.POSTGRES_ADMIN]
    settings = {"PGDATA": f"{_DATA}/pgdata", "POSTGRES_INITDB_ARGS": " ".join(_INITDB)}
    login = [pods.from_secret(key, names.POSTGRES_SECRET) for key in ("POSTGRES_USER", "POSTGRES_PASSWORD")]
    return ContainerArgs(
        name="postgres",
        image=image,
        image_pull_policy="IfNotPresent",
        env=[*pods.plain(settings), *login],
        ports=[ContainerPortArgs(name="postgres", container_port=names.POSTGRES_PORT)],
        # A crash may leave an hour of log to replay; only after that is a server that isn't ready dead.
        startup_probe=pods.succeeds(ready, every=2, times=1800),
        liveness_probe=pods.succeeds(ready, every=10),
        readiness_probe=pods.succeeds(ready, every=5),
        resources=pods.resources(sizes.POSTGRES),
        security_context=pods.container_security(),
        volume_mounts=mounts,
    )
