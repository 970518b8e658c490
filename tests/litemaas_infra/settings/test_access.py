"""A key that names a model which the gateway doesn't serve is refused before anything is touched."""

from typing import Any

import pytest

from litemaas_infra.errors import SettingsError
from litemaas_infra.settings.config_file import ConfigFile
from litemaas_infra.settings.load import parse
from litemaas_infra.settings.models_file import ModelsFile
from tests.litemaas_infra.support.config_files import read_text
from tests.litemaas_infra.support.models import GRANITE, granite

CONFIG = read_text("""\
model_list:
  - {model_name: steady, litellm_params: {model: ollama/a}, model_info: {access_groups: [beta]}}
  - {model_name: "openai/*", litellm_params: {model: "openai/*"}}
router_settings: {model_group_alias: {gpt-4: steady}}
""")


def _complaints(
    *models: str, config: ConfigFile = CONFIG, file: ModelsFile | None = None, **settings: object
) -> list[str]:
    keys = [{"alias": "bot"}, {"alias": "anna", "models": models}]
    values = {"models": [GRANITE], "keys": keys, **settings}
    try:
        parse(values, file or ModelsFile(), config)
    except SettingsError as error:
        return str(error).split("\n  ")[1:]
    return []


@pytest.mark.parametrize("name", ["granite", "steady", "beta", "gpt-4", "openai/gpt-4o", "openai/*"])
def test_a_key_may_name_whatever_the_gateway_serves(name: str) -> None:
    assert _complaints(name) == []


def test_a_group_of_a_registered_model_counts_and_a_model_of_a_file() -> None:
    file = ModelsFile(models=(("models.yml:1", granite(model_name="listed")),))
    grouped = {**GRANITE, "model_info": {"access_groups": ["free"]}}
    assert _complaints("free", "listed", file=file, models=[grouped]) == []


def test_another_is_named_by_its_place_with_the_one_that_was_meant() -> None:
    first, second = _complaints("granite", "granit", "nonesuch")
    path = "litemaas:keys[1].models"
    told = "is no model that the gateway serves"
    command = "pulumi config set --path"
    assert first == f"{path}[1]: {told}; did you mean granite? {command} '{path}[1]' VALUE"
    added = "add it to litemaas:models, or name another"
    assert second == f"{path}[2]: {told}; {added}: {command} '{path}[2]' VALUE"


def test_what_a_wrong_file_would_serve_is_nobodys_guess() -> None:
    wrong = ConfigFile(mistakes=("config.yaml:1: is wrong",))
    assert _complaints("steady", config=wrong) == ["config.yaml:1: is wrong"]


def test_teams_and_users_are_held_to_it_too() -> None:
    told = "is no model that the gateway serves; did you mean granite?"
    team, user = _complaints(
        teams=[{"alias": "a", "models": ["granit"]}], users=[{"user_id": "b", "models": ["granit"]}]
    )
    assert team.startswith(f"litemaas:teams[0].models[0]: {told}")
    assert user.startswith(f"litemaas:users[0].models[0]: {told}")


@pytest.mark.parametrize(
    "models", [[], ["granite", "steady"], ["beta"], ["all-proxy-models"], ["g*", "steady"]]
)
def test_a_key_may_name_what_its_team_opens(models: list[str]) -> None:
    key = {"alias": "a", "team": "a", "models": ["granite", "steady", "all-team-models"]}
    assert _complaints(teams=[{"alias": "a", "models": models}], keys=[key]) == []


def test_a_key_that_names_what_its_team_or_user_does_not_open_is_told_whose() -> None:
    holders: dict[str, Any] = {
        "teams": [{"alias": "a", "models": ["granite"]}],
        "users": [{"user_id": "b", "models": ["beta"]}],
    }
    of_team = {"alias": "a", "team": "a", "user_id": "b", "models": ["steady"]}
    (told,) = _complaints(keys=[of_team], **holders)
    assert told.startswith("litemaas:keys[0].models[0]: is no model that its team opens; ")
    holders["users"][0]["models"] = ["granite"]
    (told,) = _complaints(keys=[{**of_team, "team": None}], **holders)
    assert told.startswith("litemaas:keys[0].models[0]: is no model that its user opens; ")


def test_all_models_of_a_team_are_nobodys_without_one() -> None:
    (told,) = _complaints("all-team-models")
    assert "is no model that the gateway serves" in told


@pytest.mark.parametrize(("field", "known"), [("team", "alias"), ("budget", "budget_id")])
def test_a_key_of_an_unknown_team_or_budget_is_told_which_was_meant(field: str, known: str) -> None:
    key = {"alias": "a", field: "reserch"}
    path = f"litemaas:keys[0].{field}"
    command = f"pulumi config set --path '{path}' VALUE"
    declared: dict[str, Any] = {f"{field}s": [{known: "research"}]}
    (told,) = _complaints(keys=[key], **declared)
    assert told == f"{path}: is no {field} of this stack; did you mean research? {command}"
    (told,) = _complaints(keys=[key])
    assert f"add it to litemaas:{field}s, or name another: {command}" in told


def test_two_of_one_name_are_told_with_the_one_to_remove() -> None:
    (told,) = _complaints(users=[{"user_id": "a@b"}, {"user_id": "a@b"}])
    command = "pulumi config rm --path 'litemaas:users[1]'"
    assert told == f"litemaas:users: has the user_id a@b twice; remove one: {command}"


def test_a_field_that_none_has_is_told_with_those_there_are() -> None:
    (told,) = _complaints(budgets=[{"budget_id": "a", "max": 5}])
    assert told.startswith("litemaas:budgets[0].max: there is no such setting; ")
    assert "(a budget has: max_budget, budget_duration" in told


def test_so_is_the_chat() -> None:
    (told,) = _complaints(chat={"enabled": True, "models": ["granit"]})
    path = "litemaas:chat.models[0]"
    command = f"pulumi config set --path '{path}' VALUE"
    assert told == f"{path}: is no model that the gateway serves; did you mean granite? {command}"


def test_another_name_for_a_model_that_there_is_not_is_refused() -> None:
    key = {"alias": "a", "aliases": {"gpt-4o": "granite", "gpt-5": "granit"}}
    (told,) = _complaints(keys=[key])
    path = "litemaas:keys[0].aliases.gpt-5"
    command = f"pulumi config set --path '{path}' VALUE"
    assert told == f"{path}: is no model that the gateway serves; did you mean granite? {command}"


def test_a_limit_of_a_model_that_nobody_serves_is_told() -> None:
    (told,) = _complaints(keys=[{"alias": "a", "model_rpm": {"granit": 5, "granite": 5}}])
    path = "litemaas:keys[0].model_rpm.granit"
    assert told == f"{path}: is no model that the gateway serves; pulumi config rm --path '{path}'"
