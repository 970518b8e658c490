"""`litemaas keys`: virtual keys, given out, looked at, blocked."""

import click

from litemaas_infra.command.keys.block import block, unblock
from litemaas_infra.command.keys.create import create
from litemaas_infra.command.keys.everyone import everyone
from litemaas_infra.command.keys.rotate import rotate
from litemaas_infra.command.keys.show import listed, show


@click.group()
def keys() -> None:
    """Give out virtual keys, show, block and renew them."""


for command in (listed, create, everyone, show, block, unblock, rotate):
    keys.add_command(command)

__all__ = ["keys"]
