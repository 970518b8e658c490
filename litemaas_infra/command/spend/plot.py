"""Dollars a day, a bar for each, parted by models."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from litemaas_infra.clients.spending import Spent
from litemaas_infra.errors import SettingsError

FORMATS: Final = (".png", ".svg", ".pdf")
_SIZE: Final = (9, 4)
"""Inches."""


def draw(spent: Sequence[Spent], file: Path) -> None:
    """Write the plot, in the format that the file's name ends with. Raises SettingsError."""
    if file.suffix not in FORMATS:
        raise SettingsError(f"{file} is no name of a plot: let it end in {', '.join(FORMATS)}")
    # It takes longer than all the rest of a command that draws nothing.
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained", facecolor="white")
    axes = figure.subplots()
    days = sorted({one.day for one in spent})
    below = [0.0] * len(days)
    for model, dollars in sorted(_by_model(spent).items()):
        heights = [dollars[day] for day in days]
        axes.bar(cast("Any", days), heights, bottom=below, label=model)  # typed without dates
        below = [low + high for low, high in zip(below, heights, strict=True)]
    axes.set_ylabel("dollars")
    if days:
        figure.autofmt_xdate()
        axes.legend(frameon=False)
    try:
        figure.savefig(file)
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}; name another file") from error


def _by_model(spent: Sequence[Spent]) -> dict[str, dict[date, float]]:
    sums: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for one in spent:
        sums[one.model or "(no model)"][one.day] += one.dollars
    return sums
