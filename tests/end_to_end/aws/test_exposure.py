"""The Route, changed in place: another host, a certificate of its own, plain HTTP, and none at all."""

from pathlib import Path

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import found, inside, names
from tests.litemaas_infra.support.certificates import SelfSigned, self_signed

HOST = "models.apps.sandbox.test"
MODEL = "granite-3-2-8b-instruct"

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


@pytest.fixture(scope="module")
def before() -> str:
    """What the gateway knows the model by."""
    return str(Gateway.deployed().models()[MODEL]["model_info"]["id"])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> SelfSigned:
    return self_signed(tmp_path_factory.mktemp("certificate"), HOST)


def test_it_has_a_host_and_a_certificate_of_its_own_that_is_verified(
    stack: Stack, before: str, own: SelfSigned, people: People, tmp_path: Path
) -> None:
    assert before
    stack.set("exposure.host", HOST)
    stack.set_from_input("exposure.certificate", own.certificate)
    stack.set_from_input("exposure.key", own.key, "--secret")
    stack.set_from_input("exposure.authority", own.certificate)
    stack.set("models[0].rpm", "600")
    stack.up().succeeded()
    assert stack.outputs()["gateway_url"] == f"https://{HOST}"
    (tmp_path / "ca.crt").write_text(own.certificate)
    asked = ("curl", "-sS", "--fail", "--cacert", str(tmp_path / "ca.crt"))
    bearer = ("-H", f"Authorization: Bearer {people.holder.key}")
    inside(*asked, *bearer, f"https://{HOST}/v1/models").succeeded().says(MODEL)


def test_its_private_key_is_not_in_the_state(stack: Stack, own: SelfSigned) -> None:
    assert own.key.splitlines()[1] not in stack.export()


def test_without_tls_it_is_plain_http(stack: Stack, people: People) -> None:
    stack.set("exposure.tls", "none")
    stack.up().succeeded()
    assert "tls" not in found("route", "litellm")["spec"]
    assert Gateway(f"http://{HOST}", people.holder.key).completes(MODEL).startswith(f"This is {MODEL}.")


def test_kept_inside_it_has_none(stack: Stack) -> None:
    stack.set("exposure.kind", "internal")
    stack.set("models[0].rpm", "601")
    stack.up().succeeded()
    assert names("routes") == set()


def test_back_at_the_default_it_is_the_model_that_it_was(stack: Stack, before: str, people: People) -> None:
    stack.unset("exposure")
    stack.unset("models[0].rpm")
    stack.up().succeeded()
    assert Gateway.deployed().models()[MODEL]["model_info"]["id"] == before
    assert people.holder.completes(MODEL).startswith(f"This is {MODEL}.")
    stack.unchanged()
