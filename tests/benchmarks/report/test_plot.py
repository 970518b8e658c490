"""The plot."""

from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.report.plot import draw
from benchmarks.samples import OPERATIONS, Results


def test_the_plot_is_svg_with_a_panel_for_each_operation(results: Results, tmp_path: Path) -> None:
    draw(results, tmp_path / "plot.svg")
    root = ET.parse(tmp_path / "plot.svg").getroot()  # noqa: S314 - just written
    assert root.tag.endswith("svg")
    panels = [group for group in root.iter() if group.get("id", "").startswith("axes_")]
    assert len(panels) == len(OPERATIONS)


def test_the_same_results_give_the_same_plot(results: Results, tmp_path: Path) -> None:
    for name in ("one", "other"):
        draw(results, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_way_that_was_not_measured_is_left_out(results: Results, tmp_path: Path) -> None:
    draw(Results("", {}, {}, [s for s in results.samples if s.way == "ours"]), tmp_path / "plot.svg")
    assert (tmp_path / "plot.svg").stat().st_size > 0
