"""Writing between the README's markers."""

import pytest

from benchmarks.report.readme import BEGIN, END, replaced


def test_only_what_is_between_the_markers_is_written() -> None:
    assert replaced(f"before\n{BEGIN}old\n{END}after\n", "new\n") == f"before\n{BEGIN}new\n{END}after\n"


def test_writing_twice_is_writing_once() -> None:
    once = replaced(f"{BEGIN}{END}", "new\n")
    assert replaced(once, "new\n") == once


@pytest.mark.parametrize("readme", ["", BEGIN, END, f"{END}{BEGIN}"])
def test_a_readme_without_the_markers_is_refused(readme: str) -> None:
    with pytest.raises(ValueError, match="lacks a line"):
        replaced(readme, "new\n")
