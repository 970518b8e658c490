from typing import Any

import pytest

from tests.litemaas_infra.support.program import Program, run
from tests.litemaas_infra.support.restricted import violations

EVERY_HOLE = (
    "CVE-2026-49468",
    "CVE-2026-42271",
    "CVE-2026-35030",
    "CVE-2026-35029",
    "CVE-2026-42203",
    "CVE-2026-40217",
)


def _spec(program: Program) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("Deployment", "litellm").inputs["spec"]
    return spec


def _pod(program: Program) -> dict[str, Any]:
    pod: dict[str, Any] = _spec(program)["template"]["spec"]
    return pod


def _container(program: Program) -> dict[str, Any]:
    (container,) = _pod(program)["containers"]
    assert isinstance(container, dict)
    return container


def test_the_pod_passes_restricted_v2(program: Program) -> None:
    assert violations(_pod(program)) == []


def test_names_and_labels_are_those_of_the_documentation(program: Program) -> None:
    for kind in ("Deployment", "Service"):
        assert program.one(kind, "litellm").inputs["metadata"]["labels"]["app"] == "litellm"
    assert _spec(program)["selector"]["matchLabels"] == {"app": "litellm"}
    assert _spec(program)["template"]["metadata"]["labels"]["app"] == "litellm"
    assert _container(program)["name"] == "litellm"


def test_service_and_container_meet_at_port_4000(program: Program) -> None:
    service = program.one("Service", "litellm").inputs["spec"]
    (port,) = service["ports"]
    assert (port["name"], port["port"]) == ("http", 4000)
    assert service["selector"] == {"app": "litellm"}
    assert [p["containerPort"] for p in _container(program)["ports"]] == [4000]
    assert _container(program)["args"] == ["--port", "4000"]


def test_it_reserves_200m_of_a_cpu(program: Program) -> None:
    assert _container(program)["resources"]["requests"]["cpu"] == "200m"


@pytest.mark.parametrize(
    ("probe", "path"),
    [
        ("startupProbe", "/health/liveness"),
        ("livenessProbe", "/health/liveness"),
        ("readinessProbe", "/health/readiness"),
    ],
)
def test_it_is_asked_whether_it_lives_and_whether_it_is_ready(
    program: Program, probe: str, path: str
) -> None:
    # Never /health: it calls every model, and on old versions cancels what runs.
    assert _container(program)[probe]["httpGet"] == {"path": path, "port": 4000}


def test_a_start_may_take_five_minutes(program: Program) -> None:
    probe = _container(program)["startupProbe"]
    assert probe["periodSeconds"] * probe["failureThreshold"] == 300


def test_it_waits_for_its_database(program: Program) -> None:
    (waiting,) = _pod(program)["initContainers"]
    assert waiting["name"] == "wait-for-database"
    assert "pg_isready -h litemaas-postgres -p 5432" in waiting["command"][-1]
    assert {"databases-gateway", "postgres-server"} <= program.needed(program.one("Deployment"))


def test_it_starts_after_its_tables_are_made_and_compares_them_with_nothing(program: Program) -> None:
    assert "litellm-migration-ready" in program.needed(program.one("Deployment"))
    plain = {v["name"]: v.get("value") for v in _container(program)["env"]}
    assert "DISABLE_SCHEMA_UPDATE" not in plain  # which puts the password among a command's arguments


def test_it_starts_after_the_secrets_it_reads(program: Program) -> None:
    assert "credentials-litellm-secret" in program.needed(program.one("Deployment"))


def test_its_credentials_are_read_from_its_secret(program: Program) -> None:
    references = {
        v["name"]: v["valueFrom"]["secretKeyRef"] for v in _container(program)["env"] if "valueFrom" in v
    }
    assert references == {
        name: {"name": "litellm-secret", "key": name}
        for name in ("LITELLM_MASTER_KEY", "LITELLM_SALT_KEY", "UI_USERNAME", "UI_PASSWORD", "DATABASE_URL")
    }


def test_models_are_kept_in_its_database(program: Program) -> None:
    plain = {v["name"]: v.get("value") for v in _container(program)["env"]}
    assert plain["STORE_MODEL_IN_DB"] == "True"


def test_the_image_follows_from_the_settings(program: Program) -> None:
    assert _container(program)["image"] == "ghcr.io/berriai/litellm-non_root:v1.108.7"
    older = run(storageClass="gp3-csi", litellmVersion="1.74.7", acceptedRisks=EVERY_HOLE)
    assert _container(older)["image"] == "ghcr.io/berriai/litellm-non_root:v1.74.7"
    own = run(storageClass="gp3-csi", litellmImage="quay.io/me/litellm:1")
    assert _container(own)["image"] == "quay.io/me/litellm:1"


def test_its_pods_have_ended_before_their_namespace_goes(program: Program) -> None:
    # One that may still give an answer for minutes would hold the namespace for as long.
    (ending,) = program.all("Ending")
    assert ending.inputs["app"] == "litellm"
    assert ending.name in program.needed(program.one("Deployment"))
    assert "litemaas-namespace" in program.needed(ending)
    assert not ending.request.deletedWith
