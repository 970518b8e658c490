"""Apache Tika, which reads the documents that the chat's users upload."""

from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import ContainerArgs, ContainerPortArgs, PodTemplateSpecArgs

from litemaas_infra import names
from litemaas_infra.components import app
from litemaas_infra.components.place import Place
from litemaas_infra.kube import pods, sizes
from litemaas_infra.providers.site import Site

LABELS: Final = names.labels(names.TIKA, "documents")


class Tika(pulumi.ComponentResource):
    """Tika and its Service; it keeps nothing."""

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        image: str,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Tika", name, {}, opts)
        app.run(
            self,
            name,
            place=place,
            site=site,
            labels=LABELS,
            port=names.TIKA_PORT,
            template=_pod(image, place.terms),
        )
        self.register_outputs({})


def _pod(image: str, terms: pods.Terms) -> PodTemplateSpecArgs:
    volumes, mounts = pods.scratch({"tmp": "/tmp"})  # noqa: S108
    container = ContainerArgs(
        name="tika",
        image=image,
        image_pull_policy="IfNotPresent",
        ports=[ContainerPortArgs(name="http", container_port=names.TIKA_PORT)],
        startup_probe=pods.answers("/tika", names.TIKA_PORT, every=3, times=100),
        liveness_probe=pods.answers("/tika", names.TIKA_PORT, every=10),
        readiness_probe=pods.answers("/tika", names.TIKA_PORT, every=5),
        resources=pods.resources(sizes.TIKA),
        security_context=pods.container_security(),
        volume_mounts=mounts,
    )
    return pods.template(LABELS, container, volumes, account=names.TIKA, terms=terms)
