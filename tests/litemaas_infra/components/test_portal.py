"""LiteMaaS's backend and frontend, which a setting adds: their pods, their way in, and their login."""

from typing import Any

import pytest

from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import GENERATED, HOST, Hidden, Program, run
from tests.litemaas_infra.support.restricted import violations

OIDC = {
    "login": "oidc",
    "issuer": "https://login.example.com/realms/one",
    "clientId": "litemaas",
    "clientSecret": "of the client",
}
INGRESS = {"kind": "ingress", "host": "llm.example.com", "ingressClass": "traefik"}
APPS = ("litemaas-backend", "litemaas-frontend")
ADDRESS = "https://litemaas-litemaas.apps.example.com"


def _own(**backend: Any) -> Program:
    return run(storageClass="gp3-csi", backend={"kind": "own", **backend}, models=[GRANITE])


@pytest.fixture(scope="module")
def full() -> Program:
    return _own(admins=["alice", "bob@example.com"], variables={"DEFAULT_USER_MAX_BUDGET": "50"})


@pytest.fixture(scope="module")
def oidc() -> Program:
    return run(openshift=False, exposure=INGRESS, backend={"kind": "own", "host": "chat.example.com", **OIDC})


@pytest.fixture(scope="module")
def inside() -> Program:
    return run(openshift=False, exposure={"kind": "internal"}, backend={"kind": "own", **OIDC})


def _pod(program: Program, app: str) -> dict[str, Any]:
    pod: dict[str, Any] = program.one("Deployment", app).inputs["spec"]["template"]["spec"]
    return pod


def _variables(program: Program, app: str = "litemaas-backend") -> dict[str, Any]:
    return {v["name"]: v.get("value") for v in _pod(program, app)["containers"][0]["env"]}


def _references(program: Program) -> dict[str, tuple[str, str]]:
    variables = _pod(program, "litemaas-backend")["containers"][0]["env"]
    found = {v["name"]: v["valueFrom"]["secretKeyRef"] for v in variables if "valueFrom" in v}
    return {name: (reference["name"], reference["key"]) for name, reference in found.items()}


@pytest.mark.parametrize("kind", ["none", "other"])
def test_nothing_of_them_is_there_unless_they_are_wished(kind: str) -> None:
    program = run(backend={"kind": kind})
    assert [r.inputs["metadata"]["name"] for r in program.all("Deployment")] == ["litellm"]
    assert not {r.inputs["metadata"]["name"] for r in program.all("Secret")} & {"backend-secret"}
    assert not program.exports.keys() & {"frontend_url", "backend_url"}


@pytest.mark.parametrize("app", APPS)
def test_their_pods_pass_restricted_v2(full: Program, app: str) -> None:
    assert violations(_pod(full, app)) == []


def test_their_images_follow_from_the_version_unless_they_are_given(full: Program) -> None:
    images = [_pod(full, app)["containers"][0]["image"] for app in APPS]
    assert images == [f"quay.io/rh-aiservices-bu/{app}:0.4.0" for app in APPS]
    other = _own(version="0.1.2", frontendImage="quay.io/me/frontend:1")
    images = [_pod(other, app)["containers"][0]["image"] for app in APPS]
    assert images == ["quay.io/rh-aiservices-bu/litemaas-backend:0.1.2", "quay.io/me/frontend:1"]


def test_the_backend_starts_once_every_model_is_served_and_the_frontend_once_it_is_ready(
    full: Program,
) -> None:
    backend, frontend = (full.one("Deployment", app) for app in APPS)
    assert {"models-served", "databases-models", "backend-account"} - full.needed(backend) == {
        "backend-account"
    }
    assert "backend-ready" in full.needed(frontend)
    assert _pod(full, "litemaas-backend")["initContainers"][0]["name"] == "wait-for-database"


def test_without_a_model_it_starts_once_the_gateway_is_ready() -> None:
    program = run(backend={"kind": "own"})
    assert {"litellm-ready", "exposure-route"} <= program.needed(
        program.one("Deployment", "litemaas-backend")
    )


def test_there_is_never_but_one_backend(full: Program) -> None:
    # It keeps logins under way in its memory.
    spec = full.one("Deployment", "litemaas-backend").inputs["spec"]
    assert (spec["replicas"], spec["strategy"]) == (1, {"type": "Recreate"})


def test_its_secrets_are_read_from_secrets_alone(full: Program) -> None:
    assert _references(full) == {
        "DATABASE_URL": ("litemaas-database", "DATABASE_URL"),
        "JWT_SECRET": ("backend-secret", "JWT_SECRET"),
        "ADMIN_API_KEYS": ("backend-secret", "ADMIN_API_KEY"),
        "OAUTH_CLIENT_SECRET": ("backend-secret", "OAUTH_CLIENT_SECRET"),
        "LITELLM_API_KEY": ("litellm-secret", "LITELLM_MASTER_KEY"),
        "LITELLM_MASTER_KEY": ("backend-secret", "ENCRYPTION_KEY"),
        "LITELLM_DATABASE_URL": ("litellm-database", "DATABASE_URL"),
    }


def test_its_own_keys_are_made_once_and_stay_when_it_goes(full: Program) -> None:
    keys = full.one("Secret", "backend-secret")
    assert isinstance(keys.inputs["stringData"], Hidden)
    values = keys.inputs["stringData"].value
    assert values == {
        key: f"{GENERATED}backend-secret-{key}"
        for key in ("JWT_SECRET", "ADMIN_API_KEY", "ENCRYPTION_KEY", "OAUTH_CLIENT_SECRET")
    }
    assert keys.request.retainOnDelete


def test_it_is_told_where_it_is_who_logs_in_and_where_the_gateway_is(full: Program) -> None:
    told = _variables(full)
    assert told["AUTH_PROVIDER"] == "openshift"
    assert told["OAUTH_CLIENT_ID"] == "litemaas-litemaas"
    assert told["OAUTH_ISSUER"] == "https://oauth-openshift.apps.example.com"
    assert told["OPENSHIFT_API_URL"] == "https://kubernetes.default.svc"
    assert told["OAUTH_CALLBACK_URL"] == f"{ADDRESS}/api/auth/callback"
    assert told["CORS_ORIGIN"] == ADDRESS
    assert told["LITELLM_API_URL"] == f"https://{HOST}"
    assert told["INITIAL_ADMIN_USERS"] == "alice,bob@example.com"
    assert told["DEFAULT_USER_MAX_BUDGET"] == "50"


def test_certificates_are_checked_against_authorities_of_which_others_make_another_pod(
    full: Program, certificate: str
) -> None:
    given = _own(authority=certificate)
    volumes = {v["name"]: v for v in _pod(given, "litemaas-backend")["volumes"]}
    assert _variables(given)["NODE_EXTRA_CA_CERTS"] == "/etc/litemaas/ca.crt"
    trusted = given.one("ConfigMap", volumes["trust"]["configMap"]["name"])
    assert trusted.inputs["data"] == {"ca.crt": certificate.strip()}
    one, other = (
        program.one("Deployment", "litemaas-backend").inputs["spec"]["template"]["metadata"]["annotations"]
        for program in (full, given)
    )
    assert one["litemaas/authorities"] != other["litemaas/authorities"]


def test_openshift_is_told_of_the_one_place_that_users_are_sent_back_to(full: Program) -> None:
    client = full.one("OAuthClient", "litemaas-litemaas").inputs
    assert client["redirectURIs"] == [f"{ADDRESS}/api/auth/callback"]
    assert client["grantMethod"] == "auto"
    assert client["secret"] == Hidden(f"{GENERATED}backend-secret-OAUTH_CLIENT_SECRET")
    assert "oauth-client" in full.needed(full.one("Deployment", "litemaas-backend"))


def test_both_are_at_one_host_the_backend_below_api(full: Program) -> None:
    frontend, backend = (full.one("Route", f"litemaas-{part}").inputs for part in ("frontend", "backend"))
    assert frontend["spec"]["host"] == backend["spec"]["host"] == "litemaas-litemaas.apps.example.com"
    assert (frontend["spec"].get("path"), backend["spec"]["path"]) == (None, "/api")
    assert frontend["spec"]["to"]["name"] == "litemaas-frontend"
    assert backend["spec"]["to"]["name"] == "litemaas-backend"
    assert full.exports["frontend_url"] == ADDRESS
    assert full.exports["backend_url"] == f"{ADDRESS}/api"


def test_the_gateways_own_certificate_is_not_for_their_host(certificate: str) -> None:
    exposure = {"kind": "route", "host": "llm.example.com", "certificate": certificate, "key": "the key"}
    program = run(exposure=exposure, backend={"kind": "own", "host": "chat.example.com"})
    spec = program.one("Route", "litemaas-frontend").inputs["spec"]
    assert (spec["host"], spec["tls"]["termination"]) == ("chat.example.com", "edge")
    assert "certificate" not in spec["tls"]


def test_what_is_re_encrypted_to_the_gateway_ends_at_the_router_for_them() -> None:
    program = run(exposure={"kind": "route", "tls": "reencrypt"}, backend={"kind": "own"})
    terminations = [
        program.one("Route", name).inputs["spec"]["tls"]["termination"] for name in (*APPS, "litellm")
    ]
    assert terminations == ["edge", "edge", "reencrypt"]
    assert _variables(program)["LITELLM_API_URL"] == f"https://{HOST}"


def test_with_an_ingress_both_are_at_the_host_of_the_settings(oidc: Program) -> None:
    for app, path in zip(APPS, ("/api", "/"), strict=True):
        (rule,) = oidc.one("Ingress", app).inputs["spec"]["rules"]
        assert rule["host"] == "chat.example.com"
        assert rule["http"]["paths"][0]["path"] == path
        assert rule["http"]["paths"][0]["backend"]["service"]["name"] == app


def test_another_login_than_openshifts_has_its_own_client(oidc: Program) -> None:
    assert oidc.all("OAuthClient") == []
    told = _variables(oidc)
    assert (told["AUTH_PROVIDER"], told["OAUTH_ISSUER"]) == ("oidc", OIDC["issuer"])
    assert told["OAUTH_CLIENT_ID"] == "litemaas"
    assert "OPENSHIFT_API_URL" not in told
    assert _references(oidc)["OAUTH_CLIENT_SECRET"] == ("backend-secret", "OIDC_CLIENT_SECRET")
    assert oidc.one("Secret", "backend-secret").inputs["stringData"].value["OIDC_CLIENT_SECRET"] == (
        "of the client"
    )


def test_kept_inside_the_frontend_is_reached_by_a_port_forward(inside: Program) -> None:
    assert inside.exports["frontend_url"] == "http://localhost:8080"
    forward = "kubectl port-forward service/litemaas-frontend 8080:8080 -n litemaas"
    assert inside.exports["frontend_port_forward_command"] == forward
    assert _variables(inside)["OAUTH_CALLBACK_URL"] == "http://localhost:8080/api/auth/callback"
    assert _variables(inside)["LITELLM_API_URL"] == "http://litellm.litemaas.svc:4000"


def test_a_name_that_means_everyones_own_machine_is_no_gateway_for_it() -> None:
    exposure = {**INGRESS, "host": "litellm.localhost", "tls": "none"}
    backend = {"kind": "own", "host": "litemaas.localhost", **OIDC}
    told = _variables(run(openshift=False, exposure=exposure, backend=backend))
    assert told["LITELLM_API_URL"] == "http://litellm:4000"
    assert told["CORS_ORIGIN"] == "http://litemaas.localhost"


def test_the_frontend_passes_on_to_the_backend_and_writes_where_it_must(full: Program) -> None:
    assert _variables(full, "litemaas-frontend") == {"BACKEND_URL": "http://litemaas-backend:8080"}
    (container,) = _pod(full, "litemaas-frontend")["containers"]
    assert {mount["mountPath"] for mount in container["volumeMounts"]} == {
        "/opt/app-root/etc/nginx.default.d",
        "/var/log/nginx",
        "/run",
        "/var/lib/nginx/tmp",
    }


@pytest.mark.parametrize(
    ("app", "probe", "path"),
    [
        ("litemaas-backend", "startupProbe", "/api/v1/health/live"),
        ("litemaas-backend", "livenessProbe", "/api/v1/health/live"),
        ("litemaas-backend", "readinessProbe", "/api/v1/health/ready"),
        ("litemaas-frontend", "livenessProbe", "/"),
        ("litemaas-frontend", "readinessProbe", "/"),
    ],
)
def test_they_are_asked_what_the_documentation_has_them_asked(
    full: Program, app: str, probe: str, path: str
) -> None:
    (container,) = _pod(full, app)["containers"]
    assert container[probe]["httpGet"] == {"path": path, "port": 8080}


def test_the_backend_is_another_pod_once_its_keys_change(full: Program) -> None:
    template = full.one("Deployment", "litemaas-backend").inputs["spec"]["template"]
    assert "litemaas/keys" in template["metadata"]["annotations"]
