"""What keeps a file from being read is said in one sentence."""

import os
from pathlib import Path

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.yaml_file.text import read_text


def _told(file: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        read_text(file)
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_a_file_is_text_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "models.yml"
    for mark in ("", "\ufeff"):
        file.write_text(f"{mark}é", encoding="utf-8")
        assert read_text(file) == "é"


def test_one_that_is_missing_is_named_with_where_it_was_looked_for(tmp_path: Path) -> None:
    assert _told(tmp_path / "no.yml") == f"is not there (looked for as {tmp_path / 'no.yml'})"


def test_one_that_would_be_inside_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert _told(tmp_path / "file" / "models.yml") == "cannot be read: Not a directory"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert _told(tmp_path) == "is not a file; name the file itself"


def test_nothing_is_waited_for_at_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _told(tmp_path / "pipe") == "is not a file; name the file itself"
    assert _told(Path("/dev/zero")) == "is not a file; name the file itself"


@pytest.mark.parametrize(
    ("name", "words"), [("x" * 300, "File name too long"), ("a\0b", "no file can have this")]
)
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str, words: str) -> None:
    assert words in _told(tmp_path / name)


def test_one_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "models.yml"
    file.touch()

    def refused(*_: object) -> None:  # root may read anything
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "open", refused)
    assert _told(file) == "cannot be read: Permission denied"


def test_a_huge_one_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(10**12)
    assert _told(tmp_path / "huge") == "is larger than 1 MiB, which no such file is"


def test_one_that_is_not_utf_8_is_named_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "models.yml").write_bytes(b"a: 1\nb: caf\xe9\n")
    assert _told(tmp_path / "models.yml") == "is not UTF-8 text in line 2; save it as UTF-8"
