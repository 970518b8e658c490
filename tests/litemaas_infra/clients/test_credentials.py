"""What a gateway says of a credential that it did not keep. How one lives a real gateway shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from litemaas_infra.clients.credentials import Credentials
from litemaas_infra.clients.dialect import Dialect
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.credential import CredentialSpec
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM, refusal
from tests.litemaas_infra.support.web import Answer, WebServer

SPEC = CredentialSpec.model_validate({"name": "my key", "values": {"api_key": "sk-secret"}})
OF_1_74 = {"message": "no: sk-secret", "type": "internal_error", "param": "None", "code": "500"}
"""An error of its, which it answers with status 200."""


@pytest.fixture
def row() -> dict[str, Any]:
    """What the gateway's database has of it."""
    return {}


@pytest.fixture
def credentials(server: WebServer, row: dict[str, Any]) -> Iterator[Credentials]:
    @contextmanager
    def stored() -> Iterator[Any]:
        found = SimpleNamespace(fetchone=lambda: row or None)
        yield SimpleNamespace(execute=lambda *_: found)

    with Wire(server.url, MASTER_KEY, trust=True) as wire:
        yield Credentials(wire, Dialect(), stored, "sk-salt")


@pytest.mark.parametrize("answer", [Answer(200, OF_1_74), refusal("no: sk-secret", 400)])
def test_one_that_was_not_kept_is_an_error_whatever_the_status_and_its_value_is_not_told(
    credentials: Credentials, fake: FakeLiteLLM, answer: Answer
) -> None:
    fake.first = [answer]
    with pytest.raises(GatewayRefused, match=r"no: \[secret\]") as refused:
        credentials.make(SPEC)
    assert "sk-secret" not in str(refused.value)


def test_one_that_stays_is_an_error_and_one_that_is_gone_is_none(
    credentials: Credentials, fake: FakeLiteLLM, row: dict[str, Any]
) -> None:
    fake.first = [Answer(200, OF_1_74), Answer(200, OF_1_74)]
    credentials.forget("my key")
    row.update(credential_name="my key", credential_values={}, credential_info=None)
    with pytest.raises(GatewayRefused, match="did not delete credential 'my key'"):
        credentials.forget("my key")
