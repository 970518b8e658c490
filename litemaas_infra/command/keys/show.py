"""`litemaas keys show` and `litemaas keys list`."""

from dataclasses import dataclass

import click
from rich.console import RenderableType

from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.keys.found import by_alias, handed
from litemaas_infra.command.keys.handed import Handed
from litemaas_infra.command.keys.lines import KeyLine, key_line, key_table
from litemaas_infra.command.stack import Stack, pass_stack, services


@dataclass(frozen=True)
class Keys(Answer):
    """Every key of the gateway."""

    keys: list[KeyLine]

    def __rich__(self) -> RenderableType:
        return key_table(self.keys)


@click.command(
    epilog=examples(
        "litemaas keys show anna",
        "litemaas keys show anna --json | jq -r .value",
    ),
)
@click.argument("alias")
@answering
@pass_stack
def show(stack: Stack, alias: str) -> Handed:
    """Show a key with its value, as its holder is to get it."""
    with services(stack.settings()) as there:
        return handed(there, by_alias(there, alias))


@click.command(
    "list",
    epilog=examples(
        "litemaas keys list",
        "litemaas keys list --json | jq '.keys[] | select(.declared | not)'",
    ),
)
@answering
@pass_stack
def listed(stack: Stack) -> Keys:
    """List every key of the gateway, its value never."""
    settings = stack.settings()
    with services(settings) as there:
        declared = {spec.alias for spec in settings.keys}
        return Keys([key_line(told, declared) for told in there.entities(VirtualKeys).every()])
