"""The Route that the gateway is exposed by on OpenShift."""

from typing import Any

import pytest

from tests.litemaas_infra.support.program import HOST, Hidden, Program, run


def _spec(program: Program) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("Route", "litellm").inputs["spec"]
    return spec


def _exposed(**exposure: Any) -> Program:
    return run(storageClass="gp3-csi", exposure={"kind": "route", **exposure})


def test_it_leads_to_the_gateways_service(program: Program) -> None:
    (port,) = program.one("Service", "litellm").inputs["spec"]["ports"]
    assert (_spec(program)["to"]["kind"], _spec(program)["to"]["name"]) == ("Service", "litellm")
    assert _spec(program)["port"]["targetPort"] == port["name"]
    assert program.one("Route").inputs["metadata"]["labels"]["app"] == "litellm"


def test_it_is_served_over_tls_alone_unless_it_is_wished_otherwise(program: Program) -> None:
    assert _spec(program)["tls"] == {"termination": "edge", "insecureEdgeTerminationPolicy": "Redirect"}
    assert "tls" not in _spec(_exposed(tls="none"))


def test_its_address_is_the_one_the_cluster_gave_it(program: Program) -> None:
    assert "host" not in _spec(program)
    assert program.exports["gateway_url"] == f"https://{HOST}"
    assert _exposed(tls="none").exports["gateway_url"] == f"http://{HOST}"


def test_its_host_is_that_of_the_settings() -> None:
    assert _spec(_exposed(host="llm.example.com"))["host"] == "llm.example.com"


def test_an_answer_that_is_streamed_may_take_minutes(program: Program) -> None:
    for asked, seconds in ((program, 600), (_exposed(timeout=1800), 1800)):
        annotations = asked.one("Route", "litellm").inputs["metadata"]["annotations"]
        assert annotations["haproxy.router.openshift.io/timeout"] == f"{seconds}s"


def test_its_own_certificate_is_in_it_and_secret_with_its_key(certificate: str) -> None:
    program = _exposed(certificate=certificate, key="the key")
    hidden = program.one("Route", "litellm").inputs["spec"]
    assert isinstance(hidden, Hidden)
    assert hidden.value["tls"]["certificate"] == certificate
    assert hidden.value["tls"]["key"] == "the key"
    assert program.exports["gateway_url"] == f"https://{HOST}"


def test_the_models_are_made_after_it(program: Program) -> None:
    assert "exposure-route" in program.needed(program.all("Model")[0])


@pytest.mark.parametrize("kind", ["Ingress", "ConfigMap"])
def test_nothing_else_is_exposed(program: Program, kind: str) -> None:
    assert program.all(kind) == []
