from collections.abc import Iterator

import pytest

from litemaas_infra.clients import litellm, wire
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.clients.wire import Wire
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.web import WebServer, serving

PATIENCE = 0.3


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "GRACE", 0.2)
    for module in (wire, litellm):
        monkeypatch.setattr(module, "PATIENCE", PATIENCE)
        monkeypatch.setattr(module, "PAUSE", 0.01)


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much as there is outside of tests, for those that end before it does: any machine may be busy."""
    for name in ("GRACE", "PATIENCE"):
        monkeypatch.setattr(wire, name, 60.0)


@pytest.fixture
def fake() -> FakeLiteLLM:
    return FakeLiteLLM()


@pytest.fixture
def server(fake: FakeLiteLLM) -> Iterator[WebServer]:
    with serving(fake) as server:
        yield server


@pytest.fixture
def gateway(server: WebServer) -> Iterator[Gateway]:
    with Wire(server.url, MASTER_KEY, trust=True) as connection:
        yield Gateway(connection)
