"""The Ingress that the gateway is exposed by on any Kubernetes."""

from typing import Any

import pytest

from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import Hidden, Program, run

HOST = "litellm.example.com"


def _exposed(**exposure: Any) -> Program:
    wished = {"kind": "ingress", "host": HOST, **exposure}
    return run(("standard",), openshift=False, models=[GRANITE], exposure=wished)


@pytest.fixture(scope="module")
def plain() -> Program:
    return _exposed()


def _ingress(program: Program) -> dict[str, Any]:
    return program.one("Ingress", "litellm").inputs


def _spec(program: Program) -> dict[str, Any]:
    spec: dict[str, Any] = _ingress(program)["spec"]
    return spec


def test_it_leads_to_the_gateways_service(plain: Program) -> None:
    (rule,) = _spec(plain)["rules"]
    (path,) = rule["http"]["paths"]
    (port,) = plain.one("Service", "litellm").inputs["spec"]["ports"]
    assert (rule["host"], path["path"], path["pathType"]) == (HOST, "/", "Prefix")
    assert path["backend"] == {"service": {"name": "litellm", "port": {"name": port["name"]}}}
    assert _ingress(plain)["metadata"]["labels"]["app"] == "litellm"


def test_its_class_is_the_clusters_default_or_that_of_the_settings(plain: Program) -> None:
    assert _spec(plain)["ingressClassName"] == "traefik"
    assert _spec(_exposed(ingressClass="nginx"))["ingressClassName"] == "nginx"


def test_it_is_served_with_the_controllers_certificate_and_over_tls_alone(plain: Program) -> None:
    annotations = _ingress(plain)["metadata"]["annotations"]
    assert _spec(plain)["tls"] == [{"hosts": [HOST]}]
    assert annotations["traefik.ingress.kubernetes.io/router.tls"] == "true"
    assert annotations["nginx.ingress.kubernetes.io/force-ssl-redirect"] == "true"
    assert plain.exports["gateway_url"] == f"https://{HOST}"


def test_without_tls_it_is_plain_http() -> None:
    program = _exposed(tls="none")
    assert "tls" not in _spec(program)
    assert not [
        name for name in _ingress(program)["metadata"]["annotations"] if "tls" in name or "ssl" in name
    ]
    assert program.exports["gateway_url"] == f"http://{HOST}"


def test_its_own_certificate_is_in_a_secret(certificate: str) -> None:
    program = _exposed(certificate=certificate, key="the key")
    secret = program.one("Secret", "litellm-certificate").inputs
    assert secret["type"] == "kubernetes.io/tls"
    assert secret["stringData"] == Hidden({"tls.crt": certificate, "tls.key": "the key"})
    assert _spec(program)["tls"] == [{"hosts": [HOST], "secretName": "litellm-certificate"}]
    assert "exposure-certificate" in program.needed(program.all("Model")[0])


def test_an_answer_that_is_streamed_may_take_minutes() -> None:
    annotations = _ingress(_exposed(timeout=1800))["metadata"]["annotations"]
    for way in ("read", "send"):
        assert annotations[f"nginx.ingress.kubernetes.io/proxy-{way}-timeout"] == "1800"


def test_pulumi_does_not_wait_for_a_load_balancer_that_never_comes(plain: Program) -> None:
    assert _ingress(plain)["metadata"]["annotations"]["pulumi.com/skipAwait"] == "true"


def test_the_authority_of_its_certificate_is_published_before_the_models_are_made(certificate: str) -> None:
    program = _exposed(authority=certificate)
    assert program.one("ConfigMap", "litellm-authority").inputs["data"] == {"ca.crt": certificate}
    assert {"exposure-authority", "exposure-ingress"} <= program.needed(program.all("Model")[0])


def test_there_is_no_route(plain: Program) -> None:
    assert plain.all("Route") == []
