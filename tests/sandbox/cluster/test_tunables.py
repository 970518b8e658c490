"""The machine's settings that the kubelet changes."""

from pathlib import Path

from sandbox.cluster import tunables


def test_what_was_noted_is_put_back(tmp_path: Path) -> None:
    setting = tmp_path / "sys" / "kernel" / "panic"
    setting.parent.mkdir(parents=True)
    setting.write_text("1\n")
    tunables.note(tmp_path / "noted", tmp_path / "sys")
    setting.write_text("10\n")
    tunables.restore(tmp_path / "noted", tmp_path / "sys")
    assert setting.read_text() == "1\n"


def test_nothing_noted_changes_nothing(tmp_path: Path) -> None:
    tunables.restore(tmp_path / "noted", tmp_path)
    assert list(tmp_path.iterdir()) == []
