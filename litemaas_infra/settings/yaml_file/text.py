"""The text of a file that a setting names, or why there is none."""

import stat
from pathlib import Path
from typing import Final

from litemaas_infra.errors import SettingsError

_MOST: Final = 2**20
"""Bytes of a file that people wrote; a thousand models are far below it."""


def read_text(path: Path) -> str:
    """The file's text. Raises SettingsError with what keeps it from being read, in words after its name."""
    try:
        content = _content(path)
    except FileNotFoundError:
        raise SettingsError(f"is not there (looked for as {path})") from None
    except (OSError, ValueError) as error:  # a name that no file can have is a ValueError
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise SettingsError(f"cannot be read: {reason}") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"is not UTF-8 text in line {line}; save it as UTF-8") from None


def _content(path: Path) -> bytes:
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise SettingsError("is not a file; name the file itself")
    if about.st_size > _MOST:
        raise SettingsError(f"is larger than {_MOST // 2**20} MiB, which no such file is")
    with path.open("rb") as file:
        return file.read(_MOST + 1)
