"""The subcommand."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from litemaas_infra.clients import spending
from litemaas_infra.command.answers import answering, examples
from litemaas_infra.command.spend.plot import draw
from litemaas_infra.command.spend.report import NAMES, Report
from litemaas_infra.command.stack import Stack, pass_stack, services

_USUAL: Final = ("key", "team", "model")


class Day(click.ParamType[date]):
    """A day, or how many days ago it was: 2026-11-01, 30d."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is meant."""
        if isinstance(value, date):
            return value
        ago = re.fullmatch(r"(\d{1,4})d", str(value))
        try:
            return _today() - timedelta(days=int(ago[1])) if ago else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is neither a day, 2026-11-01 for instance, nor days ago, 30d", param, ctx)


@click.command(
    epilog=examples(
        "litemaas spend",
        "litemaas spend --since 2026-11-01 --by team --by day",
        "litemaas spend --since 90d --plot spend.png",
        "litemaas spend --json | jq '.by.key[0]'",
    ),
)
@click.option("--since", type=Day(), default="30d", show_default=True, help="A day, or days ago.")
@click.option("--by", type=click.Choice(list(NAMES)), multiple=True, help="Sum up by this; by all but days.")
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw dollars a day by model, as .png, .svg or .pdf.",
)
@answering
@pass_stack
def spend(stack: Stack, *, since: date, by: tuple[str, ...], plot: Path | None) -> Report:
    """Sum up what was spent, by keys, teams, models and days.

    LiteLLM books a request some seconds after it; days are those of UTC.
    """
    with services(stack.settings()) as there, there.models() as connection:
        spent = spending.since(connection, since)
    if plot:
        draw(spent, plot)
    return Report.of(since, spent, by or _USUAL)


def _today() -> date:
    return datetime.now(UTC).date()
