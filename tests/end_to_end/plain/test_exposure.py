"""The way to the gateway, changed from one kind to another: what is deployed stays as it is."""

from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import inside, names, psql, secret, secrets
from tests.litemaas_infra.support.certificates import SelfSigned, self_signed

HOST = "litellm.apps.sandbox.test"
_FORWARDED = """
{command} > forwarded &
trap 'kill $!; rm forwarded' EXIT
until grep -q Forwarding forwarded; do sleep 0.1; done
curl -sS --fail-with-body http://127.0.0.1:4000/v1/models -H "Authorization: Bearer $(cat)"
"""

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


@pytest.fixture(scope="module")
def before() -> dict[str, Any]:
    """What must stay: the models' ids, their rows, and every password and key."""
    return kept("http://litellm.localhost")


def kept(url: str) -> dict[str, Any]:
    ids = {name: model["model_info"]["id"] for name, model in Gateway.at(url).models().items()}
    rows = psql("SELECT id, created_at FROM models ORDER BY id")
    return {"ids": ids, "rows": rows, "secrets": secrets()}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> SelfSigned:
    """A certificate for the gateway's host, of an authority that nobody knows."""
    return self_signed(tmp_path_factory.mktemp("certificate"), HOST)


def test_the_readme_s_lines_print_what_it_says(before: dict[str, Any]) -> None:
    assert len(before["ids"]) == 2
    follow("## On plain Kubernetes")


def test_internal_it_is_exposed_to_nobody(stack: Stack) -> None:
    assert names("ingress") == set()
    assert stack.outputs()["gateway_url"] == "http://litellm.litemaas.svc:4000"
    inside("curl", "-sS", "--fail", "http://litellm.localhost/health/liveness").failed()


def test_internal_it_is_reached_by_the_command_of_the_outputs(stack: Stack) -> None:
    script = _FORWARDED.format(command=stack.outputs()["port_forward_command"])
    key = secret("litellm-secret")["LITELLM_MASTER_KEY"]
    done = inside("sh", "-euc", script, stdin=key).succeeded()
    assert '"granite-3-2-8b-instruct"' in done.out


def test_internal_a_model_is_changed_through_the_kubernetes_api(stack: Stack) -> None:
    stack.set("models[1].rpm", "77")
    stack.up().succeeded()
    stack.unchanged()


def test_a_certificate_of_an_unknown_authority_is_refused_with_the_setting_that_names_it(
    stack: Stack, own: SelfSigned
) -> None:
    stack.unset("exposure.authority")
    stack.set("exposure.kind", "ingress")
    stack.set_from_input("exposure.certificate", own.certificate)
    stack.set_from_input("exposure.key", own.key, "--secret")
    stack.set("models[1].rpm", "78")
    done = stack.up().failed(within=180)
    done.says(f"the certificate of https://{HOST} is not trusted", "litemaas:exposure.authority")


def test_with_its_authority_named_it_is_trusted(stack: Stack, own: SelfSigned, tmp_path: Path) -> None:
    stack.set_from_input("exposure.authority", own.certificate)
    stack.up().succeeded()
    (tmp_path / "ca.crt").write_text(own.certificate)
    asked = ("curl", "-sS", "--fail", "--cacert", str(tmp_path / "ca.crt"))
    inside(*asked, f"https://{HOST}/health/liveness").succeeded()


def test_its_private_key_is_nowhere_in_the_clear(stack: Stack, own: SelfSigned) -> None:
    line = own.key.splitlines()[1]
    assert line not in stack.export()
    assert line not in stack.pulumi("preview", "--diff").succeeded().text


def test_over_tls_nothing_is_served_in_the_clear() -> None:
    inside("curl", "-sS", "--fail", f"http://{HOST}/health/liveness").failed()


def test_back_at_the_first_exposure_everything_is_as_it_was(stack: Stack, before: dict[str, Any]) -> None:
    stack.unset("exposure")
    stack.set("exposure.kind", "ingress")
    stack.set("exposure.host", "litellm.localhost")
    stack.set("exposure.tls", "none")
    stack.up().succeeded()
    assert kept("http://litellm.localhost") == before
    stack.unchanged()
