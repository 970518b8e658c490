"""Models: what endpoints offer, whether they answer, and those that no stack declares."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec
from tests.litemaas_infra.command.conftest import World
from tests.litemaas_infra.support.models import GRANITE, granite
from tests.litemaas_infra.support.models_files import as_ansible
from tests.litemaas_infra.support.web import Answer, Request, WebServer, serving

MISTRAL = Deployment(
    "by-hand",
    "mistral",
    {
        "model": "openai/mistral-7b",
        "api_base": "https://mistral.example.com/v1",
        "api_key": "sk-of-mistral",
        "rpm": 5.0,
        "temperature": 0.1,
        "extra_headers": {"Authorization": "Bearer sk-header"},
        "use_in_pass_through": False,
    },
    {"id": "by-hand", "mode": "chat", "db_model": True},
)


def _listing(request: Request) -> Answer:
    if request.headers.get("Authorization") not in ("Bearer sk-endpoint", None):
        return Answer(401)
    return Answer(200, {"data": [{"id": "mistral-7b"}, {"id": "granite-3-2-8b-instruct"}]})


@pytest.fixture
def endpoint() -> Any:
    with serving(_listing) as server:
        yield server


@pytest.mark.parametrize("page", ["", "/v1", "/v1/models", "/v1/chat/completions"])
def test_an_endpoint_tells_what_it_serves_and_how_that_is_declared(
    world: World, endpoint: WebServer, page: str
) -> None:
    world.declare(models=[{**GRANITE, "api_base": f"{endpoint.url}/v1"}])
    lines = world.run("models", "discover", f"{endpoint.url}{page}").stdout.splitlines()
    assert lines[:3] == [f"{endpoint.url}/v1 serves:", "  granite-3-2-8b-instruct (declared)", "  mistral-7b"]
    assert "    --plaintext 'models[1].litellm_model=openai/mistral-7b' \\" in lines
    assert lines[-1] == "pulumi config set --path --secret 'models[1].api_key'"


def test_a_models_file_s_are_none_of_the_settings_own(
    world: World, endpoint: WebServer, tmp_path: Path
) -> None:
    file = tmp_path / "models.yml"
    file.write_text(as_ansible([granite()]))
    world.declare(modelsFile=str(file))
    told = json.loads(world.run("models", "discover", endpoint.url, "--json").stdout)
    assert told["next_index"] == 0


def test_its_key_is_read_from_a_file_or_standard_input(
    world: World, endpoint: WebServer, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("sk-endpoint\n")
    assert world.run("models", "discover", endpoint.url, "--key", str(tmp_path / "key")).exit_code == 0
    assert world.run("models", "discover", endpoint.url, "--key", "-", stdin="sk-endpoint\n").exit_code == 0
    assert [r.headers["Authorization"] for r in endpoint.requests] == ["Bearer sk-endpoint"] * 2


def test_a_key_that_is_not_accepted_is_told_and_not_shown(world: World, endpoint: WebServer) -> None:
    done = world.run("models", "discover", endpoint.url, "--key", "-", stdin="sk-wrong")
    assert done.exit_code == 6
    assert "does not accept the key" in done.stderr
    assert "sk-wrong" not in done.output


def test_a_model_is_tested_at_each_of_its_deployments(world: World) -> None:
    world.deploy(granite())
    world.deploy(granite(deployment="second"))
    done = world.run("models", "test", "granite")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["granite"] * 2
    assert done.stdout.count("answers in") == 2


def test_a_model_that_does_not_answer_ends_the_test_with_1(world: World) -> None:
    world.deploy(granite())
    world.gateway.answers_as = "another"
    done = world.run("models", "test", "granite", "--json")
    assert done.exit_code == 1
    assert "deployment another answered" in json.loads(done.stdout)["deployments"][0]["trouble"]


def test_a_model_that_nobody_serves_is_told_with_those_that_are(world: World) -> None:
    world.deploy(granite())
    done = world.run("models", "test", "claude")
    assert done.exit_code == 5
    assert "the gateway serves no claude; it serves: granite" in done.stderr


def test_where_all_is_declared_there_is_nothing_to_adopt(world: World) -> None:
    world.declare(models=[GRANITE])
    world.deploy(granite())
    assert world.run("models", "adopt").stdout == "Every model, team and key of the gateway is declared.\n"


def test_a_model_made_by_hand_is_told_as_settings_without_its_secrets(world: World) -> None:
    world.declare(models=[GRANITE])
    world.deploy(granite())
    world.store(MISTRAL)
    world.rows["mistral"] = {"name": "Mistral", "description": "AI model", "restricted_access": True}
    done = world.run("models", "adopt")
    assert "sk-" not in done.stdout
    (settings,) = yaml.safe_load(done.stdout)["litemaas:models"]
    assert settings == {
        "model_name": "mistral",
        "adopt": True,
        "litellm_model": "openai/mistral-7b",
        "api_base": "https://mistral.example.com/v1",
        "rpm": 5,
        "mode": "chat",
        "params": {"temperature": 0.1},
        "display_name": "Mistral",
        "restricted_access": True,
    }
    supplied = [line for line in done.stdout.splitlines() if line.startswith("# to be supplied")]
    assert supplied == [
        "# to be supplied: pulumi config set --path --secret 'models[1].api_key'",
        "# to be supplied: pulumi config set --path --secret 'models[1].secret_params.extra_headers'",
    ]


def test_what_is_pasted_and_supplied_is_the_model_as_it_is(world: World) -> None:
    world.store(MISTRAL)
    (told,) = json.loads(world.run("models", "adopt", "--json").stdout)["models"]
    assert told["secrets"] == ["api_key", "secret_params.extra_headers"]
    supplied = {
        "api_key": "sk-of-mistral",
        "secret_params": {"extra_headers": MISTRAL.params["extra_headers"]},
    }
    wanted = Deployment.of(ModelSpec.model_validate({**told["settings"], **supplied}), "by-hand")
    change = MISTRAL.changes(wanted)
    assert change
    assert (change.params, MISTRAL.surplus(wanted)) == ({}, [])


def test_of_several_of_one_name_each_is_told_by_its_id(world: World) -> None:
    for id_ in ("a", "b"):
        world.store(Deployment(id_, "mistral", {"model": "openai/mistral-7b"}, {}))
    told = json.loads(world.run("models", "adopt", "--json").stdout)["models"]
    assert [(one["settings"].get("deployment"), one["settings"]["adopt"]) for one in told] == [
        (None, "a"),
        ("b", "b"),
    ]


def test_a_model_that_an_earlier_stack_made_needs_no_leave_to_be_adopted(world: World) -> None:
    world.deploy(granite(deployment="second"))
    (told,) = json.loads(world.run("models", "adopt", "--json").stdout)["models"]
    assert (told["settings"]["deployment"], "adopt" in told["settings"]) == ("second", False)


def test_a_variable_of_the_pod_is_no_secret(world: World) -> None:
    world.store(Deployment("x", "x", {"model": "openai/x", "api_key": "os.environ/X_KEY"}, {}))
    (told,) = json.loads(world.run("models", "adopt", "--json").stdout)["models"]
    assert (told["settings"]["api_key"], told["secrets"]) == ("os.environ/X_KEY", [])


def test_a_key_made_by_hand_is_told_with_where_its_value_is_to_be(world: World) -> None:
    world.keys.put("sk-bob", key_alias="bob", models=["granite"], max_budget=5.0, user_id="default_user_id")
    done = world.run("models", "adopt")
    (settings,) = yaml.safe_load(done.stdout)["litemaas:keys"]
    assert settings == {"alias": "bob", "models": ["granite"], "max_budget": 5}
    VirtualKeySpec.model_validate(settings)
    assert "# to be supplied: pulumi config set --path --secret 'keys[0].value'\n" in done.stdout


def test_a_team_made_by_hand_is_told_and_its_keys_name_it_by_its_alias(world: World) -> None:
    world.keys.teams = [{"team_id": "0815", "team_alias": "red", "max_budget": 50.0, "models": []}]
    world.keys.put("sk-bob", key_alias="bob", team_id="0815")
    told = yaml.safe_load(world.run("models", "adopt").stdout)
    assert told["litemaas:teams"] == [{"alias": "red", "max_budget": 50, "adopt": True}]
    assert told["litemaas:keys"] == [{"alias": "bob", "team": "red"}]
    TeamSpec.model_validate(told["litemaas:teams"][0])


@pytest.mark.parametrize(("alias", "which"), [("Some Key", "key Some Key"), (None, "a key without an alias")])
def test_a_key_without_a_fitting_alias_is_told_to_need_one(
    world: World, alias: str | None, which: str
) -> None:
    world.keys.put("sk-x", key_alias=alias)
    assert f"# {which} cannot be declared as it is" in world.run("models", "adopt").stdout
