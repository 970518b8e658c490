"""Files that the gateway reads, as the settings read them."""

import tempfile
from pathlib import Path

from litemaas_infra.settings.config_file import ConfigFile, read

FILE = "config.yaml"


def read_text(text: str | bytes) -> ConfigFile:
    """What a file with this content is read as."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(text.encode() if isinstance(text, str) else text)
        return read(FILE, Path(folder))


def mistakes(text: str | bytes) -> list[str]:
    """What is wrong with a file, each without the file's name, which it begins with."""
    found = read_text(text).mistakes
    assert all(mistake.startswith(f"{FILE}:") for mistake in found)
    return [mistake.removeprefix(f"{FILE}:").strip() for mistake in found]
