"""The two databases, wherever they are, and what an existing server spares the stack."""

from typing import Any

import pytest

from tests.litemaas_infra.support.certificates import self_signed
from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import GENERATED, Hidden, Program, run

HOST = "postgresql.default.svc.cluster.local"
SHARED: dict[str, Any] = {
    "kind": "existing",
    "host": HOST,
    "gatewayDatabase": "litellm",
    "sslmode": "require",
}


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> str:
    return self_signed(tmp_path_factory.mktemp("authority")).certificate


@pytest.fixture(scope="module")
def shared() -> Program:
    """A stack on a server that someone else runs, with an administrator's Secret."""
    return _run(SHARED)


def _run(database: dict[str, Any]) -> Program:
    return run(models=[GRANITE], database=database)


def _secret(program: Program, name: str) -> dict[str, str]:
    hidden = program.one("Secret", name).inputs["stringData"]
    assert isinstance(hidden, Hidden)
    return dict(hidden.value)


def _pod(program: Program) -> dict[str, Any]:
    pod: dict[str, Any] = program.one("Deployment", "litellm").inputs["spec"]["template"]["spec"]
    return pod


def test_there_are_two_databases_with_two_owners(program: Program) -> None:
    made = {r.name: (r.inputs["database"], r.inputs["owner"]) for r in program.all("Database")}
    assert made == {
        "databases-models": ("litemaas", "litemaas"),
        "databases-gateway": ("litellm_db", "litellm"),
    }


def test_they_are_made_once_server_and_secrets_are_there(program: Program) -> None:
    for database in program.all("Database"):
        assert {"postgres-ready", "credentials-litellm-database"} <= program.needed(database)


def test_they_are_the_same_resources_whichever_server_they_are_on(program: Program, shared: Program) -> None:
    def places(of: Program) -> set[tuple[str, str, str]]:
        return {(r.type, r.name, r.request.parent) for r in of.all("Database")}

    assert places(program) == places(shared)


def test_an_existing_server_leaves_nothing_of_one_to_declare(shared: Program) -> None:
    assert not shared.all("StatefulSet")
    assert not shared.all("PersistentVolumeClaim")
    names = {r.inputs["metadata"]["name"] for r in shared.resources if "metadata" in r.inputs}
    assert not {name for name in names if "postgres" in name}


def test_its_two_databases_bear_the_names_of_the_settings(shared: Program) -> None:
    made = {r.inputs["database"]: r.inputs for r in shared.all("Database")}
    assert set(made) == {"litellm", "litemaas"}
    assert made["litellm"]["server"] == {"host": HOST, "port": 5432, "sslmode": "require"}
    assert "admin" not in made["litellm"]


def test_an_administrator_is_told_by_name_and_never_by_password() -> None:
    program = _run({**SHARED, "adminSecret": "default/pg", "adminUserKey": "user"})
    for database in program.all("Database"):
        assert database.inputs["admin"] == {
            "secret": "default/pg",
            "user_key": "user",
            "password_key": "password",
            "database": "postgres",
        }


def test_the_secrets_say_where_the_databases_are(shared: Program) -> None:
    assert _secret(shared, "litellm-database") == {
        "host": HOST,
        "port": "5432",
        "sslmode": "require",
        "username": "litellm",
        "database": "litellm",
        "password": f"{GENERATED}litellm-database-password",
        "DATABASE_URL": (
            f"postgresql://litellm:{GENERATED}litellm-database-password@{HOST}:5432/litellm?sslmode=no-verify"
        ),
    }


def test_a_role_that_is_there_already_keeps_its_password_which_stays_secret() -> None:
    program = _run({**SHARED, "gatewayPassword": "theirs/?"})
    assert _secret(program, "litellm-database")["password"] == "theirs/?"
    assert "://litellm:theirs%2F%3F@" in _secret(program, "litellm-secret")["DATABASE_URL"]
    shown = [r for r in program.resources if r.kind != "Secret" and "theirs" in repr(r.inputs)]
    assert shown == []


def test_a_servers_password_means_nothing_to_the_stacks_own() -> None:
    program = _run({"gatewayPassword": "theirs/?"})
    assert _secret(program, "litellm-database")["password"] == f"{GENERATED}litellm-database-password"


@pytest.mark.parametrize("other", [{"gatewayPassword": "another"}, {"sslmode": "verify-full"}])
def test_who_logs_in_otherwise_is_another_pod_and_looks_again(shared: Program, other: dict[str, str]) -> None:
    changed = _run({**SHARED, **other})
    assert _checksum(changed) != _checksum(shared)
    assert {d.inputs["checksum"] for d in changed.all("Database")} == {_checksum(changed)}


def _checksum(program: Program) -> str:
    template = program.one("Deployment", "litellm").inputs["spec"]["template"]
    found: str = template["metadata"]["annotations"]["checksum/database"]
    return found


def test_the_gateway_waits_for_that_server_and_connects_to_it(shared: Program) -> None:
    (waiting,) = _pod(shared)["initContainers"]
    assert f"pg_isready -h {HOST} -p 5432 -U litellm -d litellm" in waiting["command"][-1]
    url = _secret(shared, "litellm-secret")["DATABASE_URL"]
    assert url.endswith(f"@{HOST}:5432/litellm?sslmode=require&sslaccept=accept_invalid_certs")


def test_the_gateway_checks_the_certificate_by_the_authority_that_it_is_given(pem: str) -> None:
    program = _run({**SHARED, "sslmode": "verify-full", "authority": pem})
    assert program.one("ConfigMap", "litellm-database-authority").inputs["data"] == {"ca.crt": pem}
    url = _secret(program, "litellm-secret")["DATABASE_URL"]
    file = "/etc/database-authority/ca.crt"
    assert url.endswith(f"?sslmode=require&sslaccept=strict&sslcert={file}")
    (volume,) = (v for v in _pod(program)["volumes"] if v["name"] == "database-authority")
    assert volume["configMap"]["name"] == "litellm-database-authority"
    (mount,) = (
        m for m in _pod(program)["containers"][0]["volumeMounts"] if m["name"] == "database-authority"
    )
    assert file.startswith(f"{mount['mountPath']}/")
    assert mount["readOnly"] is True
    assert _secret(program, "litemaas-database")["ca.crt"] == pem


def test_nobody_in_the_namespace_is_let_in_where_no_database_is(shared: Program) -> None:
    policies = {r.inputs["metadata"]["name"] for r in shared.all("NetworkPolicy")}
    assert policies == {"litemaas-default-deny", "litemaas-dns", "litemaas-gateway", "litemaas-migration"}


def test_data_that_outlives_the_stack_keeps_its_namespace_and_the_secrets_that_open_it(
    program: Program,
) -> None:
    shared = run(models=[GRANITE], database=SHARED, keys=[{"alias": "anna"}])
    kept = {r.name for r in shared.resources if r.request.retainOnDelete}
    assert kept == {"litemaas-namespace"} | {r.name for r in shared.all("Secret")}
    assert not [r for r in program.resources if r.request.retainOnDelete]


def test_data_that_may_go_keeps_nothing() -> None:
    program = _run({**SHARED, "forceDelete": True, "adminSecret": "default/pg", "adminUserKey": "user"})
    assert not [r for r in program.resources if r.request.retainOnDelete]
    for database in program.all("Database"):
        assert database.inputs["force_delete"] is True
        assert not database.request.deletedWith


def test_at_another_place_models_are_made_again(program: Program, shared: Program) -> None:
    (model,) = shared.all("Model")
    assert model.inputs["site"]["database"] == f"{HOST}:5432/litellm+litemaas"
    assert all("database" not in r.inputs["site"] for r in program.all("Model"))
