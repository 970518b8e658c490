"""Processes that are started, noted and found again."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.cluster import processes
from sandbox.cluster.down import end
from sandbox.cluster.processes import Process


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Path]:
    for name in ("log", "pid"):
        (tmp_path / name).mkdir()
    yield tmp_path
    for process in processes.noted(tmp_path):
        end({process.pid} if process.alive else set())


def start(run: Path, name: str, *command: str) -> Process:
    return processes.start(name, command, run, {"GREETING": "hello"})


def until_dead(process: Process) -> None:
    deadline = time.monotonic() + 10
    while process.alive:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_started_process_is_noted_and_alive(run: Path) -> None:
    process = start(run, "sleeper", "sleep", "60")
    assert processes.noted(run) == [process]
    assert process.alive


def test_it_has_its_own_session_so_that_an_interrupt_here_spares_it(run: Path) -> None:
    assert os.getsid(start(run, "sleeper", "sleep", "60").pid) != os.getsid(0)


def test_an_ended_process_is_not_alive(run: Path) -> None:
    until_dead(start(run, "short", "true"))


def test_another_process_under_the_same_pid_is_not_taken_for_it() -> None:
    assert Process("self", os.getpid(), processes.start_time(os.getpid())).alive
    assert not Process("former", os.getpid(), "1").alive


def test_the_log_holds_what_it_says_and_its_end_is_shown(run: Path) -> None:
    until_dead(start(run, "talker", "sh", "-c", 'echo first; echo "$GREETING" >&2'))
    assert processes.last_lines(run / "log" / "talker.log", 1) == ["hello"]


def test_a_missing_log_has_no_lines(tmp_path: Path) -> None:
    assert processes.last_lines(tmp_path / "none.log") == []


def test_this_process_and_those_above_it_never_count_as_the_sandboxs(tmp_path: Path) -> None:
    (tmp_path / "pid").mkdir()
    (tmp_path / "pid" / "test").write_text(f"{os.getpid()} {processes.start_time(os.getpid())}")
    assert os.getpid() not in processes.inside(tmp_path)


def test_descendants_are_found_through_their_parents() -> None:
    script = "import subprocess; subprocess.run(['sleep', '60'])"
    with subprocess.Popen([sys.executable, "-c", script]) as child:
        deadline = time.monotonic() + 10
        while len(found := processes.descendants(os.getpid())) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert child.pid in found
        end(found)
