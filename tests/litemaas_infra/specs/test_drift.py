"""What refresh shows: the gateway and the row are as ours made them, then one value is changed by hand."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from litemaas_infra import names
from litemaas_infra.specs.deployment import INFO, PARAMS, Deployment
from litemaas_infra.specs.drift import live_fields
from litemaas_infra.specs.fields import changed, fields_of
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import FIELD_OF_COLUMN, OF_BACKEND, columns
from tests.litemaas_infra.support.models import SPECS, granite

ID = names.model_id("granite")
FULL = granite(
    rpm=120,
    tpm=100_000,
    context_length=8192,
    input_cost_per_token=1e-6,
    output_cost_per_token=2e-6,
    mode="chat",
    supports_vision=True,
    supports_function_calling=True,
    supports_tool_choice=True,
    supports_parallel_function_calling=True,
    api_version="1",
    organization="o",
    aws_region_name="r",
    aws_access_key_id="a",
    aws_secret_access_key="s",
    vertex_project="p",
    vertex_location="l",
    vertex_credentials="c",
    params={"timeout": 30},
    secret_params={"token": "t"},
    model_info={"base_model": "b"},
)
"""A model of which every field says something."""


def _deployment(spec: ModelSpec, params: Any = None, info: Any = None, name: str | None = None) -> Deployment:
    """As LiteLLM stores it, with much that is not ours."""
    wanted = Deployment.of(spec, ID)
    return Deployment(
        ID,
        name or spec.model_name,
        {"use_litellm_proxy": False, **wanted.params, **(params or {})},
        {"db_model": False, "input_cost_per_token": 0, **wanted.info, **(info or {})},
    )


def _row(spec: ModelSpec, **other: Any) -> dict[str, Any]:
    """As PostgreSQL gives it, with the backend's own columns."""
    kept = {k: Decimal(str(v)) if "cost" in k and v else v for k, v in columns(spec, ID).items()}
    return {**kept, "features": ["chat"], "metadata": {}, "encrypted_api_key": "x", **other}


def _seen(
    deployment: Deployment, row: dict[str, Any] | None, spec: ModelSpec = FULL, **how: bool
) -> list[str]:
    """The names of the fields that a refresh would show."""
    return changed(fields_of(spec), live_fields(spec, spec, deployment, row, **how))


@given(SPECS)
def test_nothing_drifted_where_nothing_was_changed(spec: ModelSpec) -> None:
    found = live_fields(spec, spec, _deployment(spec), _row(spec))
    assert found == fields_of(spec)


@pytest.mark.parametrize("param", PARAMS)
def test_a_parameter_changed_on_the_gateway_shows_as_its_field(param: str) -> None:
    assert _seen(_deployment(FULL, {param: "by hand"}), _row(FULL)) == [PARAMS[param]]


@pytest.mark.parametrize("key", INFO)
def test_what_the_gateway_says_of_a_model_shows_when_it_is_not_what_was_declared(key: str) -> None:
    assert _seen(_deployment(FULL, info={key: "by hand"}), _row(FULL)) == [INFO[key]]


@pytest.mark.parametrize(
    ("params", "info", "field"),
    [
        ({"timeout": 31}, {}, "params"),
        ({"stray": 1}, {}, "params"),
        ({"token": "other"}, {}, "secret_params"),
        ({}, {"base_model": "other"}, "model_info"),
    ],
)
def test_further_parameters_changed_on_the_gateway_show(params: Any, info: Any, field: str) -> None:
    assert _seen(_deployment(FULL, params, info), _row(FULL)) == [field]


def test_a_renamed_deployment_shows_as_its_name() -> None:
    assert _seen(_deployment(FULL, name="other"), _row(FULL)) == ["model_name"]


def test_what_only_others_say_of_a_model_is_not_ours() -> None:
    spec = granite()
    assert (
        _seen(_deployment(spec, info={"max_tokens": 4096, "mode": "chat", "team": 1}), _row(spec), spec) == []
    )


def test_a_limit_set_by_hand_where_none_is_declared_shows() -> None:
    spec = granite()
    assert _seen(_deployment(spec, {"rpm": 1}), _row(spec), spec) == ["rpm"]


@pytest.mark.parametrize(("column", "field"), FIELD_OF_COLUMN.items())
def test_a_column_changed_in_the_row_shows_as_its_field(column: str, field: str) -> None:
    assert _seen(_deployment(FULL), _row(FULL, **{column: None})) == [field]


def test_an_id_changed_in_the_row_shows() -> None:
    found = live_fields(FULL, FULL, _deployment(FULL), _row(FULL, litellm_model_id="another"))
    assert found["litellm_model_id"] == "another"


def test_a_called_model_changed_in_the_row_shows() -> None:
    assert _seen(_deployment(FULL), _row(FULL, backend_model_name="other")) == ["litellm_model"]


def test_a_slash_that_the_gateway_puts_after_the_address_is_no_drift() -> None:
    assert _seen(_deployment(FULL, {"api_base": f"{FULL.api_base}/"}), _row(FULL)) == []


@given(SPECS)
def test_a_missing_row_shows(spec: ModelSpec) -> None:
    seen = _seen(_deployment(spec), None, spec)
    assert {"display_name", "description", "provider", "category"} <= set(seen)
    assert not {"model_name", "litellm_model", "api_base", "rpm", "tpm", "api_key"} & set(seen)


def test_a_further_deployment_has_no_row_of_its_own() -> None:
    spec = granite(deployment="second")
    assert _seen(_deployment(spec), None, spec) == []


SYNCED = {column: "by the backend" for column in FIELD_OF_COLUMN if column not in ("id", *OF_BACKEND)}


def test_while_a_backend_runs_what_it_rewrites_is_no_drift() -> None:
    assert _seen(_deployment(FULL), _row(FULL, **SYNCED), backend=True) == []


@pytest.mark.parametrize("column", OF_BACKEND)
def test_while_a_backend_runs_what_it_keeps_is_still_ours(column: str) -> None:
    assert _seen(_deployment(FULL), _row(FULL, **SYNCED, **{column: "by hand"}), backend=True) == [column]


def test_while_a_backend_runs_the_row_is_written_as_it_would_write_it() -> None:
    written = columns(granite(display_name="Granite", category="code"), ID, backend=True)
    assert (written["name"], written["provider"], written["category"]) == (
        "granite",
        "openai",
        "Language Model",
    )


def test_a_key_that_is_no_longer_the_secrets_shows_at_the_reference_and_not_itself() -> None:
    declared = granite(api_key=None, api_key_secret="keys/granite")
    effective = granite(api_key="sk-new")
    found = live_fields(declared, effective, _deployment(granite(api_key="sk-old")), _row(effective))
    assert changed(fields_of(declared), found) == ["api_key_secret"]
    assert "sk-" not in repr(found)
