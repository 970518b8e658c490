"""Open WebUI, which a setting adds: its pods, its key, its data, and the way to it."""

from typing import Any

import pytest

from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import GENERATED, Hidden, Program, run
from tests.litemaas_infra.support.restricted import violations

EXISTING = {"kind": "existing", "host": "db.example.com"}
DATABASE = {"matchLabels": {"app": "litemaas-postgres"}}


def _with(**settings: Any) -> Program:
    chat = {"enabled": True, **settings.pop("chat", {})}
    return run(models=[GRANITE], chat=chat, **settings)


@pytest.fixture(scope="module")
def full() -> Program:
    return _with(chat={"tika": True, "models": ["granite"], "maxBudget": 100, "storageSize": "20Gi"})


@pytest.fixture(scope="module")
def elsewhere() -> Program:
    return _with(database=EXISTING)


def _pod(program: Program, app: str = "open-webui") -> dict[str, Any]:
    pod: dict[str, Any] = program.one("Deployment", app).inputs["spec"]["template"]["spec"]
    return pod


def _variables(program: Program) -> dict[str, Any]:
    return {v["name"]: v.get("value") for v in _pod(program)["containers"][0]["env"]}


def _policy(program: Program, part: str) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("NetworkPolicy", f"litemaas-{part}").inputs["spec"]
    return spec


def test_nothing_of_it_is_there_unless_it_is_wished() -> None:
    program = run(chat={"tika": True})
    assert [r.inputs["metadata"]["name"] for r in program.all("Deployment")] == ["litellm"]
    assert len(program.all("PersistentVolumeClaim")) == 1
    assert not program.all("VirtualKey")
    assert not [name for name in program.exports if name.startswith("chat")]


@pytest.mark.parametrize("app", ["open-webui", "open-webui-tika"])
def test_its_pods_pass_restricted_v2(full: Program, app: str) -> None:
    assert violations(_pod(full, app)) == []


def test_it_asks_the_gateway_with_a_key_of_its_own_that_opens_what_is_declared(full: Program) -> None:
    key = full.one("VirtualKey")
    assert (key.inputs["alias"], key.inputs["models"], key.inputs["max_budget"]) == (
        "open-webui",
        ["granite"],
        100,
    )
    (variable,) = (v for v in _pod(full)["containers"][0]["env"] if v["name"] == "OPENAI_API_KEY")
    assert variable["valueFrom"]["secretKeyRef"] == {"name": "litellm-key-open-webui", "key": "api_key"}
    assert _variables(full)["OPENAI_API_BASE_URL"] == "http://litellm:4000/v1"


def test_it_starts_once_its_key_opens_the_models_and_its_database_is_there(full: Program) -> None:
    needed = full.needed(full.one("Deployment", "open-webui"))
    assert {"chat-keys-open-webui", "models-served", "databases-chat", "open-webui-data"} <= needed
    assert _pod(full)["initContainers"][0]["name"] == "wait-for-database"


def test_its_secrets_are_read_from_secrets_alone(full: Program) -> None:
    secret = full.one("Secret", "open-webui-secret").inputs["stringData"]
    assert isinstance(secret, Hidden)
    password = f"{GENERATED}open-webui-secret-password"
    assert secret.value["DATABASE_URL"] == (
        f"postgresql://open_webui:{password}@litemaas-postgres:5432/open_webui?sslmode=disable"
    )
    for name in ("DATABASE_URL", "WEBUI_SECRET_KEY", "WEBUI_ADMIN_PASSWORD"):
        assert name in secret.value
        assert _variables(full)[name] is None
    shown = [r.name for r in full.resources if r.kind != "Secret" and GENERATED in repr(r.inputs)]
    assert shown == ["chat-keys-open-webui"]
    assert isinstance(full.all("VirtualKey")[0].inputs["value"], Hidden)


def test_turned_off_it_leaves_all_that_its_users_have(full: Program) -> None:
    kept = {r.name for r in full.resources if r.request.retainOnDelete}
    assert kept == {
        "open-webui-data",
        "credentials-open-webui-secret",
        "chat-keys-litellm-key-open-webui",
    }
    assert full.one("VirtualKey").inputs["kept"] is True


def test_what_is_uploaded_is_on_a_volume_of_its_own_that_one_pod_has_at_a_time(full: Program) -> None:
    claim = full.one("PersistentVolumeClaim", "open-webui-data").inputs["spec"]
    assert claim["resources"]["requests"]["storage"] == "20Gi"
    assert (claim["storageClassName"], claim["accessModes"]) == ("gp3-csi", ["ReadWriteOnce"])
    spec = full.one("Deployment", "open-webui").inputs["spec"]
    assert (spec["replicas"], spec["strategy"]) == (1, {"type": "Recreate"})
    (data,) = (m for m in _pod(full)["containers"][0]["volumeMounts"] if m["name"] == "data")
    assert data["mountPath"] == _variables(full)["DATA_DIR"]


def test_its_environment_counts_and_nobody_becomes_its_administrator_by_coming_first(full: Program) -> None:
    told = _variables(full)
    assert told["ENABLE_PERSISTENT_CONFIG"] == told["ENABLE_SIGNUP"] == "False"
    assert told["WEBUI_ADMIN_EMAIL"] == full.exports["chat_admin"] == "admin@localhost"
    assert "WEBUI_ADMIN_PASSWORD" in full.exports["chat_password_command"]


def test_documents_are_read_by_tika_where_that_is_wished(full: Program, elsewhere: Program) -> None:
    assert _variables(full)["TIKA_SERVER_URL"] == "http://open-webui-tika:9998"
    assert _variables(full)["CONTENT_EXTRACTION_ENGINE"] == "tika"
    assert "TIKA_SERVER_URL" not in _variables(elsewhere)
    assert [r.inputs["metadata"]["name"] for r in elsewhere.all("Deployment")] == ["litellm", "open-webui"]


def test_it_has_a_route_of_its_own_with_the_cluster_s_certificate(full: Program, certificate: str) -> None:
    assert full.one("Route", "open-webui").inputs["spec"]["to"]["name"] == "open-webui"
    assert _variables(full)["WEBUI_SESSION_COOKIE_SECURE"] == "True"
    exposure = {"kind": "route", "host": "llm.example.com", "certificate": certificate, "key": "the key"}
    program = _with(exposure=exposure, chat={"host": "chat.example.com"})
    spec = program.one("Route", "open-webui").inputs["spec"]
    assert spec["host"] == "chat.example.com"
    assert "certificate" not in spec["tls"]
    assert program.exports["chat_url"] == "https://chat.example.com"


def test_kept_inside_it_is_reached_by_a_port_forward() -> None:
    program = _with(openshift=False, exposure={"kind": "internal"})
    forward = "kubectl port-forward service/open-webui 8080:8080 -n litemaas"
    assert program.exports["chat_port_forward_command"] == forward
    assert program.exports["chat_url"] == "http://127.0.0.1:8080"
    assert _variables(program)["WEBUI_SESSION_COOKIE_SECURE"] == "False"


def test_it_reaches_the_gateway_its_database_and_tika_alone(full: Program) -> None:
    policy = _policy(full, "chat")
    reached = [(rule["to"][0]["podSelector"], rule["ports"][0]["port"]) for rule in policy["egress"]]
    assert reached == [
        ({"matchLabels": {"app": "litellm"}}, 4000),
        (DATABASE, 5432),
        ({"matchLabels": {"app": "open-webui-tika"}}, 9998),
    ]
    (heard,) = _policy(full, "tika")["ingress"]
    assert heard["from"] == [{"podSelector": {"matchLabels": {"app": "open-webui"}}}]
    (heard,) = _policy(full, "postgres")["ingress"]
    assert {"podSelector": {"matchLabels": {"app": "open-webui"}}} in heard["from"]


def test_on_a_server_elsewhere_it_has_a_database_there_whose_certificate_it_checks(
    elsewhere: Program,
) -> None:
    (made,) = (r for r in elsewhere.all("Database") if r.inputs["use"] == "chat")
    assert (made.inputs["database"], made.inputs["owner"]) == ("open_webui", "open_webui")
    url = elsewhere.one("Secret", "open-webui-secret").inputs["stringData"].value["DATABASE_URL"]
    assert url.endswith(
        "@db.example.com:5432/open_webui?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt"
    )
    assert len(elsewhere.all("PersistentVolumeClaim")) == 1
    four, *_ = _policy(elsewhere, "chat")["egress"][1]["to"]
    assert four["ipBlock"]["except"] == ["169.254.0.0/16"]


def test_cloudnativepg_is_asked_for_its_database_and_role() -> None:
    program = _with(database={"kind": "cnpg"})
    roles = program.one("Cluster").inputs["spec"]["managed"]["roles"]
    assert roles[1]["name"] == "open_webui"
    assert roles[1]["passwordSecret"] == {"name": "open-webui-secret"}
    (declared,) = (
        r.inputs for r in program.all("Database") if r.inputs.get("spec", {}).get("name") == "open_webui"
    )
    assert declared["metadata"]["name"] == "open-webui"
    assert program.one("Secret", "open-webui-secret").inputs["type"] == "kubernetes.io/basic-auth"
