"""`sandbox image litellm`: other versions for a running sandbox."""

from pathlib import Path

import pytest
from rich.console import Console

from sandbox.artifacts import Artifact
from sandbox.cluster import image, images, state
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.progress import Progress
from sandbox.images.litellm import DEFAULT


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is built and unpacked, in a sandbox that is up as far as its note says."""
    monkeypatch.setattr(state, "FILE", tmp_path / "sandbox.json")
    state.Sandbox("aws", "kube", ()).save()
    done: list[str] = []

    def build(artifact: Artifact) -> None:
        done.append(f"built {artifact.name}")

    def unpack(artifact: Artifact, socket: Path) -> None:
        done.append(f"unpacked {artifact.name} for {socket.name}")

    monkeypatch.setattr(image, "ensure", build)
    monkeypatch.setattr(images, "add", unpack)
    return done


def give(*versions: str) -> None:
    image.litellm(versions, Progress(Console(quiet=True)))


def test_a_version_is_built_and_unpacked(given: list[str]) -> None:
    give("1.74.7")
    assert given == ["built image-litellm-1.74.7", "unpacked image-litellm-1.74.7 for containerd.sock"]


def test_without_a_version_it_is_every_one_but_the_one_that_is_there(given: list[str]) -> None:
    give()
    unpacked = {entry.split()[1] for entry in given if entry.startswith("unpacked")}
    assert {"image-litellm-1.74.7", "image-litellm-1.109.1"} <= unpacked
    assert f"image-litellm-{DEFAULT}" not in unpacked


def test_a_version_that_it_cannot_build_is_refused_with_those_it_can(given: list[str]) -> None:
    with pytest.raises(SandboxError, match=r"cannot build LiteLLM 1\.82\.7; it can: 1\.74\.7, .*1\.109\.1"):
        give("1.74.7", "1.82.7")
    assert given == []


def test_without_a_sandbox_nothing_is_built(given: list[str]) -> None:
    state.FILE.unlink()
    with pytest.raises(SandboxError, match="no sandbox is up; start one with"):
        give("1.74.7")
    assert given == []
