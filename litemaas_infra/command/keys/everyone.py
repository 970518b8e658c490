"""`litemaas keys everyone`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

import click
from rich.console import RenderableType
from rich.text import Text

from litemaas_infra.clients import portal_users
from litemaas_infra.clients.portal_users import PortalUser
from litemaas_infra.command.answers import Answer, answering, examples
from litemaas_infra.command.keys.create import alias_of, end_of, refuse_unserved, said_of, spec_of
from litemaas_infra.command.keys.length import length
from litemaas_infra.command.stack import Stack, pass_stack, services
from litemaas_infra.settings import Settings
from litemaas_infra.specs.virtual_key import VirtualKeySpec


@dataclass(frozen=True)
class Everyone(Answer):
    """The keys that the settings have now, beside those they had."""

    declared: list[dict[str, Any]]
    left_out: list[str]
    """Users who are subscribed to nothing, and no models were named."""

    def __rich__(self) -> RenderableType:
        return Text("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        for key in self.declared:
            yield f"declared: {key['alias']}, of {key['user_id']}, for {', '.join(key['models'])}"
        for user in self.left_out:
            yield f"left out: {user}, who is subscribed to no model; --models names some"
        if self.declared:
            yield "`pulumi up` gives them out, `litemaas keys show ALIAS` shows one then"
        else:
            yield "every user of the backend who is subscribed to something has a key that is declared"


@click.command(
    epilog=examples(
        "litemaas keys everyone",
        "litemaas keys everyone --models granite,deepseek --budget 100 --duration 30d",
    ),
)
@click.option("--models", help="What the keys open; what each user is subscribed to unless given.")
@click.option("--budget", type=click.FloatRange(min=0), help="In dollars, for each key.")
@click.option("--duration", callback=length, help="The keys open nothing after it, 30d for instance.")
@answering
@pass_stack
def everyone(stack: Stack, *, models: str | None, budget: float | None, duration: str | None) -> Everyone:
    """Declare a key for each user of LiteMaaS's backend who has none.

    Its users, who log in to its pages, can then do without it: a key is theirs whose user they are by their
    address. Those that the backend gave out itself go on working.
    """
    settings = stack.settings()
    limits = {"max_budget": budget, "expires": end_of(duration) if duration else None}
    with services(settings) as there:
        with there.rows() as connection:
            users = _without(settings, portal_users.active(connection))
        specs = list(_specs(users, models, limits, {key.alias for key in settings.keys}))
        for spec in specs:
            refuse_unserved(there, spec, settings.models)
    entries = [said_of(spec) for spec in specs]
    for place, entry in enumerate(entries, len(settings.keys)):
        stack.declare(f"keys[{place}]", entry)
    left_out = [user.email for user in users if not (models or user.models)]
    return Everyone(entries, left_out)


def _without(settings: Settings, users: Sequence[PortalUser]) -> list[PortalUser]:
    """Those whom no declared key belongs to."""
    known = {key.user_id or key.alias for key in settings.keys}
    return [user for user in users if not {user.email, alias_of(user.email)} & known]


def _specs(
    users: Sequence[PortalUser], models: str | None, limits: dict[str, Any], taken: set[str]
) -> Iterator[VirtualKeySpec]:
    for user in users:
        if opened := models or ",".join(user.models):
            alias = _free(alias_of(user.email), taken)
            taken.add(alias)
            yield spec_of({"alias": alias, "user_id": user.email, **limits}, opened)


def _free(alias: str, taken: set[str]) -> str:
    """The alias, with a number where another address has come to the same."""
    numbered = (f"{alias}-{number}" for number in count(2))
    return next(name for name in chain([alias], numbered) if name not in taken)
