"""LiteMaaS's frontend: nginx with its pages, which passes /api on to the backend."""

from collections.abc import Sequence
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import ContainerArgs, ContainerPortArgs, PodTemplateSpecArgs, VolumeMountArgs

from litemaas_infra import names
from litemaas_infra.components import app
from litemaas_infra.components.place import Place
from litemaas_infra.kube import pods, sizes
from litemaas_infra.providers.site import Site

LABELS: Final = names.labels(names.FRONTEND, "web")
_WRITTEN: Final = {
    "configuration": "/opt/app-root/etc/nginx.default.d",
    "logs": "/var/log/nginx",
    "run": "/run",
    "buffers": "/var/lib/nginx/tmp",
}
"""Where the image writes as it starts; it reads from /tmp, which must stay the image's own."""


class Frontend(pulumi.ComponentResource):
    """The frontend and its Service."""

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        image: str,
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Frontend", name, {}, opts)
        app.run(
            self,
            name,
            # nginx looks up the backend's Service once, as it starts.
            *after,
            place=place,
            site=site,
            labels=LABELS,
            port=names.WEB_PORT,
            template=_pod(image, place.terms),
        )
        self.register_outputs({})


def _pod(image: str, terms: pods.Terms) -> PodTemplateSpecArgs:
    volumes, mounts = pods.scratch(_WRITTEN)
    return pods.template(LABELS, _container(image, mounts), volumes, account=names.FRONTEND, terms=terms)


def _container(image: str, mounts: list[VolumeMountArgs]) -> ContainerArgs:
    port = names.WEB_PORT
    return ContainerArgs(
        name="frontend",
        image=image,
        image_pull_policy="IfNotPresent",
        env=pods.plain({"BACKEND_URL": f"http://{names.BACKEND}:{port}"}),
        ports=[ContainerPortArgs(name="http", container_port=port)],
        liveness_probe=pods.answers("/", port, every=10),
        readiness_probe=pods.answers("/", port, every=5),
        resources=pods.resources(sizes.FRONTEND),
        security_context=pods.container_security(),
        volume_mounts=mounts,
    )
