"""What the user sees while waiting."""

import io
import os
import re
import time
from pathlib import Path

import pytest
from rich.console import Console

from sandbox.cluster import progress
from sandbox.cluster.progress import Progress, Step


def test_a_step_tells_what_it_waits_for() -> None:
    assert str(Step("Starting", detail="waiting for the node")) == "Starting (0 s): waiting for the node"


def test_without_that_it_shows_the_last_line_of_the_newest_log(tmp_path: Path) -> None:
    for age, name in enumerate(("new", "old")):
        log = tmp_path / f"{name}.log"
        log.write_text(f"first\nlast of {name}\n")
        os.utime(log, (1000 - age, 1000 - age))
    assert str(Step("Building", tmp_path)) == "Building (0 s): last of new"


def test_without_a_terminal_a_long_step_says_now_and_then_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "PLAIN_INTERVAL", 0.01)
    output = io.StringIO()
    with Progress(Console(file=output)).step("Building it, 1 of 2"):
        time.sleep(0.1)
    lines = output.getvalue().splitlines()
    assert re.fullmatch(r"Building it, 1 of 2 \(\d+ s\)", lines[0])
    assert re.fullmatch(r"Building it, 1 of 2: \d+\.\d s", lines[-1])


def test_a_failed_step_does_not_look_done() -> None:
    output = io.StringIO()
    with pytest.raises(RuntimeError), Progress(Console(file=output)).step("Building"):
        raise RuntimeError
    assert output.getvalue() == ""
