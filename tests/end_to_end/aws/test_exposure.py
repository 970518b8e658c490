"""The Route, changed in place: another host, certificates of its own, TLS to the pods, plain HTTP, none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.support.commands import CHECKOUT
from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway, pods
from tests.end_to_end.support.people import People
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, found, inside, names, oc
from tests.litemaas_infra.support.certificates import SelfSigned, self_signed

HOST = "models.apps.sandbox.test"
SERVICE = "litellm.litemaas.svc"
MODEL = "granite-3-2-8b-instruct"

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


@pytest.fixture(scope="module")
def before() -> str:
    """What the gateway knows the model by."""
    return str(Gateway.deployed().models()[MODEL]["model_info"]["id"])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> SelfSigned:
    return self_signed(tmp_path_factory.mktemp("certificate"), HOST)


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Path]:
    """Files of a certificate for the gateway's Service, where the README's lines look for them."""
    serving = self_signed(tmp_path, SERVICE)
    texts = {"tls.crt": serving.certificate, "tls.key": serving.key, "ca.crt": serving.certificate}
    files = {CHECKOUT / name: text for name, text in texts.items()}
    try:
        for file, text in files.items():
            file.write_text(text)
        yield CHECKOUT / "ca.crt"
    finally:
        for file in files:
            file.unlink(missing_ok=True)


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


def test_without_a_service_ca_nothing_is_re_encrypted_to_pods_without_a_certificate(stack: Stack) -> None:
    with stack.with_setting("exposure.tls", "reencrypt"):
        done = stack.pulumi("preview").failed(within=60)
    done.says("has no service CA", "litemaas:exposure.servingSecret")


def test_re_encrypted_its_pod_speaks_tls_alone(stack: Stack, own: SelfSigned, authority: Path) -> None:
    stack.set("models[0].rpm", "602")
    follow("## TLS up to the gateway's pods")
    asked = ("curl", "-sS", "--fail", "--cacert")
    (pod,) = pods()
    address = found("pod", pod)["status"]["podIP"]
    inside("curl", "-sS", "--fail", f"http://{address}:4000/health/liveness").failed()
    straight = ("--resolve", f"{SERVICE}:4000:{address}", f"https://{SERVICE}:4000/health/liveness")
    inside(*asked, str(authority), *straight).succeeded()
    authority.write_text(own.certificate)
    inside(*asked, str(authority), f"https://{HOST}/health/liveness").succeeded()


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
    oc("delete", "secret", "gateway-tls", "-n", NAMESPACE)
    stack.up().succeeded()
    assert Gateway.deployed().models()[MODEL]["model_info"]["id"] == before
    assert people.holder.completes(MODEL).startswith(f"This is {MODEL}.")
    stack.unchanged()
