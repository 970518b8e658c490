"""The ways a gateway says no, or nothing at all, and what the user is told."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litemaas_infra.clients import wire as wires
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayError, GatewayRefused, GatewayUnauthorized, GatewayUnreachable
from litemaas_infra.specs.deployment import Deployment
from tests.litemaas_infra.support.certificates import self_signed
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM, refusal
from tests.litemaas_infra.support.models import granite
from tests.litemaas_infra.support.web import Answer, Responder, WebServer, free_port, serving


@contextmanager
def _asking(responder: Responder, key: str = MASTER_KEY) -> Iterator[Gateway]:
    with serving(responder) as server, Wire(server.url, key, trust=True) as wire:
        yield Gateway(wire)


def _error(responder: Responder) -> GatewayError:
    with _asking(responder) as gateway, pytest.raises(GatewayError) as caught:
        gateway.served()
    return caught.value


def test_a_wrong_master_key_is_named_with_its_secret_and_the_remedy(server: WebServer) -> None:
    with (
        Wire(server.url, "sk-wrong", trust=True) as wire,
        pytest.raises(GatewayUnauthorized) as caught,
    ):
        Gateway(wire).served()
    assert "LITELLM_MASTER_KEY of Secret litellm-secret" in str(caught.value)
    assert "oc rollout restart deployment/litellm" in str(caught.value)
    assert "sk-wrong" not in str(caught.value)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_that_starts_is_waited_for(gateway: Gateway, fake: FakeLiteLLM, status: int) -> None:
    fake.first = [Answer(status, "<html>Application is not available</html>")] * 3
    assert gateway.served() == {}


def test_patience_ends_with_what_was_seen_last() -> None:
    error = _error(lambda _: Answer(503))
    assert isinstance(error, GatewayUnreachable)
    assert "did not answer for 0 s: status 503" in str(error)
    assert "kubectl get pods -l app=litellm" in str(error)


def test_a_refused_connection_is_reported_quickly() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    begun = time.monotonic()
    with Wire(url, MASTER_KEY, trust=True) as wire, pytest.raises(GatewayUnreachable, match=url):
        Gateway(wire).served()
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "text", ["<html>hello</html>", "", "[]", "null", '{"models": []}', '{"data": 5}', '{"data": [5]}']
)
def test_what_does_not_answer_as_litellm_is_said_not_to_be_it(text: str) -> None:
    error = _error(lambda _: Answer(200, text))
    assert isinstance(error, GatewayUnreachable)
    assert "does not answer as LiteLLM does; check litemaas:gatewayUrl" in str(error)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"error": {"message": "the reason"}}, "the reason"),
        ({"detail": {"error": "the reason"}}, "the reason"),
        ({"detail": "the reason"}, "the reason"),
        ({"error": "the reason"}, "the reason"),
        ({"message": "the reason"}, "the reason"),
        ("<html>", "Bad Request"),
        ([], "Bad Request"),
        ("null", "Bad Request"),
    ],
)
def test_a_refusal_tells_litellms_reason_in_each_of_its_forms(body: object, told: str) -> None:
    assert str(_error(lambda _: Answer(400, body))).endswith(f"refused /model/info: status 400: {told}")


def test_a_long_reason_is_cut() -> None:
    assert len(str(_error(lambda _: refusal("x" * 10_000, 400)))) < 700


def test_a_server_that_breaks_off_is_reported() -> None:
    def broken(_: object) -> Answer:
        raise ConnectionResetError

    error = _error(broken)
    assert isinstance(error, GatewayUnreachable)
    assert "broke off" in str(error)


@pytest.mark.usefixtures("patience")
def test_a_request_that_was_broken_off_is_sent_again() -> None:
    answers = iter([None, Answer(200, {"data": []})])

    def broken_once(_: object) -> Answer:
        if answer := next(answers):
            return answer
        raise ConnectionResetError

    with _asking(broken_once) as gateway:
        assert gateway.served() == {}


def test_a_gateway_that_is_silent_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "ANSWER", 0.2)
    over = threading.Event()

    def silent(_: object) -> Answer:
        over.wait(10)
        return Answer(200, {"data": []})

    try:
        error = _error(silent)
    finally:
        over.set()
    assert isinstance(error, GatewayUnreachable)
    assert "did not answer GET /model/info within" in str(error)


@pytest.mark.usefixtures("patience")
def test_a_router_that_does_not_know_the_gateway_yet_is_asked_again() -> None:
    unknown = Answer(404, "404 page not found", {"Content-Type": "text/plain"})
    answers = iter([unknown, Answer(200, {"data": []})])
    with _asking(lambda _: next(answers)) as gateway:
        assert gateway.served() == {}


@pytest.mark.usefixtures("patience")
def test_a_certificate_that_an_ingress_controller_serves_a_moment_later_is_waited_for(tmp_path: Path) -> None:
    before, after = (self_signed(_folder(tmp_path / name), "localhost") for name in ("before", "after"))
    served = iter([before.server, after.server])

    def serve(connection: ssl.SSLObject, _: str, __: ssl.SSLContext) -> None:
        connection.context = next(served)

    before.server.sni_callback = serve
    trust = ssl.create_default_context(cadata=after.certificate)
    with serving(FakeLiteLLM(), before.server) as server:
        url = server.url.replace("127.0.0.1", "localhost")
        with Wire(url, MASTER_KEY, trust) as wire:
            assert Gateway(wire).served() == {}


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_an_untrusted_certificate_is_reported_soon_with_the_ways_out(tmp_path: Path) -> None:
    tls = self_signed(tmp_path)
    with (
        serving(FakeLiteLLM(), tls.server) as server,
        Wire(server.url, MASTER_KEY, ssl.create_default_context()) as wire,
        pytest.raises(GatewayUnreachable) as caught,
    ):
        Gateway(wire).served()
    assert f"the certificate of {server.url} is not trusted" in str(caught.value)
    assert "pulumi config set litemaas:verifyTls false" in str(caught.value)
    assert server.requests == []


def test_a_certificate_of_a_trusted_authority_is_accepted(tmp_path: Path) -> None:
    tls = self_signed(tmp_path)
    trust = ssl.create_default_context(cadata=tls.certificate)
    with serving(FakeLiteLLM(), tls.server) as server, Wire(server.url, MASTER_KEY, trust) as wire:
        assert Gateway(wire).served() == {}


def test_without_verification_any_certificate_is_accepted(tmp_path: Path) -> None:
    with (
        serving(FakeLiteLLM(), self_signed(tmp_path).server) as server,
        Wire(server.url, MASTER_KEY, trust=False) as wire,
    ):
        assert Gateway(wire).served() == {}


def _echo(key: str) -> Responder:
    def echo(request: object) -> Answer:
        path = getattr(request, "path", "")
        return (
            Answer(200, {"data": []}) if path == "/model/info" else refusal(f"bad {MASTER_KEY}: {key}", 400)
        )

    return echo


KEYS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=8, max_size=30)


@given(key=KEYS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_secret_shows_even_where_the_gateway_repeats_it(key: str) -> None:
    with _asking(_echo(key)) as gateway, pytest.raises(GatewayRefused) as caught:
        gateway.create(Deployment.of(granite(api_key=key), "an-id"))
    assert key not in str(caught.value)
    assert MASTER_KEY not in str(caught.value)
    assert "[secret]" in str(caught.value)


def test_a_secret_that_litellm_repeats_inside_pythons_quotes_does_not_show() -> None:
    key = "a'b\\c\"d"
    with _asking(_echo(repr({"api_key": key}))) as gateway, pytest.raises(GatewayRefused) as caught:
        gateway.create(Deployment.of(granite(api_key=key), "an-id"))
    assert repr(key)[1:-1] not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-secret\n", "sk-sécret", "sk-se\x00cret", ""])
def test_a_master_key_that_no_header_can_carry_is_reported_without_showing_it(key: str) -> None:
    with pytest.raises(GatewayUnauthorized) as caught, _asking(FakeLiteLLM(), key) as gateway:
        gateway.served()
    assert "LITELLM_MASTER_KEY of Secret litellm-secret" in str(caught.value)
    assert not key.strip() or key.strip() not in str(caught.value)
