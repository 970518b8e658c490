"""The command itself: its options, its subcommands, and what becomes of errors."""

from typing import Any, Final

import click
from click.shell_completion import get_completion_class

from litemaas_infra.command.access import access
from litemaas_infra.command.answers import examples
from litemaas_infra.command.backup import backup
from litemaas_infra.command.exits import MEANINGS, code_of
from litemaas_infra.command.keys import keys
from litemaas_infra.command.logs import logs
from litemaas_infra.command.migrate import migrate
from litemaas_infra.command.models import models
from litemaas_infra.command.restore import restore
from litemaas_infra.command.spend import spend
from litemaas_infra.command.stack import Stack
from litemaas_infra.command.status import status
from litemaas_infra.command.translate import translate
from litemaas_infra.errors import LiteMaaSError

_CODES: Final = "\n".join(f"  {code}  {meaning}" for code, meaning in MEANINGS.items())


class Program(click.Group):
    """A group whose errors end in one message and a code that says what kind they are."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand."""
        try:
            return super().invoke(ctx)
        except LiteMaaSError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(code_of(error))


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=f"\b\nExit codes:\n{_CODES}",
)
@click.option("--stack", "-s", metavar="NAME", help="The stack; the one that is selected unless given.")
@click.pass_context
def litemaas(context: click.Context, stack: str | None) -> None:
    """Do what an administrator of LiteMaaS does day by day.

    The settings are those of the Pulumi stack; nothing else has to be set up. `litemaas COMMAND --help` has
    examples of each command.
    """
    context.obj = Stack(stack)


@litemaas.command(
    epilog=examples(
        'eval "$(litemaas completion bash)"',
        "litemaas completion fish > ~/.config/fish/completions/litemaas.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete the command."""
    made = get_completion_class(shell)
    assert made
    click.echo(made(litemaas, {}, "litemaas", "_LITEMAAS_COMPLETE").source())


for command in (access, status, models, keys, spend, logs, backup, restore, translate, migrate):
    litemaas.add_command(command)
