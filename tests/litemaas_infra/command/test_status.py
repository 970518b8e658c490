"""A deployment at a glance: all well, or what is not."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from litemaas_infra.clients.services import Services
from litemaas_infra.clients.spending import Spent
from litemaas_infra.errors import DatabaseUnreachable
from litemaas_infra.specs.deployment import Deployment
from litemaas_infra.specs.virtual_key import VirtualKeySpec
from tests.litemaas_infra.command.conftest import HOST, World, pod
from tests.litemaas_infra.support.kubernetes import secret
from tests.litemaas_infra.support.models import GRANITE, granite

ANNA: dict[str, Any] = {"alias": "anna", "models": ["granite"], "max_budget": 100}


@pytest.fixture
def deployed(world: World) -> World:
    """A model and a key, as they are declared."""
    world.declare(models=[GRANITE], keys=[ANNA])
    world.deploy(granite())
    world.keys.put("sk-anna", **VirtualKeySpec.model_validate(ANNA).told, spend=1.5)
    return world


def _told(world: World, *arguments: str, code: int = 0) -> dict[str, Any]:
    done = world.run("status", "--json", *arguments)
    assert done.exit_code == code, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _difference(world: World) -> str:
    (only,) = _told(world, code=1)["differences"]
    return str(only)


def test_all_is_well_where_what_is_declared_is_there_and_answers(deployed: World) -> None:
    told = _told(deployed)
    assert told["addresses"] == {"litellm": f"https://{HOST}"}
    assert [one["name"] for one in told["pods"]] == ["litellm-1", "litemaas-postgres-0"]
    (model,) = told["models"]
    assert (model["model_name"], model["source"], model["served"], model["row"]) == (
        "granite",
        "stack",
        True,
        True,
    )
    assert model["health"].startswith("answers in ")
    assert told["keys"] == [
        {
            "alias": "anna",
            "user": None,
            "models": ["granite"],
            "spend": 1.5,
            "max_budget": 100,
            "blocked": False,
            "declared": True,
        }
    ]
    assert told["differences"] == []


def test_people_see_it_in_tables(deployed: World) -> None:
    done = deployed.run("status")
    assert done.exit_code == 0
    for seen in (f"litellm: https://{HOST}", "litellm-1 ", "granite ", "anna ", "$1.50", "$100"):
        assert seen in done.stdout
    assert done.stdout.endswith("What is declared is what is there.\n")


def test_the_last_30_days_spend_is_told(deployed: World) -> None:
    today = datetime.now(UTC).date()
    days = (today, today - timedelta(days=29), today - timedelta(days=31))
    deployed.spent = [Spent(day, "anna", None, "granite", 0.25, 10, 1) for day in days]
    assert _told(deployed)["spend"] == 0.5


def test_quickly_no_model_is_asked(deployed: World) -> None:
    assert _told(deployed, "--quick")["models"][0]["health"] == ""


def test_a_model_that_does_not_answer_is_not_well(deployed: World) -> None:
    deployed.gateway.answers_as = "another"
    (model,) = _told(deployed, code=1)["models"]
    assert "deployment another answered for 'granite'" in model["health"]


def test_a_model_of_a_mode_that_has_no_token_to_give_is_not_asked(world: World) -> None:
    world.declare(models=[{**GRANITE, "mode": "image_generation"}])
    world.deploy(granite(mode="image_generation"))
    assert _told(world)["models"][0]["health"] == "not asked"


def test_a_gateway_that_is_down_is_told_beside_what_can_be_seen(deployed: World) -> None:
    deployed.api.put("pods", {"items": [pod("litellm-1", "litellm", ready=False)]})
    deployed.api.objects.pop("/apis/apps/v1/namespaces/litemaas/deployments/litellm")
    told = _told(deployed, code=1)
    assert told["troubles"] == ["no pod of the gateway is ready; `litemaas logs` may say why"]
    assert (told["addresses"], told["differences"]) == ({"litellm": f"https://{HOST}"}, [])


def test_a_database_that_is_down_is_told_once(deployed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise DatabaseUnreachable("PostgreSQL does not answer")

    monkeypatch.setattr(Services, "models", refused)
    assert _told(deployed, code=1)["troubles"] == ["PostgreSQL does not answer"]


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ({"ready": False}, None),
        (
            {
                "containerStatuses": [
                    {"name": "litellm", "restartCount": 1, "state": {"terminated": {"exitCode": 1}}}
                ]
            },
            "it ended (exit code 1)",
        ),
    ],
)
def test_a_pod_that_is_not_well_is_told(deployed: World, state: dict[str, Any], trouble: str | None) -> None:
    others = [pod("litellm-1", "litellm"), pod("litellm-2", "litellm", **state)]
    deployed.api.put("pods", {"items": others})
    assert _told(deployed, code=1)["pods"][1]["trouble"] == trouble


def test_a_pod_that_has_done_its_work_is_well(deployed: World) -> None:
    ended = pod("litellm-migration-1", "litellm-migration", ready=False, phase="Succeeded")
    deployed.api.put("pods", {"items": [pod("litellm-1", "litellm"), ended]})
    assert _told(deployed)["pods"][1]["phase"] == "Succeeded"


def test_a_declared_model_that_is_not_there_is_told(deployed: World) -> None:
    deployed.gateway.models.clear()
    deployed.rows.clear()
    told = "model granite is declared, and the gateway does not have it; `pulumi up --refresh` mends that"
    assert _difference(deployed) == told


def test_a_model_without_its_row_is_told(deployed: World) -> None:
    deployed.rows.clear()
    assert _difference(deployed).startswith("model granite has no row in the backend's table")


def test_what_was_changed_by_hand_is_told_by_its_names_and_no_value(deployed: World) -> None:
    (body,) = deployed.gateway.models.values()
    body["litellm_params"].update(rpm=5, api_key="sk-another")
    told = _difference(deployed)
    assert told.startswith("model granite has another api_key, rpm than is declared")
    assert "sk-another" not in told


def test_a_model_whose_key_is_in_a_secret_is_compared_with_what_the_secret_has(world: World) -> None:
    declared = {name: value for name, value in GRANITE.items() if name != "api_key"}
    world.declare(models=[{**declared, "api_key_secret": "granite/key"}])
    world.deploy(granite())
    assert "Secret granite of namespace litemaas, which is not there" in _difference(world)
    world.api.put("secrets/granite", secret(key=GRANITE["api_key"]))
    assert _told(world)["differences"] == []


def test_what_no_stack_declares_is_told_and_is_no_disagreement(deployed: World) -> None:
    deployed.store(Deployment("by-hand", "mistral", {"model": "openai/mistral"}, {}))
    deployed.keys.put("sk-other", key_alias="other")
    told = _told(deployed)
    assert told["undeclared"] == ["model mistral (by-hand)", "key other"]
    assert "In no stack, for `litemaas models adopt` to tell of:\n" in deployed.run("status").stdout


def test_a_model_of_the_configuration_file_is_in_order(deployed: World) -> None:
    deployed.store(Deployment("of-a-file", "mistral", {"model": "openai/mistral"}, {"db_model": False}))
    assert [one["source"] for one in _told(deployed)["models"]] == ["stack", "config file"]


@pytest.mark.parametrize(("availability", "code"), [("available", 1), ("unavailable", 0)])
def test_a_row_of_no_model_is_told_unless_it_is_retired(
    deployed: World, availability: str, code: int
) -> None:
    deployed.rows["old"] = {"availability": availability}
    told = _told(deployed, code=code)["differences"]
    assert [line.startswith("row old is of a model") for line in told] == [True] * code


def test_a_declared_key_that_is_not_there_is_told(deployed: World) -> None:
    deployed.keys.keys.clear()
    assert _difference(deployed).startswith("key anna is declared, and the gateway does not have it")


def test_a_key_that_was_changed_by_hand_is_told_by_the_names(deployed: World) -> None:
    deployed.keys.of("anna").update(max_budget=5000, blocked=True)
    assert _difference(deployed).startswith("key anna has another max_budget, blocked than is declared")


def test_a_declared_team_that_is_not_there_or_is_another_is_told(deployed: World) -> None:
    deployed.declare(models=[GRANITE], keys=[ANNA], teams=[{"alias": "red", "max_budget": 5}])
    assert _difference(deployed).startswith("team red is declared, and the gateway does not have it")
    deployed.keys.teams = [{"team_id": "red", "team_alias": "red", "max_budget": 50.0, "models": []}]
    assert _difference(deployed).startswith("team red has another max_budget than is declared")


def test_a_key_of_a_team_that_was_taken_over_is_known_by_the_team_s_alias(deployed: World) -> None:
    deployed.declare(
        models=[GRANITE], keys=[{**ANNA, "team": "red"}], teams=[{"alias": "red", "adopt": True}]
    )
    deployed.keys.teams = [{"team_id": "0815", "team_alias": "red", "models": []}]
    deployed.keys.of("anna")["team_id"] = "0815"
    assert _told(deployed)["differences"] == []


def test_a_team_that_no_stack_declares_is_told(deployed: World) -> None:
    deployed.keys.teams = [{"team_id": "0815", "team_alias": "red"}]
    assert _told(deployed)["undeclared"] == ["team red"]


def test_of_very_many_keys_people_are_shown_some(deployed: World) -> None:
    for number in range(25):
        deployed.keys.put(f"sk-{number}", key_alias=f"other-{number}")
    shown = deployed.run("status").stdout
    assert "... and 6 more keys: `litemaas keys list`\n" in shown
    assert "  ... and 5 more\n" in shown
    assert len(_told(deployed)["keys"]) == 26


def test_words_of_others_are_shown_as_they_are(deployed: World) -> None:
    deployed.gateway.answers_as = "[bold]another[/]"
    assert "deployment [bold]another[/] answered" in deployed.run("status").stdout


def test_a_key_that_the_stack_makes_for_its_chat_is_in_order(deployed: World) -> None:
    deployed.keys.put("sk-chat", key_alias="open-webui")
    assert _told(deployed)["undeclared"] == []


def test_the_admin_ui_s_own_logins_are_no_keys(deployed: World) -> None:
    deployed.keys.put("sk-login", team_id="litellm-dashboard")
    assert [key["alias"] for key in _told(deployed)["keys"]] == ["anna"]
