"""`litemaas models test`."""

from dataclasses import dataclass

import click
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.health import Health, ask
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.deployment import Deployment


@dataclass(frozen=True)
class Tested(Answer):
    """What came of asking each deployment of a model."""

    deployments: list[Health]

    @property
    def wrong(self) -> bool:
        """Whether one does not answer."""
        return any(one.trouble for one in self.deployments)

    def __rich__(self) -> RenderableType:
        return Text("\n".join(f"{one.model_name} ({one.id}): {one.words}" for one in self.deployments))


@click.command(
    epilog=examples(
        "litemaas models test granite-3-2-8b-instruct",
    ),
)
@click.argument("name")
@answering
@pass_stack
def test(stack: Stack, name: str) -> Tested:
    """Ask a model's deployments for one token, through the gateway.

    Ends with 1 where one does not answer.
    """
    with services(stack.settings()) as there:
        served = there.gateway().served()
        named = [
            Deployment(id_, name, {}, told.get("model_info") or {})
            for id_, told in served.items()
            if told.get("model_name") == name
        ]
        if not named:
            known = sorted({str(told.get("model_name")) for told in served.values()})
            raise GatewayRefused(f"the gateway serves no {name}; it serves: {', '.join(known) or 'nothing'}")
        return Tested(ask(there.gateway(), named))
