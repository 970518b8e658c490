"""`litemaas keys block` and `litemaas keys unblock`."""

from dataclasses import dataclass

import click
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.keys.found import by_alias
from litemaas_infra.command.stack import Stack, pass_stack, services


@dataclass(frozen=True)
class Blocked(Answer):
    """What a key is from now on."""

    alias: str
    blocked: bool
    declared: bool
    """Whether the stack's settings say so too."""

    def __rich__(self) -> RenderableType:
        now = "opens nothing from now on" if self.blocked else "opens its models again"
        also = ", and the stack's settings say so too" if self.declared else ""
        return Text(f"key {self.alias} {now}{also}")


@click.command(
    epilog=examples(
        "litemaas keys block anna",
    ),
)
@click.argument("alias")
@answering
@pass_stack
def block(stack: Stack, alias: str) -> Blocked:
    """Let a key open nothing, at once and until it is unblocked.

    A declared key's settings are changed as well, so that the next `pulumi up` leaves it so.
    """
    return _set(stack, alias, blocked=True)


@click.command(
    epilog=examples(
        "litemaas keys unblock anna",
    ),
)
@click.argument("alias")
@answering
@pass_stack
def unblock(stack: Stack, alias: str) -> Blocked:
    """Let a blocked key open its models again, at once."""
    return _set(stack, alias, blocked=False)


def _set(stack: Stack, alias: str, *, blocked: bool) -> Blocked:
    settings = stack.settings()
    with services(settings) as there:
        there.entities(VirtualKeys).change(str(by_alias(there, alias)["token"]), {"blocked": blocked})
    places = [place for place, spec in enumerate(settings.keys) if spec.alias == alias]
    for place in places:
        stack.declare(f"keys[{place}]", {"blocked": blocked})
    return Blocked(alias, blocked, bool(places))
