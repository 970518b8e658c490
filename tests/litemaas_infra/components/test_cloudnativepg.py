"""What CloudNativePG is asked for; its operator is in no registry, so what it makes of that is not seen."""

from typing import Any

import pytest

from tests.litemaas_infra.support.program import Hidden, Program, run


@pytest.fixture(scope="module")
def program() -> Program:
    return run(database={"kind": "cnpg"}, storageSize="50Gi", pullSecrets=["quay"], secrets=("quay",))


def _cluster(program: Program) -> dict[str, Any]:
    spec: dict[str, Any] = program.one("Cluster", "litemaas-postgres").inputs["spec"]
    return spec


def test_a_cluster_takes_the_place_of_the_stacks_own_server(program: Program) -> None:
    assert program.one("Cluster").inputs["apiVersion"] == "postgresql.cnpg.io/v1"
    assert not program.all("StatefulSet")
    assert not program.all("PersistentVolumeClaim")
    assert "postgres-secret" not in {r.inputs["metadata"]["name"] for r in program.all("Secret")}


def test_it_has_three_servers_on_volumes_of_the_settings(program: Program) -> None:
    spec = _cluster(program)
    assert spec["instances"] == 3
    assert spec["storage"] == {"size": "50Gi", "storageClass": "gp3-csi"}
    assert spec["imagePullSecrets"] == [{"name": "quay"}]
    assert set(spec["resources"]) == {"requests", "limits"}
    assert _cluster(run(database={"kind": "cnpg", "instances": 5}))["instances"] == 5


def test_the_gateways_database_is_there_from_the_beginning_with_the_password_of_its_secret(
    program: Program,
) -> None:
    made = _cluster(program)["bootstrap"]["initdb"]
    assert (made["database"], made["owner"]) == ("litellm_db", "litellm")
    assert made["secret"] == {"name": "litellm-database"}


def test_litemaass_database_is_declared_beside_it_with_a_role_of_its_own(program: Program) -> None:
    (role,) = _cluster(program)["managed"]["roles"]
    assert role == {
        "name": "litemaas",
        "ensure": "present",
        "login": True,
        "passwordSecret": {"name": "litemaas-database"},
    }
    (declared,) = (r for r in program.all("Database") if r.type.startswith("kubernetes:"))
    assert declared.inputs["spec"] == {
        "cluster": {"name": "litemaas-postgres"},
        "name": "litemaas",
        "owner": "litemaas",
        "databaseReclaimPolicy": "retain",
    }


def test_passwords_are_of_the_type_that_it_takes_them_from(program: Program) -> None:
    for name in ("litellm-database", "litemaas-database"):
        secret = program.one("Secret", name)
        assert secret.inputs["type"] == "kubernetes.io/basic-auth"
        assert secret.name in program.needed(program.one("Cluster"))


def test_the_gateway_goes_to_the_server_that_is_written_to_and_checks_it(program: Program) -> None:
    hidden = program.one("Secret", "litellm-secret").inputs["stringData"]
    assert isinstance(hidden, Hidden)
    url = hidden.value["DATABASE_URL"]
    assert "@litemaas-postgres-rw:5432/litellm_db?sslmode=require&sslaccept=strict&sslcert=/etc/" in url
    pod = program.one("Deployment", "litellm").inputs["spec"]["template"]["spec"]
    (volume,) = (v for v in pod["volumes"] if v["name"] == "database-authority")
    assert volume["secret"] == {
        "secretName": "litemaas-postgres-ca",
        "items": [{"key": "ca.crt", "path": "ca.crt"}],
    }


def test_it_is_protected_with_the_data() -> None:
    protected = run(database={"kind": "cnpg"}, protectData="true")
    assert protected.one("Cluster").request.protect is True
