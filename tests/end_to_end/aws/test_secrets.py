"""No secret is to be read where it does not belong, and each opens only what it is for."""

import base64
import json

import pytest

from tests.end_to_end.aws.conftest import Deployed
from tests.end_to_end.support import watching
from tests.end_to_end.support.commands import CHECKOUT, Done
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import inside, psql, secret, secrets

NO_SECRET = {"username", "database", "host", "port", "sslmode", "POSTGRES_USER", "UI_USERNAME"}
"""Keys of our Secrets whose values are names and the like."""


@pytest.fixture(scope="module")
def hidden(deployed: Deployed) -> dict[str, str]:
    """Every value that is secret, by where it is kept."""
    del deployed
    values = {
        f"{name} {key}": value
        for name, content in secrets().items()
        for key, value in content.items()
        if key not in NO_SECRET
    }
    return {**values, "the models' api_key": secret("model-endpoint", "models")["api-key"]}


def assert_hidden(hidden: dict[str, str], text: str) -> None:
    """None of the values is in the text, nor as a Secret has it."""
    for place, value in hidden.items():
        assert value not in text, place
        assert base64.b64encode(value.encode()).decode() not in text, place


def test_there_are_secrets_to_look_for(hidden: dict[str, str]) -> None:
    assert len(hidden) >= 8
    assert all(len(value) >= 20 for value in hidden.values())


def test_the_first_up_shows_none(deployed: Deployed, hidden: dict[str, str]) -> None:
    assert_hidden(hidden, deployed.make.text)


def test_the_list_of_processes_shows_none_meanwhile(deployed: Deployed, hidden: dict[str, str]) -> None:
    seen = "\n".join(deployed.processes)
    assert "pulumi up --stack aws" in seen
    assert "litellm" in seen
    assert_hidden(hidden, seen)


def test_a_change_of_a_model_shows_none(stack: Stack, hidden: dict[str, str]) -> None:
    with watching.processes() as seen, stack.with_setting("models[0].description", "changed"):
        diff, changed = stack.preview(), stack.up("--diff").succeeded()
    assert "description" in diff.out
    for text in (diff.text, changed.text, "\n".join(seen)):
        assert_hidden(hidden, text)
    stack.up().succeeded()


def test_the_state_keeps_none_in_plain(stack: Stack, hidden: dict[str, str]) -> None:
    state = stack.export()
    assert len(json.loads(state)["deployment"]["resources"]) > 20
    assert_hidden(hidden, state)


def test_the_configuration_keeps_none_in_plain(stack: Stack, hidden: dict[str, str]) -> None:
    assert_hidden(hidden, stack.pulumi("config", "--json").succeeded().out)


def test_the_logs_of_the_pods_show_none(hidden: dict[str, str]) -> None:
    for workload in ("deployment/litellm", "statefulset/litemaas-postgres"):
        logs = inside("oc", "logs", "-n", "litemaas", workload, "--all-containers").succeeded()
        assert_hidden(hidden, logs.text)


def log_in(user: str, database: str, password: str) -> Done:
    """An attempt through a port-forward."""
    python = str(CHECKOUT / ".venv/bin/python")
    return inside(python, "-m", "tests.end_to_end.support.log_in", user, database, stdin=password)


OWNERS = {"litemaas": ("litemaas-database", "litemaas"), "litellm": ("litellm-database", "litellm_db")}


@pytest.mark.parametrize("user", OWNERS)
def test_the_owner_of_a_database_logs_in_to_it_with_its_password(user: str, hidden: dict[str, str]) -> None:
    name, database = OWNERS[user]
    log_in(user, database, hidden[f"{name} password"]).succeeded()


@pytest.mark.parametrize("user", OWNERS)
def test_nobody_logs_in_without_a_password(user: str, hidden: dict[str, str]) -> None:
    del hidden
    done = log_in(user, OWNERS[user][1], "wrong").failed()
    assert "password authentication failed" in done.err


@pytest.mark.parametrize(("user", "other"), [("litemaas", "litellm"), ("litellm", "litemaas")])
def test_an_owner_is_kept_out_of_the_other_s_database(user: str, other: str, hidden: dict[str, str]) -> None:
    done = log_in(user, OWNERS[other][1], hidden[f"{OWNERS[user][0]} password"]).failed()
    assert "permission denied for database" in done.err


def test_the_owners_own_their_databases_and_are_no_administrators(hidden: dict[str, str]) -> None:
    del hidden
    owned = psql("SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE NOT datistemplate")
    assert {"litemaas|litemaas", "litellm_db|litellm"} <= set(owned.splitlines())
    administrators = psql("SELECT rolname FROM pg_roles WHERE rolsuper OR rolcreatedb OR rolcreaterole")
    assert administrators == "postgres"
