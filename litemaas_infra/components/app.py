"""An app of the stack as Kubernetes has it: its Service, its account, its pods, and the wait for them."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.apps.v1 import Deployment, DeploymentSpecArgs, DeploymentStrategyArgs
from pulumi_kubernetes.core.v1 import PodTemplateSpecArgs, Service

from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.rollout import Rollout
from litemaas_infra.providers.site import Site


def run(
    parent: pulumi.Resource,
    name: str,
    *after: pulumi.Resource,
    place: Place,
    site: Site,
    labels: Mapping[str, str],
    port: int,
    template: PodTemplateSpecArgs,
    port_name: str = "http",
    alone: bool = False,
) -> Rollout:
    """Declare one pod of the app that the labels name, with its Service; ready when it is.

    `alone` it never runs beside another of it, not even for an update.
    """
    app = labels["app"]
    metadata = objects.ready_later(app, site.namespace, labels)
    service = objects.service(app, port_name, port)
    Service(f"{name}-service", metadata=metadata, spec=service, opts=place.inside(parent))
    account = place.account(parent, app, labels)
    spec = DeploymentSpecArgs(
        replicas=1,
        strategy=DeploymentStrategyArgs(type="Recreate") if alone else None,
        selector=objects.selector(app),
        template=template,
    )
    deployment = Deployment(
        f"{name}-deployment", metadata=metadata, spec=spec, opts=place.inside(parent, account, *after)
    )
    return Rollout(
        f"{name}-ready",
        site=site,
        kind="Deployment",
        workload=app,
        metadata=deployment.metadata,
        opts=place.served(parent, deployment),
    )
