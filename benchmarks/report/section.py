"""The README's section in words and tables."""

from benchmarks.report.figures import pace
from benchmarks.report.plot import PLOT
from benchmarks.report.table import comparison, growth
from benchmarks.samples import ANSIBLE, FLOOR, OURS, Results


def section(results: Results) -> str:
    """Everything between the README's markers."""
    parts = [
        f"![Seconds against number of models, by operation](benchmarks/{PLOT})",
        comparison(results).strip(),
        _meaning(results),
        _litellm(results),
        growth(results).strip(),
    ]
    return "\n" + "\n\n".join(part for part in parts if part) + "\n\n"


def _meaning(results: Results) -> str:
    machine = results.machine
    loads = sorted(sample.load for sample in results.samples)
    return (
        f"Measured on {results.date}: {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory']}, LiteLLM {machine['LiteLLM']}, Pulumi {machine['pulumi']}, "
        f"Python {machine['python']}, load average {loads[0]:.1f} to {loads[-1]:.1f}; medians, "
        "the shortest and longest of several in brackets, ~ where the role's time is in proportion to "
        f"what it needs for {max(results.sizes(ANSIBLE), default=0)} models."
    )


def _litellm(results: Results) -> str:
    """What part of it is LiteLLM's own."""
    measured = pace(results)
    if len(measured) < 2:  # noqa: PLR2004 - growth is between two
        return ""
    first, last = min(measured), max(measured)
    shares = [
        f"{100 * floor / ours:.0f} % of the {ours:.0f} s for {n}"
        for n in results.sizes(OURS, FLOOR)
        if n >= 100  # noqa: PLR2004
        and (ours := results.typical(OURS, "register", n))
        and (floor := results.typical(FLOOR, "register", n))
    ]
    share = f" That is {' and '.join(shares)} models." if shares else ""
    return (
        "LiteLLM reads every model again at every write, in one process, so that parallel requests gain "
        f"nothing: one more model takes it {measured[first]:.0f} ms among the first {first}, and "
        f"{measured[last]:.0f} ms when it has {last}.{share}"
    )
