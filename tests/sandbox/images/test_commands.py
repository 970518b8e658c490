from pathlib import Path

import pytest

from sandbox.images.tools.commands import CommandError, run, step


def test_what_a_command_prints_follows_the_step_in_the_log(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log:
        step(log, "saying hello")
        run(log, "echo", "hello")
    assert (tmp_path / "log").read_text() == "saying hello\nhello\n"


def test_a_failing_command_is_named_with_its_status(tmp_path: Path) -> None:
    with (
        (tmp_path / "log").open("w") as log,
        pytest.raises(CommandError, match=r"`sh -c 'exit 3'` .* status 3"),
    ):
        run(log, "sh", "-c", "exit 3")


def test_a_missing_command_is_named(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log, pytest.raises(CommandError, match="nonesuch is not installed"):
        run(log, "nonesuch")
