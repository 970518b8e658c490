"""Day by day: the `litemaas` command on a deployment with two models, as an administrator types it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.aws.test_one_liners import ACCESS, printed
from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.documented import follow
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import inside, secret

MODELS = ("granite-3-2-8b-instruct", "mistral-7b-instruct")
ENDPOINT = "http://model-endpoint.models.svc:8000/v1"
BY_HAND = "made-by-hand"
ADOPTED = {"model_name": BY_HAND, "adopt": True, "litellm_model": f"openai/{MODELS[1]}", "api_base": ENDPOINT}

pytestmark = pytest.mark.usefixtures("deployed")


def litemaas(*arguments: str, stdin: str = "") -> Done:
    """The command, run to its end."""
    return inside("./litemaas", *arguments, stdin=stdin, timeout=120)


def told(*arguments: str, code: int = 0) -> Any:
    """What it answers to programs."""
    done = litemaas(*arguments, "--json")
    assert done.code == code, str(done)
    return json.loads(done.out)


@pytest.fixture(scope="module")
def admin(deployed: object) -> Gateway:
    del deployed
    return Gateway.deployed()


@pytest.fixture(scope="module")
def endpoint_key(deployed: object) -> str:
    del deployed
    return secret("model-endpoint", "models")["api-key"]


def test_access_says_what_the_lines_of_seed_001_say() -> None:
    assert litemaas("access", "--show").succeeded().out == printed(ACCESS)


def test_access_is_kept_in_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    file = tmp_path / "access.txt"
    litemaas("access", "--save", str(file)).succeeded()
    assert (file.read_text(), file.stat().st_mode & 0o777) == (printed(ACCESS), 0o600)


def test_the_readme_s_lines_print_what_it_says(admin: Gateway) -> None:
    follow("## Day two")
    admin.ask("POST", "/key/delete", {"key_aliases": ["day-two-example-com"]})


def test_an_endpoint_of_the_cluster_tells_what_it_serves(endpoint_key: str) -> None:
    done = litemaas("models", "discover", ENDPOINT, "--key", "-", stdin=endpoint_key).succeeded()
    for model in MODELS:
        done.says(f"  {model} (declared)")
    assert litemaas("models", "discover", ENDPOINT, "--key", "-", stdin="sk-wrong").failed().code == 6


def test_logs_are_those_of_the_gateway_and_of_others() -> None:
    litemaas("logs", "--lines", "50").succeeded().says("--- litellm-")
    litemaas("logs", "litemaas-postgres").succeeded().says("database system is ready")


def test_what_cannot_be_done_ends_in_one_message_and_its_code() -> None:
    done = litemaas("--stack", "nowhere", "status").failed()
    assert (done.code, done.err.count("Error: ")) == (3, 1)


def test_a_renewed_key_is_another_one_and_both_are_good(admin: Gateway) -> None:
    made = told("keys", "create", "trial@example.com", MODELS[0], "--alias", "trial", "--now")
    new = told("keys", "rotate", "trial", "--overlap", "60s")
    for value in (made["value"], new["value"]):
        assert replace(admin, key=value).completes(MODELS[0])
    assert made["value"] != new["value"]
    tokens = [key["token"] for key in _keys(admin) if str(key["key_alias"]).startswith("trial")]
    admin.ask("POST", "/key/delete", {"keys": tokens})


def test_what_was_spent_is_told_and_drawn(tmp_path: Path) -> None:
    spent = told("spend", "--plot", str(tmp_path / "spend.png"))
    assert spent["total"]["requests"] > 0
    assert MODELS[0] in {one["name"] for one in spent["by"]["model"]}
    assert (tmp_path / "spend.png").read_bytes().startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def by_hand(admin: Gateway, endpoint_key: str) -> str:
    """A model and a key made in the gateway, as the admin UI makes them; gives the key's value."""
    params = {"model": ADOPTED["litellm_model"], "api_base": ENDPOINT, "api_key": endpoint_key}
    admin.ask("POST", "/model/new", {"model_name": BY_HAND, "litellm_params": params, "model_info": {}})
    return str(admin.ask("POST", "/key/generate", {"key_alias": "bob", "models": [BY_HAND]})["key"])


def test_what_no_stack_declares_is_told_as_settings_to_paste(by_hand: str) -> None:
    undeclared = told("status")["undeclared"]
    assert "key bob" in undeclared
    assert any(line.startswith(f"model {BY_HAND} (") for line in undeclared)
    adoption = told("models", "adopt")
    assert {"settings": ADOPTED, "secrets": ["api_key"]} in adoption["models"]
    assert [one["settings"] for one in adoption["keys"] if one["settings"].get("alias") == "bob"] == [
        {"alias": "bob", "models": [BY_HAND]}
    ]
    assert by_hand not in str(adoption)


def test_pasted_they_are_taken_over_beside_a_key_that_the_command_declared(
    stack: Stack, admin: Gateway, by_hand: str, endpoint_key: str
) -> None:
    before = admin.models()[BY_HAND]["model_info"]["id"]
    for name, value in ADOPTED.items():
        stack.set(f"models[2].{name}", str(value).lower() if value is True else str(value))
    stack.set_from_input("models[2].api_key", endpoint_key, "--secret")
    stack.set("keys[0].alias", "bob")
    stack.set("keys[0].models[0]", BY_HAND)
    stack.set_from_input("keys[0].value", by_hand, "--secret")
    litemaas("keys", "create", "carol@example.com", ",".join(MODELS), "100", "30d").succeeded()
    stack.up().succeeded()
    assert admin.models()[BY_HAND]["model_info"]["id"] == before
    assert replace(admin, key=by_hand).completes(BY_HAND)


def test_then_all_is_in_order() -> None:
    status = told("status")
    assert status["differences"] == []
    assert "key bob" not in status["undeclared"]
    assert {model["model_name"]: model["source"] for model in status["models"]} == dict.fromkeys(
        (*MODELS, BY_HAND), "stack"
    )


def test_a_declared_key_is_handed_over_blocked_and_let_go_on(stack: Stack, admin: Gateway) -> None:
    shown = told("keys", "show", "carol-example-com")
    carol = replace(admin, key=shown["value"])
    assert carol.completes(MODELS[1])
    litemaas("keys", "block", "carol-example-com").succeeded()
    with pytest.raises(AssertionError, match="blocked"):
        carol.completes(MODELS[1])
    stack.unchanged()
    litemaas("keys", "unblock", "carol-example-com").succeeded()
    assert carol.completes(MODELS[1])


def test_what_is_declared_no_more_goes(stack: Stack, admin: Gateway) -> None:
    stack.unset("models[2]")
    stack.unset("keys")
    stack.up().succeeded()
    assert set(admin.models()) == set(MODELS)


def _keys(admin: Gateway) -> list[dict[str, Any]]:
    keys: list[dict[str, Any]] = admin.ask("GET", "/key/list?return_full_object=true&size=100")["keys"]
    return keys
