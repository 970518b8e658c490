"""`litemaas restore`: the declaration that empty databases are filled from a backup."""

from dataclasses import dataclass

import click
from pydantic import TypeAdapter, ValidationError
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.stack import Stack, pass_stack
from litemaas_infra.errors import SettingsError
from litemaas_infra.specs.backup import LATEST, BackupName


@dataclass(frozen=True)
class Restoring(Answer):
    """What the settings ask for now."""

    backup: str

    def __rich__(self) -> RenderableType:
        return Text(
            f"declared: `pulumi up --refresh` fills empty databases from backup {self.backup} before the "
            "gateway starts, and overwrites none; `pulumi config rm --path litemaas:backup.restore` ends that"
        )


def _name(_: click.Context, __: click.Parameter, value: str) -> str:
    try:
        name: str = TypeAdapter(BackupName).validate_python(value)
    except ValidationError as error:
        raise click.BadParameter(error.errors()[0]["msg"]) from error
    return name


@click.command(epilog=examples("litemaas restore", "litemaas restore 20260131T020000Z"))
@click.argument("backup", default=LATEST, callback=_name)
@answering
@pass_stack
def restore(stack: Stack, backup: str) -> Restoring:
    """Declare that databases which are empty are filled from BACKUP, or the latest one."""
    if not stack.settings().backup.made:
        raise SettingsError(
            "litemaas:backup.kind: is none, so there is nothing to restore; set it to where the backups are: "
            "pulumi config set --path litemaas:backup.kind volume"
        )
    stack.declare("backup", {"restore": backup})
    return Restoring(backup)
