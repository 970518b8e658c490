"""`litemaas translate`: the variables of LiteMaaS's Ansible collection, as settings of a stack."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.stack import FOLDER
from litemaas_infra.names import PROJECT
from litemaas_infra.settings.extra_vars import translate as translated


@dataclass(frozen=True)
class Translated(Answer):
    """What a file of variables comes to."""

    settings: dict[str, Any]
    supply: list[str]
    mistakes: list[str]
    notes: list[str]

    @property
    def wrong(self) -> bool:
        """Whether something of it could not be translated."""
        return bool(self.mistakes)

    def __rich__(self) -> RenderableType:
        return Text("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        yield "# Into the stack's file, Pulumi.STACK.yaml, below `config:`; then `pulumi up`."
        named = {f"{PROJECT}:{name}": value for name, value in self.settings.items()}
        text = yaml.safe_dump(named, sort_keys=False, allow_unicode=True, width=200) if named else ""
        yield from (f"  {line}" for line in text.splitlines())
        yield from (f"# to be supplied: {command}" for command in self.supply)
        yield from (f"# wrong: {mistake}" for mistake in self.mistakes)
        yield from (f"# {note}" for note in self.notes)


@click.command(
    epilog=examples(
        "litemaas translate extra-vars.yml",
        "litemaas translate extra-vars.yml --json | jq .settings",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@answering
def translate(file: Path) -> Translated:
    """Print the settings that FILE, of LiteMaaS's Ansible collection, comes to.

    FILE has the variables that the playbook was given. Nothing of the stack is changed, and no password or
    key is printed: a deployment's Secrets keep them. What nothing comes of is said, with the reason.
    """
    found = translated(file, FOLDER)
    return Translated(dict(found.settings), list(found.supply), list(found.mistakes), list(found.notes))
