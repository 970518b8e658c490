"""The gateway kept inside its cluster: users there ask its Service, its administrators a forwarded port."""

from collections.abc import Mapping, Sequence

import pulumi

from litemaas_infra import names
from litemaas_infra.components.exposed import TYPE


class Internal(pulumi.ComponentResource):
    """Nothing is exposed. `url` is the Service's; `commands` tell how to reach it from elsewhere."""

    client = "kubectl"
    commands: Mapping[str, str]
    url: pulumi.Output[str]
    portal: pulumi.Output[str]
    ready: Sequence[pulumi.Resource] = ()

    def __init__(self, name: str, *, namespace: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(TYPE, name, {}, opts)
        port = names.GATEWAY_PORT
        self.url = pulumi.Output.from_input(f"http://{names.GATEWAY}.{namespace}.svc:{port}")
        self.portal = pulumi.Output.from_input(f"http://127.0.0.1:{port}")
        forward = f"kubectl port-forward service/{names.GATEWAY} {port}:{port} -n {namespace}"
        self.commands = {"port_forward_command": forward}
        self.register_outputs({"url": self.url})
