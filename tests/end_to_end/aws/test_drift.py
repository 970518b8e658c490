"""What a person changed by hand, in the gateway or in the database, is shown by its name, and mended."""

from typing import Any

import pytest

from litemaas_infra.specs.row import FIELD_OF_COLUMN
from tests.end_to_end.support.commands import Done
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack, changes_shown
from tests.end_to_end.support.sandbox import psql

MODEL = "granite-3-2-8b-instruct"
RESOURCE = f"models-{MODEL}"
SETTINGS = {"rpm": "60", "tpm": "6000", "context_length": "4096", "category": "code"}

BY_HAND_IN_GATEWAY: dict[str, Any] = {
    "rpm": 1,
    "tpm": 10,
    "api_base": "http://elsewhere.models.svc:8000/v1",
    "model": "openai/another",
    "input_cost_per_token": 0.5,
    "temperature": 0.5,
}
FIELD_IN_GATEWAY = {name: name for name in BY_HAND_IN_GATEWAY} | {
    "model": "litellm_model",
    "temperature": "params",
}

BY_HAND_IN_ROW = """
    UPDATE models SET
        name = 'Another', provider = 'another', description = 'another', category = 'another',
        context_length = 1, supports_streaming = false, availability = 'unavailable',
        api_base = 'http://elsewhere/v1', rpm = 1, tpm = 10, litellm_model_id = 'another', max_tokens = 1,
        input_cost_per_token = 0.5, output_cost_per_token = 0.5, restricted_access = true,
        supports_vision = true, supports_function_calling = true, supports_tool_choice = true,
        supports_parallel_function_calling = true
    WHERE id = :'model'
"""
TAKEN_BACK = "SELECT rpm, tpm, context_length, category FROM models WHERE id = :'model'"
COLUMNS = set(FIELD_OF_COLUMN) - {"id"}


@pytest.fixture(scope="module", autouse=True)
def _with_every_field_set(deployed: object, stack: Stack) -> None:
    del deployed
    for name, value in SETTINGS.items():
        stack.set(f"models[0].{name}", value)
    stack.up().succeeded().says("~ 1 updated")


@pytest.fixture(scope="module")
def row_before() -> str:
    return row()


@pytest.fixture(scope="module")
def shown_of_row(stack: Stack, row_before: str) -> set[str]:
    del row_before  # is to be looked at first
    psql(BY_HAND_IN_ROW, model=MODEL)
    return changes_shown(stack.preview().out, RESOURCE)


@pytest.fixture(scope="module")
def gateway() -> Gateway:
    return Gateway.deployed()


@pytest.fixture(scope="module")
def model_before(gateway: Gateway) -> dict[str, Any]:
    return kept(gateway.models()[MODEL])


@pytest.fixture(scope="module")
def preview_of_gateway(stack: Stack, gateway: Gateway, model_before: object) -> Done:
    del model_before
    model_id = stack.outputs()["models"][MODEL]
    by_hand = {**BY_HAND_IN_GATEWAY, "api_key": "sk-by-hand"}
    gateway.ask("PATCH", f"/model/{model_id}/update", {"litellm_params": by_hand})
    return stack.preview()


@pytest.fixture(scope="module")
def shown_of_gateway(preview_of_gateway: Done) -> set[str]:
    return changes_shown(preview_of_gateway.out, RESOURCE)


def row() -> str:
    """The row but for the time of its last change."""
    return psql("SELECT to_jsonb(models) - 'updated_at' FROM models WHERE id = :'model'", model=MODEL)


def kept(model: dict[str, Any]) -> dict[str, Any]:
    return {name: model["litellm_params"].get(name) for name in BY_HAND_IN_GATEWAY}


def test_a_changed_setting_is_changed_in_gateway_and_row(
    model_before: dict[str, Any], row_before: str
) -> None:
    assert (model_before["rpm"], model_before["tpm"]) == (60, 6000)
    assert '"category": "code"' in row_before
    assert '"context_length": 4096' in row_before


@pytest.mark.parametrize("parameter", BY_HAND_IN_GATEWAY)
def test_a_parameter_changed_in_the_gateway_is_shown_by_its_field_s_name(
    parameter: str, shown_of_gateway: set[str]
) -> None:
    assert FIELD_IN_GATEWAY[parameter] in shown_of_gateway


def test_what_was_not_changed_in_the_gateway_is_not_shown(shown_of_gateway: set[str]) -> None:
    # Of params, each is shown by its own name too.
    assert shown_of_gateway == {*FIELD_IN_GATEWAY.values(), "temperature"}


def test_a_key_changed_in_the_gateway_is_said_and_not_shown(preview_of_gateway: Done) -> None:
    # Pulumi shows nothing of a secret, not even that it is another.
    preview_of_gateway.says(f"{MODEL}: the gateway has another api_key")
    assert "sk-by-hand" not in preview_of_gateway.text


def test_a_refresh_shows_the_gateway_s_fields_too(stack: Stack, shown_of_gateway: set[str]) -> None:
    done = stack.pulumi("refresh", "--preview-only", "--diff").succeeded()
    assert changes_shown(done.out, RESOURCE) == shown_of_gateway


def test_an_up_mends_the_gateway(
    stack: Stack, gateway: Gateway, model_before: dict[str, Any], shown_of_gateway: object
) -> None:
    del shown_of_gateway
    stack.mend()
    assert kept(gateway.models()[MODEL]) == model_before


def test_the_mended_model_answers(gateway: Gateway) -> None:
    assert gateway.completes(MODEL).startswith(f"This is {MODEL}.")


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_a_column_changed_in_the_row_is_shown_by_its_field_s_name(
    column: str, shown_of_row: set[str]
) -> None:
    assert FIELD_OF_COLUMN[column] in shown_of_row


def test_an_up_mends_the_row(stack: Stack, row_before: str, shown_of_row: object) -> None:
    del shown_of_row
    stack.mend()
    assert row() == row_before


def test_then_nothing_is_changed(stack: Stack) -> None:
    stack.unchanged()


def test_a_setting_taken_back_is_taken_from_gateway_and_row(stack: Stack, gateway: Gateway) -> None:
    for name in SETTINGS:
        stack.unset(f"models[0].{name}")
    stack.up().succeeded()
    params = kept(gateway.models()[MODEL])
    assert (params["rpm"], params["tpm"]) == (None, None)
    assert psql(TAKEN_BACK, model=MODEL) == "|||general"
    stack.unchanged()
