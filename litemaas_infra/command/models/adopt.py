"""`litemaas models adopt`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click
import yaml
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra import names
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.inventory import (
    Inventory,
    look,
    undeclared_keys,
    undeclared_models,
    undeclared_teams,
)
from litemaas_infra.command.models.adoption import Adoptable, fits, of_key, of_model, of_team
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.settings import Settings
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec


@dataclass(frozen=True)
class Adoption(Answer):
    """What is in no stack, as settings of this one."""

    models: list[Adoptable]
    teams: list[Adoptable]
    keys: list[Adoptable]
    begin: dict[str, int]
    """Where in each of these settings what is told here belongs."""

    def __rich__(self) -> RenderableType:
        if not (self.models or self.teams or self.keys):
            return Text("Every model, team and key of the gateway is declared.")
        return Text("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        yield "# Into the stack's file, below `config:`, beside what is there; then `pulumi up`."
        for name, told in (("models", self.models), ("teams", self.teams), ("keys", self.keys)):
            if told:
                yield f"{names.PROJECT}:{name}:"
                yield from _entries(told)
                yield from self._supplied(name, told)
        yield from _unfit("team", TeamSpec, self.teams)
        yield from _unfit("key", VirtualKeySpec, self.keys)

    def _supplied(self, name: str, told: Sequence[Adoptable]) -> Iterator[str]:
        for place, one in enumerate(told, self.begin[name]):
            for secret in one.secrets:
                yield f"# to be supplied: pulumi config set --path --secret '{name}[{place}].{secret}'"


@click.command(
    epilog=examples(
        "litemaas models adopt",
        "litemaas models adopt --json | jq '.models[].settings'",
    ),
)
@answering
@pass_stack
def adopt(stack: Stack) -> Adoption:
    """List undeclared models, teams and keys, as settings to paste.

    Secrets are left out; what has to be supplied is said. The next `pulumi up` takes them over: their ids,
    keys and spend stay.
    """
    settings = stack.settings()
    with services(settings) as there:
        found = look(there)
    return Adoption(
        list(_models(found, settings)),
        [of_team(told) for told in undeclared_teams(found, settings.teams)],
        [of_key(told) for told in undeclared_keys(found, settings.keys)],
        {name: stack.count(name) for name in ("models", "teams", "keys")},
    )


def _models(found: Inventory, settings: Settings) -> Iterator[Adoptable]:
    others = Counter(one.model_name for one in found.stored.values() if not one.ours)
    begun = {spec.model_name for spec in settings.models}
    for one in undeclared_models(found, settings):
        first, alone = one.model_name not in begun, others[one.model_name] == 1
        yield of_model(one, found.rows.get(one.model_name), first=first, alone=alone)
        begun.add(one.model_name)


def _entries(adoptables: list[Adoptable]) -> Iterator[str]:
    settings: list[dict[str, Any]] = [one.settings for one in adoptables]
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True, width=200)
    yield from (f"  {line}" for line in text.splitlines())


def _unfit(called: str, kind: type[Entity], told: Sequence[Adoptable]) -> Iterator[str]:
    for one in told:
        if not fits(kind, one.settings):
            alias = one.settings.get("alias")
            which = f"{called} {alias}" if alias else f"a {called} without an alias"
            yield f"# {which} cannot be declared as it is; give it a fitting alias in the admin UI first"
