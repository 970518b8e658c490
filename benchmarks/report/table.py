"""Tables in Markdown."""

from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.report.figures import ansible, both_floors, is_extrapolated, memory, ratio
from benchmarks.samples import FLOOR, OPERATIONS, OURS, PULUMI, Results

_HEADINGS = (
    "operation",
    "models",
    "this project, s",
    "LiteLLM (a), s",
    "Pulumi (c), s",
    "this / (a + c)",
    "this / (c)",
    "role (b), s",
    "(b) / this",
)


def comparison(results: Results) -> str:
    """Every operation and number of models: medians, spreads and ratios."""
    sizes = results.sizes(OURS, FLOOR, PULUMI)
    return table(_HEADINGS, (_row(results, operation, n) for operation in OPERATIONS for n in sizes))


def growth(results: Results) -> str:
    """The provider's memory by number of models."""
    rows = ([str(n), *(f"{mib:.0f}" for mib in memory(results, n).values())] for n in results.sizes(OURS))
    return table(("models", "this project, MiB", "doing nothing (c), MiB"), rows)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, its first column of words, all others of numbers."""
    rule = ["---", *["--:"] * (len(headings) - 1)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (headings, rule, *rows))


def _row(results: Results, operation: str, models: int) -> list[str]:
    ours = results.typical(OURS, operation, models)
    role = ansible(results, operation, models)
    mark = "~" if is_extrapolated(results, models) else ""
    return [
        operation,
        str(models),
        *(_seconds(results.seconds(way, operation, models)) for way in (OURS, FLOOR, PULUMI)),
        _number(ratio(ours, both_floors(results, operation, models)), ".2f"),
        _number(ratio(ours, results.typical(PULUMI, operation, models)), ".2f"),
        _number(role, ".0f", mark),
        _number(ratio(role, ours), ".1f", mark),
    ]


def _seconds(found: Sequence[float]) -> str:
    """The median and, of several, the shortest and the longest."""
    if not found:
        return "-"
    spread = f" ({found[0]:.1f}-{found[-1]:.1f})" if len(found) > 1 else ""
    return f"{median(found):.1f}{spread}"


def _number(value: float | None, form: str, mark: str = "") -> str:
    return "-" if value is None else f"{mark}{value:{form}}"
