"""What can be said of the way to the gateway, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from litemaas_infra.specs.exposure import Exposure
from tests.litemaas_infra.support.certificates import self_signed


def _refused(**values: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Exposure.model_validate(values)
    (error,) = caught.value.errors()
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


@pytest.fixture
def pem(tmp_path: Path) -> str:
    return self_signed(tmp_path).certificate


def test_it_is_a_route_over_tls_unless_it_is_said_otherwise() -> None:
    assert (Exposure().kind, Exposure().tls, Exposure().scheme) == ("route", "edge", "https")
    assert Exposure(tls="none").scheme == "http"


def test_only_a_route_re_encrypts() -> None:
    message = _refused(kind="ingress", host="llm.example.com", tls="reencrypt")
    assert message.startswith("tls: Value error, is reencrypt, which only a Route knows")
    assert message.endswith("pulumi config set --path litemaas:exposure.tls edge")
    message = _refused(kind="route", host="litellm.localhost", tls="reencrypt")
    assert message.startswith("host: Value error, is each one's own machine")
    assert Exposure(tls="reencrypt").reencrypts
    assert Exposure(tls="reencrypt").secure
    assert Exposure(tls="reencrypt").scheme == "https"
    assert not Exposure(kind="internal", tls="reencrypt").reencrypts
    assert not Exposure.model_validate({"servingSecret": "own"}).reencrypts


def test_only_an_ingress_needs_a_host() -> None:
    assert _refused(kind="ingress").startswith("host: Value error, is not set, and an Ingress")
    Exposure(kind="route")
    Exposure(kind="internal")


@pytest.mark.parametrize(
    "host", ["https://litellm.example.com", "litellm", "Litellm.example.com", "a..b", "*.a.b"]
)
def test_a_host_is_a_name_and_nothing_else(host: str) -> None:
    assert _refused(kind="ingress", host=host).startswith("host: Value error, is not a host's name")


@pytest.mark.parametrize("field", ["certificate", "authority"])
def test_what_is_no_certificate_is_refused_without_being_shown(field: str) -> None:
    message = _refused(**{field: "sk-secret"})
    assert message.startswith(f"{field}: Value error, is not a certificate in PEM")
    assert "sk-secret" not in message


def test_certificate_and_key_come_together(pem: str) -> None:
    for alone in ({"certificate": pem}, {"key": "the key"}):
        assert "has only one of certificate and key" in _refused(**alone)
    assert "the key" not in repr(Exposure.model_validate({"certificate": pem, "key": "the key"}))


def test_a_certificate_is_given_in_one_way(pem: str) -> None:
    message = _refused(certificate=pem, key="the key", certificateSecret="own")
    assert message.startswith("certificateSecret: Value error, is set, and so is certificate")


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "nodeport"), ("tls", "off"), ("timeout", 0), ("colour", 1)]
)
def test_other_words_are_refused(field: str, value: object) -> None:
    assert _refused(**{field: value}).startswith(f"{field}: ")


def test_what_is_empty_is_not_set() -> None:
    assert Exposure.model_validate({"host": "", "ingressClass": ""}) == Exposure()


def test_at_another_host_what_goes_with_the_gateways_own_name_is_left_out(pem: str) -> None:
    own = Exposure.model_validate({"host": "a.example.com", "certificate": pem, "key": "k", "timeout": 90})
    assert own.at("b.example.com") == Exposure(host="b.example.com", timeout=90)
    assert own.at(None) == Exposure(timeout=90)


@pytest.mark.parametrize(
    ("settings", "secure"),
    [({}, True), ({"tls": "none"}, False), ({"kind": "internal"}, False)],
)
def test_it_knows_whether_browsers_come_over_tls(settings: dict[str, str], *, secure: bool) -> None:
    assert Exposure.model_validate(settings).secure is secure
