"""A `pulumi` that tells the settings it was given, and remembers what it was asked."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_SCRIPT = """#!/bin/sh
printf '%s\\n' "$*" >> "{folder}/asked"
[ -e "{folder}/refusal" ] && {{ cat "{folder}/refusal" >&2; exit 255; }}
cat "{folder}/config.json"
"""


@dataclass(frozen=True)
class FakePulumi:
    """The one that is found first. Its files are in a folder of its own."""

    folder: Path

    @classmethod
    def first(cls, folder: Path, monkeypatch: pytest.MonkeyPatch) -> "FakePulumi":
        """Make it, and put it first on the PATH."""
        folder.mkdir()
        program = folder / "pulumi"
        program.write_text(_SCRIPT.format(folder=folder))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        made = cls(folder)
        made.configure()
        return made

    def configure(self, **settings: Any) -> None:
        """Have these settings of the project, and no others."""
        told = {f"litemaas:{name}": _as_pulumi_tells(value) for name, value in settings.items()}
        (self.folder / "config.json").write_text(json.dumps(told))

    @property
    def settings(self) -> list[tuple[str, str, str]]:
        """What it was told to set, in this order: each one's path, type and value."""
        told = [line.partition(" set --path --type ")[2] for line in self.asked if " set " in line]
        parts = [(*line.partition(" -- ")[::2],) for line in told]
        return [(setting.partition(" ")[0], kind, setting.partition(" ")[2]) for kind, setting in parts]

    def refuse(self, words: str) -> None:
        """End with these words from now on."""
        (self.folder / "refusal").write_text(words)

    @property
    def asked(self) -> list[str]:
        """The arguments of every call, in one line each."""
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []


def _as_pulumi_tells(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"value": value, "secret": False}
    return {"value": json.dumps(value), "objectValue": value, "secret": "api_key" in json.dumps(value)}
