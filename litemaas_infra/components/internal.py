"""A Service kept inside its cluster: users there ask it by its name, those elsewhere a forwarded port."""

from collections.abc import Mapping, Sequence

import pulumi

from litemaas_infra.components.exposed import TYPE, Door


class Internal(pulumi.ComponentResource):
    """Nothing is exposed. `url` is the Service's; `commands` tell how to reach it from elsewhere."""

    client = "kubectl"
    commands: Mapping[str, str]
    url: pulumi.Output[str]
    portal: pulumi.Output[str]
    ready: Sequence[pulumi.Resource] = ()

    def __init__(
        self, name: str, *, namespace: str, door: Door, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__(TYPE, name, {}, opts)
        port = door.port
        self.url = pulumi.Output.from_input(f"http://{door.app}.{namespace}.svc:{port}")
        self.portal = pulumi.Output.from_input(f"http://127.0.0.1:{port}")
        forward = f"kubectl port-forward service/{door.app} {port}:{port} -n {namespace}"
        self.commands = {f"{door.output}port_forward_command": forward}
        self.register_outputs({"url": self.url})
