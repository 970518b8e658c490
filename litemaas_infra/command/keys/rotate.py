"""`litemaas keys rotate`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click
from pydantic import ValidationError
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.clients.services import Services
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.keys.found import by_alias, handed
from litemaas_infra.command.keys.handed import Handed
from litemaas_infra.command.keys.length import length
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.errors import LiteMaaSError, SettingsError
from litemaas_infra.specs.secret import fresh
from litemaas_infra.specs.virtual_key import VirtualKeySpec


@dataclass(frozen=True)
class Rotation(Answer):
    """What the settings ask for now."""

    alias: str
    rotation: str
    overlap: str

    def __rich__(self) -> RenderableType:
        return Text(
            f"declared: `pulumi up` gives key {self.alias} another value, and the one before is good for "
            f"{self.overlap} from then; `litemaas keys show {self.alias}` shows it then"
        )


@click.command(
    epilog=examples(
        "litemaas keys rotate anna",
        "litemaas keys rotate trial --overlap 7d",
    ),
)
@click.argument("alias")
@click.option(
    "--overlap",
    default="1d",
    show_default=True,
    callback=length,
    help="How long the old value stays good.",
)
@answering
@pass_stack
def rotate(stack: Stack, alias: str, *, overlap: str) -> Rotation | Handed:
    """Give a key another value; what was spent stays.

    A declared key gets it with the next `pulumi up`; one that no stack declares gets it at once, and it is
    shown. The old value goes on under an alias of its own for a while.
    """
    settings = stack.settings()
    for place, spec in enumerate(settings.keys):
        if spec.alias == alias:
            rotation = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
            stack.declare(f"keys[{place}]", {"rotation": rotation, "overlap": overlap})
            return Rotation(alias, rotation, overlap)
    with services(settings) as there:
        value = _renew(there, by_alias(there, alias), overlap)
        return handed(there, by_alias(there, alias), value)


def _renew(there: Services, told: Mapping[str, Any], overlap: str) -> str:
    keys, old = there.entities(VirtualKeys), str(told["token"])
    value = fresh("sk-")
    try:
        spec = VirtualKeySpec.of({**VirtualKeySpec.seen(told), "overlap": overlap})
    except ValidationError as error:
        raise SettingsError(
            f"key {told['key_alias']} has an alias or limits that this project does not make; renew it in "
            "the admin UI"
        ) from error
    try:
        keys.give(value, spec, [old])
    except LiteMaaSError:
        keys.change(old, {"key_alias": spec.alias, "duration": spec.told["duration"]})
        raise
    return value
