"""The part of the README that is written from results."""

from typing import Final

BEGIN: Final = "<!-- from here: written by benchmarks/run -->\n"
END: Final = "<!-- to here -->\n"


def replaced(readme: str, text: str) -> str:
    """The README with the text between the markers. Raises ValueError when it lacks one of them."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the README lacks a line {BEGIN.strip()!r}, followed by a line {END.strip()!r}")
    return f"{before}{BEGIN}{text}{END}{after}"
