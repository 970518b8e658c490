"""The machine's settings that the kubelet changes."""

from pathlib import Path

import pytest

from sandbox.cluster import tunables


@pytest.fixture
def setting(tmp_path: Path) -> Path:
    file = tmp_path / "sys" / "kernel" / "panic"
    file.parent.mkdir(parents=True)
    file.write_text("1\n")
    return file


def _note(tmp_path: Path, sandbox: str) -> Path:
    """Where a sandbox of that name notes them."""
    folder = tmp_path / sandbox
    folder.mkdir()
    return folder / "sysctls.json"


def test_what_was_noted_is_put_back(tmp_path: Path, setting: Path) -> None:
    mine = _note(tmp_path, "litemaas-sandbox")
    tunables.note(mine, tmp_path / "sys")
    setting.write_text("10\n")
    tunables.restore(mine, tmp_path / "sys")
    assert setting.read_text() == "1\n"


def test_nothing_noted_changes_nothing(tmp_path: Path) -> None:
    tunables.restore(tmp_path / "noted", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("first", [0, 1])
def test_the_last_of_two_sandboxes_puts_back_what_was_before_the_first(
    tmp_path: Path, setting: Path, first: int
) -> None:
    notes = [_note(tmp_path, name) for name in ("litemaas-sandbox", "litemaas-sandbox-second")]
    for note in notes:
        tunables.note(note, tmp_path / "sys")
        setting.write_text("10\n")
    tunables.restore(notes.pop(first), tmp_path / "sys")
    assert setting.read_text() == "10\n"
    tunables.restore(notes[0], tmp_path / "sys")
    assert setting.read_text() == "1\n"
