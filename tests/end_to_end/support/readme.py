"""The README's lines under a heading, and what it says they print."""

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """Lines to type, in `sh` or `python`, and what the README prints right after them, if it does."""

    language: str
    lines: str
    printed: str | None

    def fits(self, output: str) -> bool:
        """Whether the output is what is printed, `...` standing for anything."""
        if self.printed is None:
            return True
        parts = (re.escape(part) for part in _trimmed(self.printed).rstrip("\n").split("..."))
        return re.fullmatch(".*".join(parts) + r"\s*", _trimmed(output), re.DOTALL) is not None


def steps(readme: Path, heading: str) -> list[Step]:
    """The steps under the heading, in order."""
    section = readme.read_text().partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    blocks = _BLOCK.findall(section)
    following = [*blocks[1:], ("", "")]
    return [
        Step(language, lines, printed if kind == "text" else None)
        for (language, lines), (kind, printed) in zip(blocks, following, strict=True)
        if language != "text"
    ]


def examples(readme: Path, language: str) -> list[str]:
    """The examples of files in that language, in order."""
    return [text for kind, text in _BLOCK.findall(readme.read_text()) if kind == language]


def _trimmed(text: str) -> str:
    """Without the blanks at the lines' ends, which nobody sees."""
    return "\n".join(line.rstrip() for line in text.split("\n"))
