"""What the Ansible collection deployed becomes a stack's: its users lose nothing.

The steps are those that `litemaas migrate` prints, in their order.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import yaml

from tests.end_to_end.support import belongings, collection, readme
from tests.end_to_end.support.commands import CHECKOUT
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import (
    NAMESPACE,
    VOLUMES,
    found,
    inside,
    names,
    oc,
    psql,
    secret,
    secrets,
)

LISTED, BY_HAND = "granite-3-2-8b-instruct", "mistral-7b-instruct"
"""A model that the playbook's variables have, and one that was added in the admin UI."""
ENDPOINT = "http://model-endpoint.models.svc:8000/v1"
FILE = CHECKOUT / "Pulumi.migrated.yaml"
PATIENCE = 60.0
"""Seconds in which LiteLLM writes down what was spent."""


@dataclass(frozen=True)
class Before:
    """What there was, with the holder of a key."""

    holder: Gateway
    ids: dict[str, str]
    secrets: dict[str, dict[str, str]]

    @property
    def token(self) -> str:
        """What the holder's key is known by."""
        return hashlib.sha256(self.holder.key.encode()).hexdigest()


def told(*arguments: str) -> Any:
    """What the command answers to programs."""
    return json.loads(inside("./litemaas", *arguments, "--json", timeout=120).succeeded().out)


def paste(settings: dict[str, Any]) -> None:
    """Into the stack's file, beside what is there."""
    content = yaml.safe_load(FILE.read_text())
    FILE.write_text(yaml.safe_dump({**content, "config": {**(content.get("config") or {}), **settings}}))


def ids() -> dict[str, str]:
    """What the gateway knows its models by."""
    return {name: model["model_info"]["id"] for name, model in Gateway.deployed().models().items()}


def spent(token: str) -> float:
    """Under a key, as the gateway has it."""
    return float(Gateway.deployed().ask("GET", f"/key/info?key={token}")["info"]["spend"])


@pytest.fixture(scope="module")
def endpoint_key(empty: None) -> str:
    del empty
    return secret("model-endpoint", "models")["api-key"]


@pytest.fixture(scope="module")
def migrated(empty: None) -> Iterator[Stack]:
    """A new stack, without a setting."""
    del empty
    stack = Stack("migrated")
    FILE.write_text("config: {}\n")
    try:
        stack.pulumi("stack", "init").succeeded()
        yield stack
    finally:
        FILE.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def before(endpoint_key: str) -> Before:
    """Deployed by the collection, and used."""
    collection.deploy()
    belongings.come(collection.psql)
    admin = Gateway.deployed()
    for model in (LISTED, BY_HAND):
        params = {"model": f"openai/{model}", "api_base": ENDPOINT, "api_key": endpoint_key}
        priced = {**params, "input_cost_per_token": 0.001, "output_cost_per_token": 0.002}
        admin.ask("POST", "/model/new", {"model_name": model, "litellm_params": priced, "model_info": {}})
    team = admin.ask("POST", "/team/new", {"team_alias": "research", "max_budget": 50})["team_id"]
    admin.ask("POST", "/user/new", {"user_email": "ann@example.com", "user_id": "ann", "team_id": team})
    key = {"key_alias": "ann", "user_id": "ann", "team_id": team, "max_budget": 10, "models": [BY_HAND]}
    holder = Gateway(admin.url, admin.ask("POST", "/key/generate", key)["key"])
    assert holder.completes(BY_HAND)
    return Before(holder, ids(), secrets())


@pytest.fixture(scope="module")
def variables(endpoint_key: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The playbook's."""
    model = {
        "model_name": LISTED,
        "litellm_model": f"openai/{LISTED}",
        "api_base": ENDPOINT,
        "api_key": endpoint_key,
        "description": "of IBM",
        "input_cost_per_token": 0.001,
        "output_cost_per_token": 0.002,
        "adopt": True,
    }
    named = {**collection.VARIABLES, "litellm_models": [model]}
    file = tmp_path_factory.mktemp("variables") / "extra-vars.yml"
    prefixed = {f"ocp4_workload_litemaas_{name}": value for name, value in named.items()}
    file.write_text(yaml.safe_dump(prefixed))
    return file


def test_up_refuses_a_namespace_with_a_former_deployment(migrated: Stack, before: Before) -> None:
    assert before.ids
    migrated.up().failed(within=60).says("statefulset/postgres, deployment/litellm", "`litemaas migrate`")


@pytest.fixture(scope="module")
def steps(before: Before, migrated: Stack, variables: Path, endpoint_key: str) -> list[str]:
    """What the README's lines say is to be typed, once the settings that they tell are written."""
    del before, migrated
    (step,) = readme.steps(CHECKOUT / "README.md", "## From the Ansible collection")
    translate, migrate = (line.partition("#")[0] for line in step.lines.splitlines())
    settings = inside("sh", "-eu", stdin=translate.replace("extra-vars.yml", str(variables))).succeeded().out
    assert endpoint_key not in settings
    paste(yaml.safe_load(settings))
    answer = inside("sh", "-eu", stdin=f"{migrate} --json").succeeded().out
    return [step["line"] for step in json.loads(answer)["steps"]]


@dataclass(frozen=True)
class Kept:
    """What the databases had when all that writes was stopped."""

    rows: set[str]
    counts: dict[str, int]

    def fewer(self) -> dict[str, tuple[int, int]]:
        """The tables that have fewer rows now, with how many they had and have."""
        now = belongings.counted(psql)
        return {name: (had, now.get(name, 0)) for name, had in self.counts.items() if now.get(name, 0) < had}


@pytest.fixture(scope="module")
def kept(before: Before, steps: list[str], variables: Path) -> Kept:
    """As the steps have it."""
    began = monotonic()
    while not spent(before.token) and monotonic() - began < PATIENCE:
        sleep(1)
    for line in steps[: steps.index("pulumi up")]:
        typed(line, variables.parent)
    return Kept(belongings.listed(collection.psql), belongings.counted(collection.psql))


def typed(line: str, folder: Path) -> None:
    """As it is, by somebody who is there."""
    inside("sh", "-eu", stdin=f"cd {folder}\n{line}", timeout=120).succeeded()


def test_up_takes_every_row_over(migrated: Stack, kept: Kept) -> None:
    assert {line.partition("|")[0] for line in kept.rows} >= {"model", "key", "team", "spent", "subscription"}
    migrated.up(timeout=600).succeeded()
    assert kept.rows - belongings.listed(psql) == set()
    assert kept.fewer() == {}


def test_passwords_and_keys_are_those_of_before(before: Before, kept: Kept) -> None:
    assert kept
    now = secrets()
    for name, values in before.secrets.items():
        assert now[name].items() >= {k: v for k, v in values.items() if k != "DATABASE_URL"}.items(), name
    master = now["litellm-secret"]["LITELLM_MASTER_KEY"]
    assert now["litellm-secret"]["LITELLM_SALT_KEY"] == now["backend-secret"]["ENCRYPTION_KEY"] == master


def test_models_and_spend_are_those_of_before_at_the_host_of_before(before: Before, kept: Kept) -> None:
    assert kept
    assert Gateway.deployed().url == before.holder.url == f"https://{collection.HOST}"
    assert ids() == before.ids
    assert spent(before.token) > 0
    assert before.holder.completes(BY_HAND).startswith(f"This is {BY_HAND}.")


def test_users_find_the_pages_where_they_were(kept: Kept) -> None:
    assert kept
    page = inside("curl", "-sS", "--fail", f"https://{collection.PAGES}").succeeded().out
    assert "<title>LiteMaaS</title>" in page
    listed = json.loads(inside("curl", "-sS", f"https://{collection.PAGES}/api/v1/models").succeeded().out)
    assert sorted(model["id"] for model in listed["data"]) == [LISTED, BY_HAND]
    client = found("oauthclients", collection.CLIENT)
    assert client["secret"] == secret("backend-secret")["OAUTH_CLIENT_SECRET"]


def test_all_is_declared_and_users_who_logged_in_get_keys_instead(
    migrated: Stack, before: Before, steps: list[str], kept: Kept, endpoint_key: str
) -> None:
    (model,) = told("models", "adopt")["models"]
    paste({"litemaas:models": [model["settings"]]})
    migrated.set_from_input("litemaas:models[0].api_key", endpoint_key, "--secret")
    assert [key["user_id"] for key in told("keys", "everyone")["declared"]] == ["ann@example.com"]
    migrated.set("litemaas:backend.kind", "none")
    for line in steps[-3:-1]:
        typed(line, CHECKOUT)
    migrated.up().succeeded()
    assert ids() == before.ids
    ann = replace(before.holder, key=told("keys", "show", "ann-example-com")["value"])
    assert ann.completes(BY_HAND) == before.holder.completes(BY_HAND)
    assert not {one for kind in ("deployments", "oauthclients") for one in names(kind) if "litemaas-" in one}
    assert kept.fewer() == {}
    migrated.unchanged()


def test_then_nothing_is_left_of_the_former_one_but_its_volume(migrated: Stack) -> None:
    claims = {claim["metadata"]["name"] for claim in found("pvc")["items"]}
    assert claims == {"data-litemaas-postgres-0", "postgres-storage-postgres-0"}
    ours = "app.kubernetes.io/part-of"
    rest = found("deployments,statefulsets,services,routes,networkpolicies")["items"]
    assert [one["metadata"]["name"] for one in rest if ours not in one["metadata"].get("labels", {})] == []
    oc("delete", "pvc", "postgres-storage-postgres-0", "-n", NAMESPACE)
    migrated.destroy().succeeded()
    assert f"namespace/{NAMESPACE}" not in names("namespaces")
    assert list(VOLUMES.iterdir()) == []
