"""Virtual keys: declared or made at once, shown, blocked, renewed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from litemaas_infra.specs.virtual_key import token
from tests.litemaas_infra.command.conftest import HOST, World
from tests.litemaas_infra.support.kubernetes import secret
from tests.litemaas_infra.support.models import GRANITE, granite

ANNA: dict[str, Any] = {"alias": "anna", "models": ["granite"], "max_budget": 100, "budget_duration": "30d"}


@pytest.fixture
def served(world: World) -> World:
    """A gateway with a model, and Anna's key that the stack has given out."""
    world.declare(models=[GRANITE], keys=[ANNA])
    world.deploy(granite())
    told = {"key_alias": "anna", "models": ["granite"], "max_budget": 100.0, "budget_duration": "30d"}
    world.keys.put("sk-anna", spend=1.5, **told)
    world.api.put("secrets/litellm-key-anna", secret(api_key="sk-anna"))
    return world


def test_a_key_is_declared_beside_those_that_are(served: World) -> None:
    done = served.run("keys", "create", "user@example.com", "granite", "100", "30d", "--period", "7d")
    assert done.exit_code == 0, done.output
    assert served.pulumi.settings == [
        ("keys[1].max_budget", "int", "100"),
        ("keys[1].budget_duration", "string", "7d"),
        ("keys[1].models[0]", "string", "granite"),
        ("keys[1].user_id", "string", "user@example.com"),
        ("keys[1].expires", "string", (datetime.now(UTC) + timedelta(days=31)).date().isoformat()),
        ("keys[1].alias", "string", "user-example-com"),
    ]
    assert "`pulumi up` gives it out, `litemaas keys show user-example-com` shows it then" in done.stdout
    assert len(served.keys.keys) == 1


def test_of_several_models_each_is_declared(served: World) -> None:
    served.declare(models=[GRANITE, {**GRANITE, "model_name": "deepseek"}])
    told = json.loads(
        served.run("keys", "create", "bob", "granite,deepseek", "--alias", "bobs", "--json").stdout
    )
    assert told == {
        "alias": "bobs",
        "settings": {"alias": "bobs", "models": ["granite", "deepseek"], "user_id": "bob"},
    }


def test_made_at_once_it_is_shown_and_no_setting_changes(served: World) -> None:
    done = served.run("keys", "create", "user@example.com", "granite", "0.5", "--now", "--json")
    told, asked = json.loads(done.stdout), served.pulumi.asked
    assert served.keys.keys[token(told["value"])]["user_id"] == "user@example.com"
    assert (told["base_url"], told["max_budget"]) == (f"https://{HOST}/v1", 0.5)
    assert len(asked) == 1


def test_made_at_once_it_opens_what_is_served_already(served: World) -> None:
    served.declare(models=[GRANITE, {**GRANITE, "model_name": "deepseek"}])
    done = served.run("keys", "create", "bob", "deepseek", "--now")
    assert done.exit_code == 3
    assert "the gateway serves no deepseek; it serves: granite" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bob", "granite,claude"), "the gateway serves no claude; it serves: granite"),
        (("bob", "granite", "--alias", "Bob!"), "its alias is not a name of up to 50"),
        (("anna", "granite"), "key anna is declared already"),
    ],
)
def test_a_key_that_could_not_be_is_refused_and_not_declared(
    served: World, arguments: tuple[str, ...], words: str
) -> None:
    done = served.run("keys", "create", *arguments)
    assert done.exit_code == 3
    assert words in done.stderr
    assert len(served.pulumi.asked) == 1


@pytest.mark.parametrize("arguments", [("100", "a month"), ("100", "30d", "--period", "a month")])
def test_a_length_of_time_that_is_none_is_refused(served: World, arguments: tuple[str, ...]) -> None:
    done = served.run("keys", "create", "bob", "granite", *arguments)
    assert done.exit_code == 2
    assert "is not a length of time, 30d for instance" in done.stderr


def test_a_key_for_a_pattern_of_models_is_made(served: World) -> None:
    assert served.run("keys", "create", "bob", "gran*").exit_code == 0


def test_a_key_is_shown_as_its_holder_is_told_of_it(served: World) -> None:
    assert served.run("keys", "show", "anna").stdout.splitlines() == [
        "API key: sk-anna",
        f"Base URL: https://{HOST}/v1",
        "Models: granite",
        "Budget: $100 in each 30d, $1.50 spent",
        "Alias: anna",
    ]


def test_a_value_that_is_not_in_its_secret_is_not_known(served: World) -> None:
    served.api.put("secrets/litellm-key-anna", secret(api_key="sk-of-another"))
    told = served.run("keys", "show", "anna").stdout
    assert told.startswith("API key: only who was given it knows it\n")
    assert "sk-of-another" not in told


def test_a_key_that_is_not_there_is_told_with_those_that_are(served: World) -> None:
    done = served.run("keys", "show", "bob")
    assert done.exit_code == 5
    assert "no virtual key of alias 'bob'; it has: anna" in done.stderr


def test_all_keys_are_listed_without_their_values(served: World) -> None:
    for number in range(4):
        served.keys.put(f"sk-{number}", key_alias=f"other-{number}", blocked=True)
    done = served.run("keys", "list")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "key",
        "anna",
        *(f"other-{number}" for number in range(4)),
    ]
    assert "blocked, in no stack" in done.stdout
    assert "sk-" not in done.stdout


@pytest.mark.parametrize(("command", "blocked"), [("block", True), ("unblock", False)])
def test_a_declared_key_is_blocked_at_once_and_in_the_settings(
    served: World, command: str, blocked: bool
) -> None:
    served.keys.of("anna")["blocked"] = not blocked
    done = served.run("keys", command, "anna")
    assert served.keys.of("anna")["blocked"] is blocked
    assert served.pulumi.settings == [("keys[0].blocked", "bool", str(blocked).lower())]
    assert "and the stack's settings say so too" in done.stdout


def test_a_key_of_no_stack_is_blocked_in_the_gateway_alone(served: World) -> None:
    served.keys.put("sk-trial", key_alias="trial")
    assert json.loads(served.run("keys", "block", "trial", "--json").stdout)["declared"] is False
    assert served.keys.of("trial")["blocked"] is True
    assert len(served.pulumi.asked) == 1


def test_a_renewed_key_has_another_value_and_the_old_one_ends(served: World) -> None:
    old = served.keys.put("sk-trial", key_alias="trial", models=["granite"], max_budget=5.0, spend=0.5)
    told = json.loads(served.run("keys", "rotate", "trial", "--overlap", "7d", "--json").stdout)
    new = served.keys.of("trial")
    assert new["token"] == token(told["value"]) != old
    assert (new["models"], new["max_budget"]) == (["granite"], 5.0)
    assert served.keys.keys[old]["duration"] == f"{7 * 86400}s"
    assert served.keys.keys[old]["key_alias"] == f"trial-rotated-{old[:12]}"
    assert new["spend"] == 0.5


def test_a_key_whose_renewal_is_refused_is_good_as_it_was(served: World) -> None:
    old = served.keys.put("sk-trial", key_alias="trial")
    served.keys.makes = False
    assert served.run("keys", "rotate", "trial").exit_code == 5
    assert (served.keys.keys[old]["key_alias"], served.keys.keys[old]["duration"]) == ("trial", None)


def test_an_overlap_that_is_no_time_is_refused_before_anything_is_done(served: World) -> None:
    served.keys.put("sk-trial", key_alias="trial")
    done = served.run("keys", "rotate", "trial", "--overlap", "a week")
    assert (done.exit_code, len(served.keys.keys)) == (2, 2)
    assert "is not a length of time, 30d for instance" in done.stderr


def test_a_key_that_could_not_be_made_is_not_renewed(served: World) -> None:
    old = served.keys.put("sk-trial", key_alias="trial", max_budget=-1.0)
    done = served.run("keys", "rotate", "trial")
    assert done.exit_code == 3
    assert served.keys.keys[old]["key_alias"] == "trial"


def test_a_declared_key_s_rotation_is_declared(served: World) -> None:
    done = served.run("keys", "rotate", "anna", "--overlap", "2d")
    (overlap, rotation) = served.pulumi.settings
    assert overlap == ("keys[0].overlap", "string", "2d")
    assert rotation[:2] == ("keys[0].rotation", "string")
    assert "`pulumi up` gives key anna another value" in done.stdout
    assert len(served.keys.keys) == 1
