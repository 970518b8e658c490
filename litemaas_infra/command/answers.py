"""What a command answers, printed for people or, with `--json`, for programs."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import ParamSpec

import click
from rich.console import Console, RenderableType
from rich.table import Table

from litemaas_infra.command.exits import WRONG

P = ParamSpec("P")
_UNBOUND = 400
"""Columns where nobody looks: a program that reads lines wants them whole."""


@dataclass(frozen=True)
class Answer:
    """An answer is a record. Its fields are the JSON; `__rich__` is what people read."""

    def __rich__(self) -> RenderableType:
        """What people read."""
        raise NotImplementedError

    @property
    def wrong(self) -> bool:
        """Whether it says that something is not in order."""
        return False


def answering(command: Callable[P, Answer]) -> Callable[..., None]:
    """The command, with an option `--json`, printing what it answers and ending with its code."""

    @click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
    @wraps(command)
    def printed(*arguments: P.args, **options: P.kwargs) -> None:
        as_json = options.pop("as_json")
        answer = command(*arguments, **options)
        if as_json:
            click.echo(json.dumps(asdict(answer), indent=2, default=str))
        else:
            show(answer)
        if answer.wrong:
            click.get_current_context().exit(WRONG)

    return printed


def examples(*lines: str) -> str:
    """The end of a command's help: what one may type, as it is typed."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def show(thing: RenderableType) -> None:
    """Print it as it is, as wide as the terminal."""
    width = None if sys.stdout.isatty() else _UNBOUND
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    console.print(thing, soft_wrap=width is not None)


def table(*columns: str) -> Table:
    """A table for people, its columns under these names."""
    made = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
    for column in columns:
        made.add_column(column, overflow="fold")
    return made
