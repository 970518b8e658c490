from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.litemaas_infra.support.kubernetes import FakeKubernetes, kubeconfig, kubernetes


@pytest.fixture
def api() -> Iterator[FakeKubernetes]:
    """A Kubernetes API."""
    with kubernetes() as fake:
        yield fake


@pytest.fixture
def config(api: FakeKubernetes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kubeconfig that leads to it, and is in use."""
    path = kubeconfig(tmp_path / "kubeconfig", test=api.url)
    monkeypatch.setenv("KUBECONFIG", str(path))
    return path
