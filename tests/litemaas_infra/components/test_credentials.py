"""Secrets as the documentation of LiteMaaS names them, and where their values go."""

from typing import Any

import pytest

from tests.litemaas_infra.support.program import GENERATED, Declared, Hidden, Program

KEYS = {
    "postgres-secret": {"POSTGRES_USER", "POSTGRES_PASSWORD"},
    "litellm-secret": {
        "LITELLM_MASTER_KEY",
        "LITELLM_SALT_KEY",
        "UI_USERNAME",
        "UI_PASSWORD",
        "DATABASE_URL",
    },
    "litemaas-database": {"username", "password", "database", "host", "port", "sslmode", "DATABASE_URL"},
    "litellm-database": {"username", "password", "database", "host", "port", "sslmode", "DATABASE_URL"},
}


def _values(program: Program, secret: str) -> dict[str, str]:
    hidden = program.one("Secret", secret).inputs["stringData"]
    assert isinstance(hidden, Hidden), f"{secret} is not kept secret in state"
    return dict(hidden.value)


@pytest.mark.parametrize(("secret", "keys"), KEYS.items())
def test_a_secret_has_the_keys_of_the_documentation(program: Program, secret: str, keys: set[str]) -> None:
    assert set(_values(program, secret)) == keys


def test_there_are_no_other_secrets(program: Program) -> None:
    assert {r.inputs["metadata"]["name"] for r in program.all("Secret")} == set(KEYS)


def test_users_and_databases_are_those_of_the_documentation(program: Program) -> None:
    assert _values(program, "postgres-secret")["POSTGRES_USER"] == "postgres"
    assert _values(program, "litellm-secret")["UI_USERNAME"] == "admin"
    backend, gateway = _values(program, "litemaas-database"), _values(program, "litellm-database")
    assert (backend["username"], backend["database"]) == ("litemaas", "litemaas")
    assert (gateway["username"], gateway["database"]) == ("litellm", "litellm_db")


def test_every_password_is_its_own(program: Program) -> None:
    passwords = program.all("Password")
    assert {(r.inputs["secret"], r.inputs["key"]) for r in passwords} == {
        ("postgres-secret", "POSTGRES_PASSWORD"),
        ("litellm-secret", "LITELLM_MASTER_KEY"),
        ("litellm-secret", "LITELLM_SALT_KEY"),
        ("litellm-secret", "UI_PASSWORD"),
        ("litemaas-database", "password"),
        ("litellm-database", "password"),
    }


@pytest.mark.parametrize(("secret", "key"), [(s, k) for s, keys in KEYS.items() for k in keys])
def test_a_generated_value_is_kept_under_the_key_it_was_made_for(
    program: Program, secret: str, key: str
) -> None:
    made = {(r.inputs["secret"], r.inputs["key"]) for r in program.all("Password")}
    if (secret, key) in made:
        assert _values(program, secret)[key] == f"{GENERATED}{secret}-{key}"


def test_the_gateways_database_url_leads_to_its_database_with_its_password(program: Program) -> None:
    password = _values(program, "litellm-database")["password"]
    url = f"postgresql://litellm:{password}@litemaas-postgres:5432/litellm_db?sslmode=disable"
    assert _values(program, "litellm-secret")["DATABASE_URL"] == url


def test_so_does_the_backends(program: Program) -> None:
    password = _values(program, "litemaas-database")["password"]
    url = f"postgresql://litemaas:{password}@litemaas-postgres:5432/litemaas?sslmode=disable"
    assert _values(program, "litemaas-database")["DATABASE_URL"] == url


def test_litellms_keys_begin_as_litellm_wants_them(program: Program) -> None:
    prefixes = {r.inputs["key"]: r.inputs["prefix"] for r in program.all("Password")}
    assert prefixes["LITELLM_MASTER_KEY"] == prefixes["LITELLM_SALT_KEY"] == "sk-"


def test_what_opens_the_data_is_said_to(program: Program) -> None:
    opening = {r.inputs["key"] for r in program.all("Password") if r.inputs["opens_data"]}
    assert opening == {"POSTGRES_PASSWORD", "LITELLM_SALT_KEY"}


def test_a_passwords_value_is_a_secret_of_the_state(program: Program) -> None:
    for password in program.all("Password"):
        assert "value" in password.request.additionalSecretOutputs, password.name


def test_no_secret_is_anywhere_but_in_secrets(program: Program) -> None:
    open_to_all = [r for r in program.resources if r.kind != "Secret"]
    for resource in open_to_all:
        shown = [text for text in _texts(resource.inputs) if GENERATED in text or "sk-of-" in text]
        assert shown == [], resource.name
    assert GENERATED not in repr(program.exports)


def test_no_variable_of_a_container_holds_a_secret_itself(program: Program) -> None:
    secret_names = {key for keys in KEYS.values() for key in keys}
    for variable in (v for c in _containers(program) for v in c.get("env", [])):
        if variable["name"] in secret_names:
            assert "value" not in variable
            reference = variable["valueFrom"]["secretKeyRef"]
            assert reference["key"] in KEYS[reference["name"]]


def test_the_data_is_made_after_the_secrets_that_open_it(program: Program) -> None:
    needed = program.needed(program.one("PersistentVolumeClaim"))
    assert {r.name for r in program.all("Secret")} <= needed
    assert {r.name for r in program.all("Password")} <= needed


def _containers(program: Program) -> list[dict[str, Any]]:
    pods = [_pod(r) for r in program.workloads]
    return [c for pod in pods for c in [*pod["containers"], *pod.get("initContainers", [])]]


def _pod(resource: Declared) -> dict[str, Any]:
    pod: dict[str, Any] = resource.inputs["spec"]["template"]["spec"]
    return pod


def _texts(value: Any) -> list[str]:
    """Every text in what is not hidden."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []
