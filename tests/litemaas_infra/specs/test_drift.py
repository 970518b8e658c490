"""What refresh shows: the gateway and the row are as ours made them, then one value is changed by hand."""

from typing import Any

import pytest
from hypothesis import given

from litemaas_infra.specs.deployment import litellm_params, model_info
from litemaas_infra.specs.drift import live_fields
from litemaas_infra.specs.fields import changed, fields_of
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import FIELD_OF_COLUMN, columns
from tests.litemaas_infra.support.models import SPECS, granite

LIMITED = granite(rpm=120, tpm=100_000, context_length=8192)


def _deployment(spec: ModelSpec) -> dict[str, Any]:
    """As `/model/info` lists it: without the key, and with much that is not ours."""
    params = {name: value for name, value in litellm_params(spec).items() if name != "api_key"}
    info = {"input_cost_per_token": 0, "max_input_tokens": 4096, **model_info(spec), "db_model": True}
    return {"model_name": spec.model_name, "litellm_params": {**params, "x": 1}, "model_info": info}


def _row(spec: ModelSpec) -> dict[str, Any]:
    return {**columns(spec), "features": None, "metadata": {}, "restricted_access": False}


def _seen(deployment: dict[str, Any], row: dict[str, Any] | None, spec: ModelSpec = LIMITED) -> list[str]:
    """The names of the fields that a refresh would show."""
    declared = fields_of(spec)
    return changed(declared, live_fields(declared, deployment, row))


@given(SPECS)
def test_nothing_drifted_where_nothing_was_changed(spec: ModelSpec) -> None:
    declared = fields_of(spec)
    assert live_fields(declared, _deployment(spec), _row(spec)) == declared


@given(SPECS)
def test_numbers_of_the_gateway_may_be_floats(spec: ModelSpec) -> None:
    deployment = _deployment(spec)
    params = deployment["litellm_params"]
    params.update({name: float(params[name]) for name in ("rpm", "tpm") if name in params})
    assert _seen(deployment, _row(spec), spec) == []


@pytest.mark.parametrize(
    ("param", "field"),
    [("model", "litellm_model"), ("api_base", "api_base"), ("rpm", "rpm"), ("tpm", "tpm")],
)
@pytest.mark.parametrize("value", ["other", 7, None])
def test_a_parameter_changed_on_the_gateway_shows_as_its_field(param: str, field: str, value: object) -> None:
    deployment = _deployment(LIMITED)
    deployment["litellm_params"][param] = value if param != "api_base" or value is None else str(value)
    assert _seen(deployment, _row(LIMITED)) == [field]


def test_a_renamed_deployment_shows_as_its_name() -> None:
    assert _seen({**_deployment(LIMITED), "model_name": "other"}, _row(LIMITED)) == ["model_name"]


def test_a_context_length_changed_on_the_gateway_shows() -> None:
    deployment = _deployment(LIMITED)
    deployment["model_info"]["max_tokens"] = 1
    assert _seen(deployment, _row(LIMITED)) == ["context_length"]


def test_a_context_length_that_only_the_price_table_knows_is_not_ours() -> None:
    spec = granite()
    deployment = _deployment(spec)
    deployment["model_info"]["max_tokens"] = 4096
    assert _seen(deployment, _row(spec), spec) == []


def test_a_limit_set_by_hand_where_none_is_declared_shows() -> None:
    spec = granite()
    deployment = _deployment(spec)
    deployment["litellm_params"]["rpm"] = 1
    assert _seen(deployment, _row(spec), spec) == ["rpm"]


@pytest.mark.parametrize(("column", "field"), FIELD_OF_COLUMN.items())
@pytest.mark.parametrize("value", ["other", None])
def test_a_column_changed_in_the_row_shows_as_its_field(column: str, field: str, value: object) -> None:
    assert _seen(_deployment(LIMITED), {**_row(LIMITED), column: value}) == [field]


@pytest.mark.parametrize("side", ["gateway", "row"])
def test_a_value_kept_on_both_sides_shows_whichever_side_changed(side: str) -> None:
    deployment, row = _deployment(LIMITED), _row(LIMITED)
    (deployment["litellm_params"] if side == "gateway" else row)["rpm"] = 7
    declared = fields_of(LIMITED)
    assert live_fields(declared, deployment, row) == {**declared, "rpm": 7}


def test_a_slash_that_the_gateway_puts_after_the_address_is_no_drift() -> None:
    deployment = _deployment(LIMITED)
    deployment["litellm_params"]["api_base"] += "/"
    assert _seen(deployment, _row(LIMITED)) == []


@given(SPECS)
def test_a_missing_row_shows(spec: ModelSpec) -> None:
    seen = _seen(_deployment(spec), None, spec)
    assert {"display_name", "description", "provider", "category", "litellm_model_id"} <= set(seen)
    assert not {"model_name", "litellm_model", "api_base", "rpm", "tpm", "api_key"} & set(seen)


def test_columns_of_the_backend_are_not_drift() -> None:
    row = {**_row(LIMITED), "restricted_access": True, "features": ["chat"], "max_tokens": 1}
    assert _seen(_deployment(LIMITED), row) == []


def test_every_field_but_the_key_and_the_called_model_has_a_column() -> None:
    assert set(fields_of(LIMITED)) - set(FIELD_OF_COLUMN.values()) == {"api_key", "litellm_model"}


def test_the_row_names_the_model_as_the_backend_reads_it_from_litellm() -> None:
    assert columns(granite(litellm_model="openai/org/granite"))["backend_model_name"] == "org/granite"
