"""The LiteLLM gateway, reached through a Route."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.apps.v1 import Deployment, DeploymentSpecArgs
from pulumi_kubernetes.core.v1 import ContainerArgs, ContainerPortArgs, Service, VolumeMountArgs

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects, pods

_LABELS = names.labels(names.GATEWAY, "ai-proxy")
_STREAMING: Final = {"haproxy.router.openshift.io/timeout": "600s"}
"""An answer that is streamed may take minutes; the router's own limit is 30 s."""
_ENVIRONMENT: Final = {
    "STORE_MODEL_IN_DB": "True",
    "LITELLM_MODE": "PRODUCTION",
    # The table of prices comes with the image; fetching a newer one would need a way out at every start.
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    # On a read-only image, the one place where it may unpack the migrations it applies.
    "LITELLM_MIGRATION_DIR": "/tmp/migrations",  # noqa: S108
}
_SECRETS: Final = (
    names.MASTER_KEY,
    names.SALT_KEY,
    names.UI_USERNAME,
    names.UI_PASSWORD,
    names.DATABASE_URL,
)


class Gateway(pulumi.ComponentResource):
    """LiteLLM, ready when its Deployment is. `url` is the Route's address, given by the cluster."""

    url: pulumi.Output[str]
    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        namespace: str,
        image: str,
        postgres_image: str,
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Gateway", name, {}, opts)
        Service(
            f"{name}-service",
            metadata=objects.ready_later(names.GATEWAY, namespace, _LABELS),
            spec=objects.service(names.GATEWAY, "http", names.GATEWAY_PORT),
            opts=place.inside(self),
        )
        route = CustomResource(
            f"{name}-route",
            api_version="route.openshift.io/v1",
            kind="Route",
            metadata=objects.metadata(names.GATEWAY, namespace, _LABELS, _STREAMING),
            spec=_route(),
            opts=place.inside(self),
        )
        deployment = Deployment(
            f"{name}-deployment",
            metadata=objects.metadata(names.GATEWAY, namespace, _LABELS),
            spec=_deployment(image, postgres_image),
            opts=place.inside(self, *after),
        )
        self.ready = [deployment, route]
        self.url = pulumi.Output.from_input(vars(route)["spec"]).apply(_url)
        self.register_outputs({"url": self.url})


def _url(route: Mapping[str, Any]) -> str:
    # A preview of a Route that is not made yet has no host: the cluster gives it.
    return f"https://{route.get('host', '(the host that the cluster gives the Route)')}"


def _route() -> dict[str, Any]:
    return {
        "to": {"kind": "Service", "name": names.GATEWAY, "weight": 100},
        "port": {"targetPort": "http"},
        "tls": {"termination": "edge", "insecureEdgeTerminationPolicy": "Redirect"},
        "wildcardPolicy": "None",
    }


def _deployment(image: str, postgres_image: str) -> DeploymentSpecArgs:
    volumes, mounts = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    container = _container(image, mounts)
    return DeploymentSpecArgs(
        replicas=1,
        selector=objects.selector(names.GATEWAY),
        template=pods.template(_LABELS, container, volumes, before=_wait_for_database(postgres_image)),
    )


def _wait_for_database(image: str) -> ContainerArgs:
    asking = f"pg_isready -h {names.POSTGRES} -p {names.POSTGRES_PORT} -U {names.GATEWAY_OWNER}"
    return ContainerArgs(
        name="wait-for-database",
        image=image,
        image_pull_policy="IfNotPresent",
        command=["sh", "-c", f"until {asking}; do sleep 1; done"],
        resources=pods.resources(cpu=("10m", "100m"), memory=("32Mi", "64Mi")),
        security_context=pods.container_security(),
    )


def _container(image: str, mounts: list[VolumeMountArgs]) -> ContainerArgs:
    port = names.GATEWAY_PORT
    return ContainerArgs(
        name=names.GATEWAY,
        image=image,
        image_pull_policy="IfNotPresent",
        args=["--port", str(port)],
        env=[*pods.plain(_ENVIRONMENT), *(pods.from_secret(key, names.GATEWAY_SECRET) for key in _SECRETS)],
        ports=[ContainerPortArgs(name="http", container_port=port)],
        # The first start makes every table of an empty database: five minutes before it counts as dead.
        startup_probe=pods.answers("/health/liveness", port, every=3, times=100),
        liveness_probe=pods.answers("/health/liveness", port, every=10),
        readiness_probe=pods.answers("/health/readiness", port, every=5),
        resources=pods.resources(cpu=("200m", "1"), memory=("512Mi", "2Gi")),
        security_context=pods.container_security(),
        volume_mounts=mounts,
    )
