"""A declared virtual key is given out once, opens what it should, and is mended like everything else."""

import hashlib

import pytest

from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack, changes_shown
from tests.end_to_end.support.sandbox import names, secret

MODEL, OTHER = "granite-3-2-8b-instruct", "mistral-7b-instruct"
SETTINGS = {
    "teams[0].alias": "research",
    "budgets[0].budget_id": "monthly",
    "budgets[0].max_budget": "50",
    "users[0].user_id": "anna@example.com",
    "keys[0].alias": "anna",
    "keys[0].user_id": "anna@example.com",
    "keys[0].team": "research",
    "keys[0].budget": "monthly",
    "keys[0].models[0]": MODEL,
    "keys[0].max_budget": "100",
    "keys[0].budget_duration": "30d",
    "keys[0].secret_namespace": "models",
}

pytestmark = pytest.mark.usefixtures("no_row_is_lost")


@pytest.fixture(scope="module")
def admin(deployed: object) -> Gateway:
    del deployed
    return Gateway.deployed()


@pytest.fixture(scope="module")
def anna(stack: Stack, admin: Gateway) -> Gateway:
    """The gateway, in the hands of a declared key's holder."""
    for name, value in SETTINGS.items():
        stack.set(name, value)
    stack.up().succeeded()
    return Gateway(admin.url, secret("litellm-key-anna")["api_key"])


def _info(admin: Gateway, holder: Gateway) -> dict[str, object]:
    token = hashlib.sha256(holder.key.encode()).hexdigest()
    info: dict[str, object] = admin.ask("GET", f"/key/info?key={token}")["info"]
    return info


def test_its_holder_may_ask_the_models_it_names_and_no_other(anna: Gateway) -> None:
    assert anna.completes(MODEL).startswith(f"This is {MODEL}.")
    with pytest.raises(AssertionError, match="key_model_access_denied"):
        anna.completes(OTHER)


def test_the_gateway_knows_what_is_declared_of_it(admin: Gateway, anna: Gateway) -> None:
    info = _info(admin, anna)
    told = (info["user_id"], info["models"], info["max_budget"], info["budget_duration"])
    assert told == ("anna@example.com", [MODEL], 100, "30d")
    assert (info["team_id"], info["budget_id"]) == ("research", "monthly")


def test_it_is_handed_to_another_namespace_with_the_address(admin: Gateway, anna: Gateway) -> None:
    handed = secret("litellm-key-anna", "models")
    assert handed == {"api_key": anna.key, "base_url": f"{admin.url}/v1"}


def test_its_value_is_neither_in_the_state_nor_shown(stack: Stack, anna: Gateway) -> None:
    assert anna.key not in stack.export()
    assert anna.key not in stack.pulumi("up", "--yes", "--diff").succeeded().text
    stack.unchanged()


def test_what_is_changed_by_hand_is_shown_and_mended(stack: Stack, admin: Gateway, anna: Gateway) -> None:
    token = hashlib.sha256(anna.key.encode()).hexdigest()
    admin.ask("POST", "/key/update", {"key": token, "max_budget": 5000, "blocked": True})
    admin.ask("POST", "/team/update", {"team_id": "research", "blocked": True})
    preview = stack.preview().out
    assert changes_shown(preview, "keys-anna") == {"max_budget", "blocked"}
    assert changes_shown(preview, "team-research") == {"blocked"}
    stack.mend()
    assert admin.ask("GET", "/team/info?team_id=research")["team_info"]["blocked"] is False
    assert (_info(admin, anna)["max_budget"], _info(admin, anna)["blocked"]) == (100, False)


def test_a_key_deleted_by_hand_is_given_out_again_as_it_was(
    stack: Stack, admin: Gateway, anna: Gateway
) -> None:
    admin.ask("POST", "/key/delete", {"key_aliases": ["anna"]})
    stack.mend()
    assert anna.completes(MODEL).startswith(f"This is {MODEL}.")


def test_a_change_keeps_value_and_spend(stack: Stack, admin: Gateway, anna: Gateway) -> None:
    stack.set("keys[0].models[1]", OTHER)
    stack.unset("keys[0].max_budget")
    stack.up().succeeded()
    assert anna.completes(OTHER).startswith(f"This is {OTHER}.")
    assert _info(admin, anna)["max_budget"] is None
    assert secret("litellm-key-anna")["api_key"] == anna.key


def test_another_rotation_gives_it_another_value_and_the_one_before_opens_for_a_while(
    stack: Stack, anna: Gateway
) -> None:
    stack.set("keys[0].rotation", "2")
    stack.up().succeeded()
    rotated = Gateway(anna.url, secret("litellm-key-anna")["api_key"])
    assert rotated.key != anna.key
    for holder in (anna, rotated):
        assert holder.completes(MODEL).startswith(f"This is {MODEL}.")
    stack.unchanged()


def test_a_key_that_is_declared_no_more_opens_nothing(stack: Stack, anna: Gateway) -> None:
    for setting in ("keys", "teams", "users", "budgets"):
        stack.unset(setting)
    stack.up().succeeded()
    assert "secret/litellm-key-anna" not in names("secret")
    with pytest.raises(AssertionError, match="401"):
        anna.completes(MODEL)
