"""Which rows are missing, are others, or have no model, beside those of the declared models."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litemaas_infra.specs.rows import Orphans, of_served, planned

INFO = {"id": "id-1", "max_tokens": 8192, "supports_vision": True, "input_cost_per_token": 1.5e-06}
PARAMS = {"model": "openai/granite", "api_base": "http://models/v1", "rpm": 10}
SERVED: dict[str, Any] = {"model_name": "ui", "litellm_params": PARAMS, "model_info": INFO}


def _rows(**rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        name: {**of_served({**SERVED, "model_name": name}), "name": name, **row} for name, row in rows.items()
    }


def test_a_row_says_what_the_backends_own_sync_would_write() -> None:
    row = of_served(SERVED)
    assert row["provider"] == "openai"
    assert row["backend_model_name"] == "granite"
    assert row["context_length"] == row["max_tokens"] == 8192
    assert row["supports_vision"] is True
    assert row["supports_tool_choice"] is False
    assert row["litellm_model_id"] == "id-1"


def test_a_missing_row_is_made_with_a_name_to_be_shown() -> None:
    plan = planned([SERVED], {}, [], "retire")
    assert plan.saved["ui"]["name"] == "ui"
    assert plan.saved["ui"]["category"] == "Language Model"


def test_a_row_that_agrees_is_left_alone_also_as_the_database_tells_it() -> None:
    rows = _rows(ui={"input_cost_per_token": Decimal("0.0000015000"), "name": "Of the admin", "version": "9"})
    assert str(planned([SERVED], rows, [], "retire")) == ""


@pytest.mark.parametrize(
    "wrong", [{"rpm": 11}, {"availability": "unavailable"}, {"litellm_model_id": "other"}]
)
def test_one_that_does_not_is_written_and_keeps_its_name(wrong: dict[str, Any]) -> None:
    plan = planned([SERVED], _rows(ui={**wrong, "name": "Of the admin"}), [], "retire")
    assert plan.saved["ui"]["name"] == "Of the admin"
    assert "category" not in plan.saved["ui"]


def test_of_several_deployments_always_the_same_one_speaks() -> None:
    other = {**SERVED, "model_info": {**INFO, "id": "id-0"}, "litellm_params": {**PARAMS, "rpm": 99}}
    plans = [planned(order, {}, [], "keep") for order in ([SERVED, other], [other, SERVED])]
    assert plans[0] == plans[1]
    assert plans[0].saved["ui"]["rpm"] == 99


def test_declared_models_rows_are_their_own_resources_business() -> None:
    assert str(planned([SERVED], _rows(gone={}), ["ui", "gone"], "delete")) == ""


@pytest.mark.parametrize(
    ("policy", "orphans"), [("keep", ()), ("retire", ("gone",)), ("delete", ("gone", "retired"))]
)
def test_a_row_without_a_model_is_what_the_policy_says(policy: Orphans, orphans: tuple[str, ...]) -> None:
    rows = _rows(ui={}, gone={}, retired={"availability": "unavailable"})
    assert planned([SERVED], rows, [], policy).orphans == orphans


_ANY = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*INFO, "mode"], _ANY)))
def test_whatever_a_gateway_lists_becomes_a_row_that_a_database_can_keep(info: dict[str, Any]) -> None:
    row = of_served({**SERVED, "model_info": info})
    assert row["context_length"] is None or 0 <= row["context_length"] < 2**31
    assert isinstance(row["supports_vision"], bool)
