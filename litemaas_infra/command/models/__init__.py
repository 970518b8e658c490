"""`litemaas models`: what endpoints offer, whether models answer, and those that no stack declares."""

import click

from litemaas_infra.command.models.adopt import adopt
from litemaas_infra.command.models.discover import discover
from litemaas_infra.command.models.test import test


@click.group()
def models() -> None:
    """Discover models, test them, take over undeclared ones."""


for command in (discover, test, adopt):
    models.add_command(command)

__all__ = ["models"]
