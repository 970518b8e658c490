"""A Service exposed by OpenShift's router."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from litemaas_infra import names
from litemaas_infra.components.exposed import TYPE, Door, authorities
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.specs.exposure import Exposure


class Route(pulumi.ComponentResource):
    """A Route to the Service, under its name. `url` has the settings' host, or else the cluster's.

    `authority` is that of the pods' own certificates, where they have others than OpenShift's own.
    """

    client = "oc"
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
        domain: str | None,
        door: Door,
        authority: pulumi.Output[str] | None = None,
        after: Sequence[pulumi.Resource] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__(TYPE, name, {}, opts)
        route = CustomResource(
            f"{name}-route",
            api_version=names.ROUTES,
            kind="Route",
            metadata=objects.metadata(door.app, namespace, door.labels, _timeout(exposure)),
            spec=_spec(exposure, door, authority),
            opts=place.inside(self, *after),
        )
        self.ready = [route, *authorities(self, place, namespace, exposure)]
        # A private key among its siblings makes no secret of the host.
        host = pulumi.Output.unsecret(pulumi.Output.from_input(vars(route)["spec"])).apply(
            lambda spec: _host(spec, f"{door.app}-{namespace}", domain)
        )
        self.url = self.portal = pulumi.Output.format("{0}://{1}", exposure.scheme, host)
        self.register_outputs({"url": self.url})


def _host(route: Mapping[str, Any], name: str, domain: str | None) -> str:
    # A preview of a Route that is not made yet has no host: the cluster gives it.
    coming = f"{name}.{domain or '(domain of the cluster)'}"
    return str(route.get("host", coming))


def _timeout(exposure: Exposure) -> dict[str, str]:
    # An answer that is streamed may take minutes; the router's own limit is 30 s.
    return {"haproxy.router.openshift.io/timeout": f"{exposure.timeout}s"}


def _spec(exposure: Exposure, door: Door, authority: pulumi.Output[str] | None) -> dict[str, Any]:
    return {
        **({"host": exposure.host} if exposure.host else {}),
        **({"path": door.path} if door.path != "/" else {}),
        "to": {"kind": "Service", "name": door.app, "weight": 100},
        "port": {"targetPort": "http"},
        **({"tls": _tls(exposure, authority)} if exposure.tls != "none" else {}),
        "wildcardPolicy": "None",
    }


def _tls(exposure: Exposure, authority: pulumi.Output[str] | None) -> dict[str, Any]:
    tls: dict[str, Any] = {"termination": exposure.tls, "insecureEdgeTerminationPolicy": "Redirect"}
    if authority:
        tls["destinationCACertificate"] = authority
    if exposure.certificate and exposure.key:
        tls |= {
            "certificate": exposure.certificate,
            "key": pulumi.Output.secret(exposure.key.get_secret_value()),
        }
    return tls
