"""Who may talk to whom: nothing in or out of the stack's pods but what is named here.

Policies add up, so whoever needs more declares one more of their own. What comes from a pod's own node, the
kubelet's probes and port-forwards, no policy keeps out.
"""

from collections.abc import Sequence
from typing import Final

import pulumi
from pulumi_kubernetes.meta.v1 import LabelSelectorArgs
from pulumi_kubernetes.networking.v1 import (
    IPBlockArgs,
    NetworkPolicy,
    NetworkPolicyEgressRuleArgs,
    NetworkPolicyIngressRuleArgs,
    NetworkPolicyPeerArgs,
    NetworkPolicyPortArgs,
    NetworkPolicySpecArgs,
)

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.shape import Shape

_OURS: Final = LabelSelectorArgs(match_labels={names.PART_OF: names.PROJECT})
_ROUTERS: Final = (
    # OpenShift's own labels: of its routers' namespace, and of those that share the nodes' network.
    "policy-group.network.openshift.io/ingress",
    "policy-group.network.openshift.io/host-network",
)
_DNS: Final = (53, 5353)
"""Ports of a cluster's DNS: of its Service, and of OpenShift's pods behind it."""
_LINK_LOCAL: Final = ("169.254.0.0/16", "fe80::/10")
"""Where clouds tell whoever asks their machine's credentials."""
_AWS_METADATA: Final = "fd00:ec2::254/128"


class Traffic(pulumi.ComponentResource):
    """NetworkPolicies: the database hears its users alone, these their router and the stack's pods.

    Redis hears the gateway alone. Gateway and backend may go anywhere but to link-local addresses: models'
    endpoints, and the servers that users log in at, are URLs, which policies do not know, and administrators
    add more in the gateway's UI. Whom a database server hears that is not the stack's own, its keepers say.
    """

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        namespace: str,
        shape: Shape,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Traffic", name, {}, opts)
        exposure, backend = shape.exposure, shape.backend.enabled
        specs = {
            "default-deny": NetworkPolicySpecArgs(pod_selector=_OURS, policy_types=["Ingress", "Egress"]),
            "dns": NetworkPolicySpecArgs(pod_selector=_OURS, policy_types=["Egress"], egress=[_dns()]),
            "gateway": _visited(names.GATEWAY, names.GATEWAY_PORT, exposure, [_anywhere()]),
            "migration": _leaving(names.MIGRATION),
        }
        if shape.database.kind == "own":
            specs["postgres"] = _heard(names.POSTGRES, _of_database(shape), names.POSTGRES_PORT)
        if shape.redis.kind == "own":
            specs["redis"] = _heard(names.REDIS, [names.GATEWAY], names.REDIS_PORT)
        if backend:
            pages = [_to(names.BACKEND, names.WEB_PORT)]
            specs["backend"] = _visited(names.BACKEND, names.WEB_PORT, exposure, [_anywhere()])
            specs["frontend"] = _visited(names.FRONTEND, names.WEB_PORT, exposure, pages)
        if shape.chat.enabled:
            specs["chat"] = _visited(names.CHAT, names.WEB_PORT, exposure, _of_chat(shape))
        if shape.chat.with_tika:
            specs["tika"] = _heard(names.TIKA, [names.CHAT], names.TIKA_PORT)
        if shape.backup.made:
            specs |= {"backup": _leaving(names.BACKUP), "restore": _leaving(names.RESTORE)}
        if shape.monitoring.enabled:
            specs["monitoring"] = _watched(shape.monitoring.namespace)
        if shape.takeover.wanted:
            specs["takeover"] = _leaving(names.TAKEOVER)
        labels = names.labels(names.PROJECT, "traffic")
        for part, spec in specs.items():
            NetworkPolicy(
                f"{name}-{part}",
                metadata=objects.metadata(f"{names.PROJECT}-{part}", namespace, labels),
                spec=spec,
                opts=place.inside(self),
            )
        self.register_outputs({})


def _of_database(shape: Shape) -> list[str]:
    """Who talks to the stack's own server."""
    others = {
        names.BACKEND: shape.backend.enabled,
        names.CHAT: shape.chat.enabled,
        names.BACKUP: shape.backup.made,
        names.RESTORE: shape.backup.made,
        names.TAKEOVER: shape.takeover.wanted,
    }
    return [names.GATEWAY, names.MIGRATION, *(app for app, there in others.items() if there)]


def _dns() -> NetworkPolicyEgressRuleArgs:
    ports = [_port(port, protocol) for port in _DNS for protocol in ("UDP", "TCP")]
    return NetworkPolicyEgressRuleArgs(ports=ports)


def _heard(app: str, by: Sequence[str], port: int) -> NetworkPolicySpecArgs:
    """Of an app that only others of the stack talk to, and that goes nowhere."""
    heard = NetworkPolicyIngressRuleArgs(from_=[_app(other) for other in by], ports=[_port(port)])
    return NetworkPolicySpecArgs(
        pod_selector=objects.selector(app), policy_types=["Ingress"], ingress=[heard]
    )


def _watched(namespace: str) -> NetworkPolicySpecArgs:
    """Of the gateway, whose metrics another namespace's pods read."""
    there = LabelSelectorArgs(match_labels={"kubernetes.io/metadata.name": namespace})
    peer = NetworkPolicyPeerArgs(namespace_selector=there)
    heard = NetworkPolicyIngressRuleArgs(from_=[peer], ports=[_port(names.GATEWAY_PORT)])
    return NetworkPolicySpecArgs(
        pod_selector=objects.selector(names.GATEWAY), policy_types=["Ingress"], ingress=[heard]
    )


def _visited(
    app: str, port: int, exposure: Exposure, egress: Sequence[NetworkPolicyEgressRuleArgs]
) -> NetworkPolicySpecArgs:
    """Of an app that users reach, and that goes where its rules say."""
    heard = NetworkPolicyIngressRuleArgs(from_=_visitors(exposure), ports=[_port(port)])
    return NetworkPolicySpecArgs(
        pod_selector=objects.selector(app),
        policy_types=["Ingress", "Egress"],
        ingress=[heard],
        egress=egress,
    )


def _leaving(app: str) -> NetworkPolicySpecArgs:
    """Of an app that nobody reaches, and that goes anywhere."""
    return NetworkPolicySpecArgs(
        pod_selector=objects.selector(app), policy_types=["Egress"], egress=[_anywhere()]
    )


def _anywhere() -> NetworkPolicyEgressRuleArgs:
    blocks = [
        IPBlockArgs(cidr="0.0.0.0/0", except_=[_LINK_LOCAL[0]]),
        IPBlockArgs(cidr="::/0", except_=[_LINK_LOCAL[1], _AWS_METADATA]),
    ]
    # Not in every network are pods among the addresses of a block.
    outside = [NetworkPolicyPeerArgs(ip_block=block) for block in blocks]
    anyone = NetworkPolicyPeerArgs(namespace_selector=LabelSelectorArgs())
    return NetworkPolicyEgressRuleArgs(to=[*outside, anyone])


def _of_chat(shape: Shape) -> list[NetworkPolicyEgressRuleArgs]:
    """Its own services alone, lest its users have it fetch what only the cluster may see.

    A database server elsewhere may be anywhere, and behind its Service listen on any port.
    """
    own = shape.database.kind == "own"
    server = _to(names.POSTGRES, names.POSTGRES_PORT) if own else _anywhere()
    tika = [_to(names.TIKA, names.TIKA_PORT)] if shape.chat.tika else []
    return [_to(names.GATEWAY, names.GATEWAY_PORT), server, *tika]


def _to(app: str, port: int) -> NetworkPolicyEgressRuleArgs:
    return NetworkPolicyEgressRuleArgs(to=[_app(app)], ports=[_port(port)])


def _visitors(exposure: Exposure) -> list[NetworkPolicyPeerArgs] | None:
    """Whom an app hears that users reach; everyone, where nobody tells which pods a controller has."""
    if exposure.kind == "ingress":
        return None
    routers = [
        NetworkPolicyPeerArgs(namespace_selector=LabelSelectorArgs(match_labels={label: ""}))
        for label in _ROUTERS
        if exposure.kind == "route"
    ]
    return [NetworkPolicyPeerArgs(pod_selector=_OURS), *routers]


def _app(app: str) -> NetworkPolicyPeerArgs:
    return NetworkPolicyPeerArgs(pod_selector=objects.selector(app))


def _port(port: int, protocol: str = "TCP") -> NetworkPolicyPortArgs:
    return NetworkPolicyPortArgs(port=port, protocol=protocol)
