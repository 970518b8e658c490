"""What is shown of the results: a plot, and the README's section with the tables."""

from pathlib import Path

from benchmarks.report.plot import PLOT, draw
from benchmarks.report.readme import replaced
from benchmarks.report.section import section
from benchmarks.samples import Results


def write(results: Results, folder: Path, readme: Path | None) -> None:
    """Draw the plot into the folder; write the section into the README, or to the folder if there is none."""
    draw(results, folder / PLOT)
    text = section(results)
    if readme is None:
        (folder / "section.md").write_text(text)
    else:
        readme.write_text(replaced(readme.read_text(), text))
