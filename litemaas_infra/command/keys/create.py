"""`litemaas keys create`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.words import location, problem
from litemaas_infra.specs.access import unserved
from litemaas_infra.specs.entity import seconds
from litemaas_infra.specs.fields import whole
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.secret import fresh
from litemaas_infra.specs.virtual_key import VirtualKeySpec


@dataclass(frozen=True)
class Declared(Answer):
    """A key that the settings have now."""

    alias: str
    settings: dict[str, Any]
    """What the stack's settings say of it."""

    def __rich__(self) -> RenderableType:
        lines = [f"  {name}: {value}" for name, value in self.settings.items()]
        after = f"`pulumi up` gives it out, `litemaas keys show {self.alias}` shows it then"
        return Text("\n".join(["declared:", *lines, after]))


@click.command(
    epilog=examples(
        "litemaas keys create user@example.com granite,deepseek 100 30d",
        "litemaas keys create user@example.com granite --alias trial --now",
    ),
)
@click.argument("user")
@click.argument("models")
@click.argument("budget", type=click.FloatRange(min=0), required=False)
@click.argument("duration", required=False, callback=length)
@click.option("--period", callback=length, help="The budget is for each such time, 30d for instance.")
@click.option("--alias", help="What the gateway knows it by; made of USER unless given.")
@click.option("--now", is_flag=True, help="Make it in the gateway at once, instead of declaring it.")
@answering
@pass_stack
def create(
    stack: Stack,
    user: str,
    models: str,
    budget: float | None,
    duration: str | None,
    *,
    period: str | None,
    alias: str | None,
    now: bool,
) -> Declared | Handed:
    """Declare a key of USER for MODELS, or make it at once.

    BUDGET is in dollars; after DURATION, 30d for instance, the key opens nothing any more. The stack's
    settings get the key, and the next `pulumi up` gives it out. With --now the gateway has it at once, its
    value is shown this once, and no stack knows it.
    """
    settings = stack.settings()
    ends = {"budget_duration": period, "expires": end_of(duration) if duration else None}
    spec = spec_of({"alias": alias or alias_of(user), "user_id": user, "max_budget": budget, **ends}, models)
    if spec.alias in {declared.alias for declared in settings.keys}:
        raise SettingsError(f"key {spec.alias} is declared already; choose another: --alias NAME")
    with services(settings) as there:
        refuse_unserved(there, spec, () if now else settings.models)
        if now:
            return _made(there, spec)
    entry = said_of(spec)
    stack.declare(f"keys[{len(settings.keys)}]", entry)
    return Declared(spec.alias, entry)


def end_of(duration: str) -> str:
    """The first day on which all of that time is over."""
    end = datetime.now(UTC) + timedelta(seconds=seconds(duration))
    return (end + timedelta(days=1)).date().isoformat()


def spec_of(fields: Mapping[str, Any], models: str) -> VirtualKeySpec:
    """The key that these words come to. Raises SettingsError where there can be none such."""
    named = [name.strip() for name in models.split(",") if name.strip()]
    try:
        return VirtualKeySpec.model_validate({**fields, "models": named})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        wrong = "; ".join(f"its {location(detail)[0]} {problem(detail)}" for detail in details)
        raise SettingsError(f"there can be no such key: {wrong}") from error


def said_of(spec: VirtualKeySpec) -> dict[str, Any]:
    """What is declared of a key, its alias first, without all that is so anyway."""
    given = spec.model_dump(mode="json", exclude_defaults=True)
    others = {name: value for name, value in given.items() if value is not None}
    return {name: whole(value) for name, value in {"alias": spec.alias, **others}.items()}


def alias_of(user: str) -> str:
    """An alias out of a user's name or address: user@example.com is user-example-com."""
    return re.sub(r"[^a-z0-9]+", "-", user.lower())[:50].strip("-")


def refuse_unserved(there: Services, spec: VirtualKeySpec, coming: Sequence[ModelSpec]) -> None:
    """Refuse a key that could open nothing of what it names, now or once what is declared is there."""
    served = {str(one.get("model_name")) for one in there.gateway().served().values()}
    known = served | {model.model_name for model in coming}
    if unknown := [spec.models[place] for place in unserved(spec.models, known)]:
        raise SettingsError(
            f"the gateway serves no {', '.join(unknown)}; it serves: {', '.join(sorted(known)) or 'nothing'}"
        )


def _made(there: Services, spec: VirtualKeySpec) -> Handed:
    value = fresh("sk-")
    there.entities(VirtualKeys).give(value, spec)
    return handed(there, by_alias(there, spec.alias), value)
