"""The gateway's own TLS, behind a Route that re-encrypts."""

from typing import Any

import pytest

from tests.litemaas_infra.support.program import HOST, Program, run
from tests.litemaas_infra.support.restricted import violations

ASKING = "service.beta.openshift.io/serving-cert-secret-name"


@pytest.fixture(scope="module")
def by_service_ca() -> Program:
    return run(exposure={"kind": "route", "tls": "reencrypt"})


@pytest.fixture(scope="module")
def by_own() -> Program:
    return run(exposure={"kind": "route", "tls": "reencrypt", "servingSecret": "serving"})


def _template(program: Program) -> dict[str, Any]:
    template: dict[str, Any] = program.one("Deployment", "litellm").inputs["spec"]["template"]
    return template


def _route(program: Program) -> dict[str, Any]:
    tls: dict[str, Any] = program.one("Route", "litellm").inputs["spec"]["tls"]
    return tls


def _asked(program: Program) -> str | None:
    annotations: dict[str, str] = program.one("Service", "litellm").inputs["metadata"]["annotations"]
    return annotations.get(ASKING)


def test_the_service_ca_is_asked_for_a_certificate_unless_there_is_one(
    by_service_ca: Program, by_own: Program, program: Program
) -> None:
    assert [_asked(each) for each in (by_service_ca, by_own, program)] == ["litellm-serving", None, None]


@pytest.mark.parametrize(("way", "secret"), [("by_service_ca", "litellm-serving"), ("by_own", "serving")])
def test_the_pod_serves_tls_with_the_secret_s_certificate(
    way: str, secret: str, request: pytest.FixtureRequest
) -> None:
    pod = _template(request.getfixturevalue(way))["spec"]
    (container,) = pod["containers"]
    assert violations(pod) == []
    assert {"name": "litellm-serving", "secret": {"secretName": secret}} in pod["volumes"]
    (mount,) = (each for each in container["volumeMounts"] if each["name"] == "litellm-serving")
    folder = mount["mountPath"]
    told = dict(zip(container["args"][::2], container["args"][1::2], strict=True))
    assert told["--ssl_certfile_path"] == f"{folder}/tls.crt"
    assert told["--ssl_keyfile_path"] == f"{folder}/tls.key"
    assert mount["readOnly"]


def test_it_is_probed_over_tls(by_own: Program) -> None:
    (container,) = _template(by_own)["spec"]["containers"]
    probes = [container[f"{probe}Probe"]["httpGet"] for probe in ("startup", "liveness", "readiness")]
    assert [probe["scheme"] for probe in probes] == ["HTTPS"] * 3


def test_another_certificate_is_another_pod(by_own: Program, program: Program) -> None:
    assert _template(by_own)["metadata"]["annotations"]["checksum/serving"] == "revision-of-serving"
    assert "checksum/serving" not in _template(program)["metadata"]["annotations"]


def test_it_is_waited_for_once_the_service_asks_and_before_the_pod_needs_it(by_service_ca: Program) -> None:
    certificate = by_service_ca.one("ServingCertificate")
    assert "litellm-service" in by_service_ca.needed(certificate)
    assert certificate.name in by_service_ca.needed(by_service_ca.one("Deployment", "litellm"))


def test_the_router_is_told_whom_to_trust_unless_it_knows(by_service_ca: Program, by_own: Program) -> None:
    kept = {"termination": "reencrypt", "insecureEdgeTerminationPolicy": "Redirect"}
    assert _route(by_service_ca) == kept
    assert _route(by_own) == {**kept, "destinationCACertificate": "authority-of-serving"}
    assert by_own.exports["gateway_url"] == f"https://{HOST}"


def test_the_route_changes_once_the_pods_speak_what_it_does(program: Program, by_own: Program) -> None:
    for each in (program, by_own):
        assert "litellm-ready" in each.needed(each.one("Route", "litellm"))
