"""The README's section, from results."""

from pathlib import Path

from benchmarks.report.plot import PLOT
from benchmarks.report.readme import BEGIN, END
from benchmarks.report.section import section
from benchmarks.samples import Results, load

CHECKOUT = Path(__file__).parents[3]


def test_the_section_names_the_machine_the_day_and_the_load(results: Results) -> None:
    text = section(results)
    for word in ("2026-11-21", "2 cores (Abacus)", "24 GiB", "LiteLLM 1.108.7", "load average 0.5 to 0.5"):
        assert word in text


def test_the_section_says_what_part_is_litellms_own(results: Results) -> None:
    assert "1000 ms among the first 10, and 3000 ms when it has 20" in section(results)


def test_the_plot_that_is_shown_is_there() -> None:
    readme = (CHECKOUT / "README.md").read_text()
    assert f"(benchmarks/{PLOT})" in readme
    assert (CHECKOUT / "benchmarks" / PLOT).exists()


def test_the_readme_shows_the_results_that_lie_beside_the_benchmarks() -> None:
    shown = (CHECKOUT / "README.md").read_text().partition(BEGIN)[2].partition(END)[0]
    assert shown == section(load(CHECKOUT / "benchmarks" / "results.json"))
