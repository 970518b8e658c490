"""What is built for a flavour, and only for it."""

from pathlib import Path

import pytest

from sandbox import artifacts
from sandbox.cluster import up
from sandbox.ingress import TRAEFIK


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artifacts, "CACHE", tmp_path)


def test_only_plain_needs_an_ingress_controller_built() -> None:
    assert [flavour for flavour in ("aws", "cnv", "plain") if TRAEFIK in up._unbuilt(flavour)] == ["plain"]


def test_all_else_is_the_same_for_every_flavour() -> None:
    plain = [artifact for artifact in up._unbuilt("plain") if artifact is not TRAEFIK]
    assert plain == up._unbuilt("aws") == up._unbuilt("cnv") != []
