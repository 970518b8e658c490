"""A Service exposed by an Ingress controller, on any Kubernetes."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pulumi
from pulumi_kubernetes.core.v1 import Secret
from pulumi_kubernetes.networking.v1 import (
    HTTPIngressPathArgs,
    HTTPIngressRuleValueArgs,
    IngressBackendArgs,
    IngressRuleArgs,
    IngressServiceBackendArgs,
    IngressSpecArgs,
    IngressTLSArgs,
    ServiceBackendPortArgs,
)
from pulumi_kubernetes.networking.v1 import Ingress as KubernetesIngress

from litemaas_infra import names
from litemaas_infra.components.exposed import TYPE, Door, authorities
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.specs.exposure import Exposure

_TLS_ALONE: Final = {
    "nginx.ingress.kubernetes.io/force-ssl-redirect": "true",
    "traefik.ingress.kubernetes.io/router.tls": "true",
}
"""What the controllers want to hear, each its own, so that nothing is served in the clear."""


class Ingress(pulumi.ComponentResource):
    """An Ingress to the Service, under its name, the host and the class of the settings."""

    client = "kubectl"
    commands: Mapping[str, str] = MappingProxyType({})
    url: pulumi.Output[str]
    portal: pulumi.Output[str]
    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        namespace: str,
        exposure: Exposure,
        door: Door,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__(TYPE, name, {}, opts)
        certificate = _certificate(name, namespace, exposure, door, place.inside(self))
        ingress = KubernetesIngress(
            f"{name}-ingress",
            # Not awaited: a controller without a load balancer, kind's for instance, never writes a status.
            metadata=objects.ready_later(door.app, namespace, door.labels, _annotations(exposure)),
            spec=_spec(exposure, door),
            opts=place.inside(self, *certificate),
        )
        self.ready = [ingress, *authorities(self, place, namespace, exposure)]
        self.url = self.portal = pulumi.Output.from_input(f"{exposure.scheme}://{exposure.host}")
        self.register_outputs({"url": self.url})


def _certificate(
    name: str, namespace: str, exposure: Exposure, door: Door, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    if exposure.certificate is None or exposure.key is None:
        return []
    pair = {"tls.crt": exposure.certificate, "tls.key": exposure.key.get_secret_value()}
    return [
        Secret(
            f"{name}-certificate",
            metadata=objects.metadata(names.GATEWAY_CERTIFICATE, namespace, door.labels),
            type="kubernetes.io/tls",
            string_data=pulumi.Output.secret(pair),
            opts=opts,
        )
    ]


def _annotations(exposure: Exposure) -> dict[str, str]:
    # Traefik sets no limit to an answer; nginx gives up on one after a minute of silence.
    timeouts = {
        f"nginx.ingress.kubernetes.io/proxy-{way}-timeout": str(exposure.timeout) for way in ("read", "send")
    }
    return {**timeouts, **(_TLS_ALONE if exposure.tls == "edge" else {})}


def _spec(exposure: Exposure, door: Door) -> IngressSpecArgs:
    service = IngressServiceBackendArgs(name=door.app, port=ServiceBackendPortArgs(name="http"))
    backend = IngressBackendArgs(service=service)
    path = HTTPIngressPathArgs(path=door.path, path_type="Prefix", backend=backend)
    rule = IngressRuleArgs(host=exposure.host, http=HTTPIngressRuleValueArgs(paths=[path]))
    return IngressSpecArgs(
        ingress_class_name=exposure.ingress_class,
        rules=[rule],
        tls=[_tls(exposure)] if exposure.tls == "edge" else None,
    )


def _tls(exposure: Exposure) -> IngressTLSArgs:
    """Without a Secret, the controller serves the host with its own certificate."""
    own = names.GATEWAY_CERTIFICATE if exposure.certificate else None
    return IngressTLSArgs(hosts=[str(exposure.host)], secret_name=exposure.certificate_secret or own)
