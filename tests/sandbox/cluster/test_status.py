"""How `sandbox status` words what it found."""

from pathlib import Path
from typing import Any

import pytest

from sandbox.cluster import state, status
from sandbox.cluster.state import Sandbox
from sandbox.cluster.status import Status


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(state, "FILE", tmp_path / "sandbox.json")
    return tmp_path / "sandbox.json"


def pod(phase: str, ready: str) -> dict[str, Any]:
    return {"status": {"phase": phase, "conditions": [{"type": "Ready", "status": ready}]}}


def test_without_a_sandbox_it_says_so_and_is_not_healthy(
    note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not note.exists()
    assert status.report(as_json=False) == 1
    assert capsys.readouterr().out == "The sandbox is not up.\n"


def test_a_dead_component_and_the_problem_are_shown() -> None:
    components = {"etcd": {"pid": 7, "alive": True}, "proxy": {"pid": 8, "alive": False}}
    found = Status("aws", True, components, ["litemaas/litellm (Pending)"], ["pause:1"], ["proxy ended"])
    assert [line.split() for line in status.describe(found).splitlines()] == [
        ["flavour", "aws;", "node", "node0", "Ready"],
        ["etcd", "pid", "7"],
        ["proxy", "ended"],
        ["pod", "not", "ready:", "litemaas/litellm", "(Pending)"],
        ["image", "pause:1"],
        ["problem:", "proxy", "ended"],
    ]


@pytest.mark.parametrize(
    ("phase", "ready", "well"),
    [("Running", "True", True), ("Running", "False", False), ("Succeeded", "False", True)],
)
def test_a_pod_is_well_when_ready_or_done(phase: str, ready: str, *, well: bool) -> None:
    assert status._well(pod(phase, ready)) is well


def test_a_sandbox_is_read_back_as_noted(note: Path) -> None:
    sandbox = Sandbox("cnv", "/cache/kube", ("/cache/image",))
    sandbox.save()
    assert note.exists()
    assert state.load() == sandbox


def test_a_torn_note_counts_as_none(note: Path) -> None:
    note.write_text('{"flavour": "a')
    assert state.load() is None
