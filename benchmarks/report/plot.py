"""Time against number of models, one panel for each operation."""

from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.report.figures import both_floors
from benchmarks.samples import ANSIBLE, OPERATIONS, OURS, PULUMI, Results

PLOT: Final = "speed.svg"
_LINES: Final[dict[str, dict[str, Any]]] = {
    "the Ansible role": {"color": "#b35900", "marker": "s"},
    "this project": {"color": "#0b5fa5", "marker": "o", "linewidth": 2.2},
    "LiteLLM's and Pulumi's floor": {"color": "#555555", "marker": ".", "linestyle": "--"},
    "Pulumi's floor": {"color": "#999999", "marker": ".", "linestyle": ":"},
}


def draw(results: Results, file: Path) -> None:
    """Write the plot as SVG; the same results give the same file."""
    mpl.rcParams["svg.hashsalt"] = "benchmarks"
    figure = Figure(figsize=(11, 3.4), layout="constrained", facecolor="white")
    panels = figure.subplots(1, len(OPERATIONS), sharey=True)
    for panel, operation in zip(panels, OPERATIONS, strict=True):
        _panel(panel, results, operation)
    panels[0].set_ylabel("seconds")
    lines, labels = panels[0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside lower center", ncols=len(_LINES), frameon=False)
    figure.savefig(file, format="svg", metadata={"Date": None})


def _panel(panel: Any, results: Results, operation: str) -> None:
    for label, style in _LINES.items():
        points = [
            (n, s) for n in results.sizes() if (s := _seconds(results, label, operation, n)) is not None
        ]
        panel.plot([n for n, _ in points], [s for _, s in points], label=label, **style)
    panel.set(title=operation, xlabel="models", xscale="log", yscale="log", xticks=results.sizes(OURS))
    panel.minorticks_off()
    panel.xaxis.set_major_formatter("{x:.0f}")
    panel.yaxis.set_major_formatter("{x:g}")
    panel.grid(visible=True, color="#e5e5e5")


def _seconds(results: Results, label: str, operation: str, models: int) -> float | None:
    if label == "LiteLLM's and Pulumi's floor":
        return both_floors(results, operation, models)
    way = {"this project": OURS, "Pulumi's floor": PULUMI, "the Ansible role": ANSIBLE}[label]
    return results.typical(way, operation, models)
