"""`sandbox build`: what `up`, or a test, would have to build, beside whatever is up."""

from pathlib import Path

import pytest
from rich.console import Console

from sandbox.artifacts import Artifact
from sandbox.cluster import packages, prerequisites, up
from sandbox.cluster.progress import Progress
from sandbox.images.litellm import VERSIONS
from sandbox.ingress import TRAEFIK
from sandbox.monitoring import PROMTOOL
from sandbox.paths import CACHE


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is built, on a machine that has everything but the artifacts."""
    done: list[str] = []

    def build(artifact: Artifact) -> None:
        done.append(artifact.name)
        artifact.folder.mkdir(parents=True)

    monkeypatch.setattr("sandbox.artifacts.CACHE", tmp_path)
    monkeypatch.setattr(up, "ensure", build)
    monkeypatch.setattr(prerequisites, "lacking", lambda **_: [])
    monkeypatch.setattr(packages, "missing", list)
    return done


def build() -> None:
    up.build(Progress(Console(quiet=True)))


def test_all_that_a_sandbox_or_its_tests_may_need_is_built_once(built: list[str]) -> None:
    build()
    assert CACHE not in TRAEFIK.folder.parents
    assert built[: len(up.ARTIFACTS)] == [artifact.name for artifact in up.ARTIFACTS]
    others = {TRAEFIK.name, PROMTOOL.name, *(f"image-litellm-{version}" for version in VERSIONS)}
    assert others <= set(built)
    assert len(set(built)) == len(built)
    build()
    assert len(set(built)) == len(built)


def test_what_fails_to_build_is_reported(built: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(artifact: Artifact) -> None:
        raise RuntimeError(artifact.name)

    monkeypatch.setattr(up, "ensure", fail)
    with pytest.raises(RuntimeError, match="kube"):
        build()
    assert not built
