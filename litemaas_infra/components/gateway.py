"""The LiteLLM gateway, inside its cluster."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.apps.v1 import Deployment, DeploymentSpecArgs
from pulumi_kubernetes.core.v1 import ContainerArgs, ContainerPortArgs, Service, VolumeMountArgs

from litemaas_infra import names
from litemaas_infra.components import database_trust, scaling, serving
from litemaas_infra.components.configuration import Configuration
from litemaas_infra.components.migration import Migration
from litemaas_infra.components.place import Place
from litemaas_infra.components.redis import Redis
from litemaas_infra.components.serving import Serving
from litemaas_infra.components.waiting import wait_for_database
from litemaas_infra.kube import objects, pods, sizes
from litemaas_infra.providers.ending import Ending
from litemaas_infra.providers.rollout import Rollout
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.shape import Shape
from litemaas_infra.specs.variables import OF_SECRET, PLAIN, SHUTDOWN


class Gateway(pulumi.ComponentResource):
    """LiteLLM and its Service, ready when its Deployment is.

    An update loses no request whose answer takes no longer than the exposure's timeout.
    """

    ready: Sequence[pulumi.Resource]
    authority: pulumi.Output[str] | None
    """Whom its own certificate is from, where that has to be told."""

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        image: str,
        postgres_image: str,
        configuration: Configuration,
        redis: Redis,
        shape: Shape,
        token: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Gateway", name, {}, opts)
        namespace = site.namespace
        service = Service(
            f"{name}-service",
            metadata=objects.ready_later(
                names.GATEWAY, namespace, names.GATEWAY_LABELS, serving.asking(shape.exposure)
            ),
            spec=objects.service(names.GATEWAY, "http", names.GATEWAY_PORT),
            opts=place.inside(self),
        )
        served = serving.serving(self, place, site, shape.exposure, service)
        account = place.account(self, names.GATEWAY, names.GATEWAY_LABELS)
        inside = pulumi.ResourceOptions(parent=self)
        ending = Ending(
            f"{name}-ending",
            site=site,
            app=names.GATEWAY,
            grace=scaling.GOING,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[place.namespace]),
        )
        migration = Migration(
            f"{name}-migration",
            place=place,
            site=site,
            image=image,
            database=shape.database,
            token=token,
            after=after,
            opts=inside,
        )
        deployment = Deployment(
            f"{name}-deployment",
            metadata=objects.ready_later(names.GATEWAY, namespace, names.GATEWAY_LABELS),
            spec=_deployment(
                image, postgres_image, configuration, redis, served, terms=place.terms, shape=shape
            ),
            opts=place.inside(self, account, ending, *configuration.ready, *redis.ready, *migration.ready),
        )
        rollout = Rollout(
            f"{name}-ready",
            site=site,
            kind="Deployment",
            workload=names.GATEWAY,
            metadata=deployment.metadata,
            opts=place.served(self, deployment),
        )
        scaling.kept(self, place, namespace, shape.scale)
        scaling.scaled(self, place, namespace, shape.scale)
        self.ready = [rollout]
        self.authority = served.authority
        self.register_outputs({})


def _deployment(
    image: str,
    postgres_image: str,
    configuration: Configuration,
    redis: Redis,
    served: Serving,
    *,
    terms: pods.Terms,
    shape: Shape,
) -> DeploymentSpecArgs:
    scale, timeout = shape.scale, shape.exposure.timeout
    volumes, mounts = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    trust, trusted = database_trust.mounted(shape.database)
    container = _container(image, configuration, redis, served, [*mounts, *trusted], timeout=timeout)
    before = [wait_for_database(postgres_image, shape.database.gateway), *redis.before]
    return DeploymentSpecArgs(
        # An autoscaler's own otherwise
        replicas=None if scale.max_replicas else scale.replicas,
        strategy=scaling.NEW_BEFORE_OLD,
        selector=objects.selector(names.GATEWAY),
        template=pods.template(
            names.GATEWAY_LABELS,
            container,
            [*volumes, *trust, *configuration.volumes, *redis.volumes, *served.volumes],
            account=names.GATEWAY,
            terms=terms,
            before=before,
            annotations={**configuration.checksums, **redis.checksums, **served.checksums},
            grace=scaling.grace(timeout),
            spread=scaling.spread(scale),
        ),
    )


def _container(
    image: str,
    configuration: Configuration,
    redis: Redis,
    served: Serving,
    mounts: list[VolumeMountArgs],
    *,
    timeout: int,
) -> ContainerArgs:
    port, tls = names.GATEWAY_PORT, served.tls
    environment = {**PLAIN, SHUTDOWN: str(timeout)}
    secret = [pods.from_secret(key, names.GATEWAY_SECRET) for key in OF_SECRET]
    return ContainerArgs(
        name=names.GATEWAY,
        image=image,
        image_pull_policy="IfNotPresent",
        args=["--port", str(port), *configuration.arguments, *served.arguments],
        env=[*pods.plain(environment), *secret, *redis.variables],
        # None, not an empty list: the cluster keeps no empty one, and it would look like a change for ever.
        env_from=configuration.variables or None,
        ports=[ContainerPortArgs(name="http", container_port=port)],
        lifecycle=scaling.draining(),
        # It reads hundreds of modules first, which on a busy node takes minutes.
        startup_probe=pods.answers("/health/liveness", port, every=3, times=100, tls=tls),
        liveness_probe=pods.answers("/health/liveness", port, every=10, tls=tls),
        readiness_probe=pods.answers("/health/readiness", port, every=5, tls=tls),
        resources=pods.resources(sizes.GATEWAY),
        security_context=pods.container_security(),
        volume_mounts=[*mounts, *configuration.mounts, *redis.mounts, *served.mounts],
    )
