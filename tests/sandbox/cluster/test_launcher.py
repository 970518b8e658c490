"""The command `sandbox/sandbox`."""

import subprocess
from pathlib import Path

import pytest

from sandbox.cluster import lock
from sandbox.cluster.errors import SandboxError
from sandbox.paths import CHECKOUT

LAUNCHER = CHECKOUT / "sandbox" / "sandbox"


def launch(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LAUNCHER, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_it_works_from_any_folder_and_by_a_link(tmp_path: Path) -> None:
    link = tmp_path / "sandbox"
    link.symlink_to(LAUNCHER)
    (tmp_path / "rich.py").write_text("raise SystemExit('a stranger was imported')")
    done = subprocess.run([link, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert all(command in done.stdout for command in ("up", "down", "status", "run", "open", "image"))


def test_a_command_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    done = launch("sideways", cwd=tmp_path)
    assert done.returncode == 2
    assert "status" in done.stderr


def test_run_without_a_command_says_how(tmp_path: Path) -> None:
    done = launch("run", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("sandbox: nothing to run; for example:")


def test_two_at_a_time_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "NETWORK", "of-this-test")  # the machine's own lock may be held
    with lock.exclusively(), pytest.raises(SandboxError, match="another"), lock.exclusively():
        pass
