"""The way to a Service from outside its cluster, of the kind that the settings name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import pulumi
from pulumi_kubernetes.core.v1 import ConfigMap

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.specs.exposure import Exposure

TYPE: Final = "litemaas:index:Exposure"


@dataclass(frozen=True)
class Door:
    """An app's Service that is exposed, under the Service's own name."""

    app: str
    component: str
    port: int
    path: str = "/"
    """Where it is on its host."""
    output: str = ""
    """What the outputs that tell of it begin with."""

    @property
    def labels(self) -> dict[str, str]:
        """The labels of what exposes it."""
        return names.labels(self.app, self.component)


GATEWAY: Final = Door(names.GATEWAY, "ai-proxy", names.GATEWAY_PORT)


class Exposed(Protocol):
    """What every kind of exposure offers."""

    @property
    def url(self) -> pulumi.Output[str]:
        """The address that others ask it under."""

    @property
    def portal(self) -> pulumi.Output[str]:
        """The address that a browser reaches it by."""

    @property
    def client(self) -> str:
        """What this cluster's users call its client."""

    @property
    def commands(self) -> Mapping[str, str]:
        """Outputs of the stack that tell what else it takes, by their names."""

    @property
    def ready(self) -> Sequence[pulumi.Resource]:
        """What must be there before it can be asked."""


def showing(exposed: Exposed, namespace: str, secret: str, key: str) -> str:
    """The command that shows a Secret's value, for those who may see it."""
    return f"{exposed.client} get secret {secret} -n {namespace} -o jsonpath='{{.data.{key}}}' | base64 -d"


def authorities(
    parent: pulumi.Resource, place: Place, namespace: str, exposure: Exposure
) -> list[pulumi.Resource]:
    """The ConfigMap, if there are any, that whoever asks the gateway finds its address' authorities in."""
    if exposure.authority is None:
        return []
    return [
        ConfigMap(
            "exposure-authority",
            metadata=objects.metadata(names.AUTHORITY, namespace, GATEWAY.labels),
            data={names.AUTHORITY_KEY: exposure.authority},
            opts=place.inside(parent),
        )
    ]
