"""`litemaas backup`: a copy of the databases, now."""

from dataclasses import dataclass

import click
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.clients import backups
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.errors import SettingsError


@dataclass(frozen=True)
class Made(Answer):
    """The backup that was made."""

    backup: str

    def __rich__(self) -> RenderableType:
        return Text(f"backup {self.backup} is made; `litemaas restore {self.backup}` asks for it back")


@click.command(epilog=examples("litemaas backup", "litemaas backup --json | jq -r .backup"))
@answering
@pass_stack
def backup(stack: Stack) -> Made:
    """Copy the databases now, as the CronJob does at its time, and wait for the copy."""
    settings = stack.settings()
    if not settings.backup.made:
        raise SettingsError(
            "litemaas:backup.kind: is none, so there is nowhere to put a backup; "
            "pulumi config set --path litemaas:backup.kind volume, then `pulumi up`"
        )
    with services(settings) as there:
        return Made(
            backups.make(there.cluster(), settings.namespace, lambda said: click.echo(said, err=True))
        )
