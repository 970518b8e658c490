"""Executables that start this checkout's plugins with this checkout's Python."""

import sys
from pathlib import Path

from sandbox.paths import CHECKOUT

LONGEST = 255
"""Bytes of an executable's first line that the kernel reads."""


class LauncherError(Exception):
    """The running Python cannot be named in an executable's first line; the message says why."""


def write(path: Path, module: str) -> None:
    """Make `path` an executable that runs `module`'s `main` from this checkout. Raises LauncherError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.write_text("\n".join(_lines(module)) + "\n")
    unfinished.chmod(0o755)
    unfinished.rename(path)  # at once: a Pulumi under way never meets half a launcher


def _lines(module: str) -> list[str]:
    first = f"#!{sys.executable}"
    if " " in first or len(first) > LONGEST:
        raise LauncherError(
            f"{sys.executable} is too long a path, or holds a space: no executable can name it. "
            "Move the checkout to a shorter path without spaces."
        )
    return [
        first,
        "import sys",
        f"sys.path.insert(0, {str(CHECKOUT)!r})",
        f"from {module} import main",
        "main()",
    ]
