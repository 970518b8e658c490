"""What can be wrong with YAML itself, in words that people can mend it by.

The parser's own words are never shown: they repeat pieces of the file, and there may be a key in it.
"""

from typing import Final

import yaml
from yaml.reader import Reader

_WORDS: Final = (
    (
        "mapping values are not allowed",
        "a colon stands where none can be; a text with ': ' in it needs quotes",
    ),
    ("found character '\\t'", "a tab where YAML wants spaces"),
    (
        "that cannot start any token",
        "a text begins with a character that YAML keeps for itself; put it in quotes",
    ),
    (
        "found undefined alias",
        "a text that begins with * needs quotes; without them it is an alias, of nothing",
    ),
    ("found duplicate anchor", "an anchor is defined twice; a text that begins with & needs quotes"),
    ("while scanning an", "a text that begins with & or * needs quotes"),
    ("could not find expected ':'", "a line has no colon, or no space after it; write NAME: VALUE"),
    ("expected <block end>", "the indent differs from that of the lines before, or a quote ends too early"),
    (
        "sequence entries are not allowed",
        "an entry of a list begins where none can; put - on a line of its own",
    ),
    ("unknown escape character", "a backslash in double quotes; use single quotes"),
    ("found unexpected end of stream", "a quote is opened here and never closed"),
    ("while parsing a flow", "a [ or { is opened here and never closed, or a comma is missing"),
    ("expected a single document", "another document begins; keep one, and remove the line ---"),
)
"""By what the parser says, the first that fits."""
_OPENED: Final = ("a simple key", "a quoted scalar", "while parsing a flow")
"""What goes wrong where it begins, though the parser sees it only later."""


def in_our_words(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The error's line, counted from 1, and what mends it."""
    said = f"{error.context} {error.problem}"
    opened = error.context_mark if any(thing in said for thing in _OPENED) else None
    mark = opened or error.problem_mark
    words = next(
        (words for beginning, words in _WORDS if beginning in said), "it cannot be read from here on"
    )
    return (mark.line + 1 if mark else 1), f"is not YAML: {words}"


def unprintable(text: str) -> int | None:
    """The line of the first character that no YAML file may hold; None if there is none."""
    found = Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None
