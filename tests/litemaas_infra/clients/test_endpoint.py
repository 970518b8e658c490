"""A model's endpoint, asked for what it serves: a server that answers as OpenAI's API does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from litemaas_infra.clients import endpoint
from litemaas_infra.errors import EndpointRefused, EndpointUnseen
from tests.litemaas_infra.support.models import granite
from tests.litemaas_infra.support.web import Answer, Request, WebServer, free_port, serving

NO_CLUSTER: Any = None
MODEL = "granite-3-2-8b-instruct"


def _listing(*models: str) -> Answer:
    return Answer(200, {"data": [{"id": model} for model in models]})


@contextmanager
def _endpoint(answer: Answer) -> Iterator[WebServer]:
    def respond(request: Request) -> Answer:
        return answer if request.path == "/v1/models" else Answer(404)

    with serving(respond) as server:
        yield server


def _check(server: WebServer, **other: Any) -> None:
    endpoint.check(granite(api_base=f"{server.url}/v1", **other), NO_CLUSTER, trust=True)


def test_an_endpoint_that_serves_the_model_is_asked_once_with_its_key() -> None:
    with _endpoint(_listing("other", MODEL)) as server:
        _check(server)
    (asked,) = server.requests
    assert asked.headers["Authorization"] == "Bearer sk-of-the-endpoint"


def test_a_model_that_the_endpoint_does_not_serve_is_refused_with_those_it_does() -> None:
    with _endpoint(_listing("a", "b")) as server, pytest.raises(EndpointRefused) as caught:
        _check(server)
    assert f"does not serve '{MODEL}', the litellm_model of 'granite'; it serves: a, b" in str(caught.value)
    assert "`discover` to false" in str(caught.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_the_endpoint_does_not_accept_is_refused_and_not_shown(status: int) -> None:
    with (
        _endpoint(Answer(status)) as server,
        pytest.raises(EndpointRefused, match="does not accept the key") as e,
    ):
        _check(server)
    assert "sk-of-the-endpoint" not in str(e.value)


def test_a_key_that_only_the_gateway_knows_is_not_sent() -> None:
    with _endpoint(Answer(401)) as server, pytest.raises(EndpointUnseen):
        _check(server, api_key="os.environ/GRANITE_KEY")
    assert "Authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    "answer", [Answer(404), Answer(500), Answer(200, "<html>"), Answer(200, {"data": 5})]
)
def test_an_endpoint_that_lists_nothing_is_not_known(answer: Answer) -> None:
    with _endpoint(answer) as server, pytest.raises(EndpointUnseen, match="could not be asked"):
        _check(server)


def test_an_endpoint_that_is_not_there_is_not_known() -> None:
    spec = granite(api_base=f"http://127.0.0.1:{free_port()}/v1")
    with pytest.raises(EndpointUnseen, match="of 'granite' could not be asked"):
        endpoint.check(spec, NO_CLUSTER, trust=True)


@pytest.mark.parametrize(
    "other",
    [
        {"litellm_model": "anthropic/claude"},
        {"litellm_model": "gpt-4o"},
        {"api_base": None},
        {"api_base": "os.environ/BASE"},
    ],
)
def test_what_cannot_be_asked_is_not_asked(other: dict[str, Any]) -> None:
    endpoint.check(granite(**other), NO_CLUSTER, trust=True)


def test_an_address_without_a_model_tells_what_it_serves() -> None:
    with _endpoint(_listing("b", "a")) as server:
        assert endpoint.models(f"{server.url}/v1", "sk-key", NO_CLUSTER, trust=True) == ["b", "a"]
    assert server.requests[0].headers["Authorization"] == "Bearer sk-key"
