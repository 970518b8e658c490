"""What people change by hand shows under the field's name, and the next update mends it."""

from collections.abc import Callable
from typing import Any

import pytest
from psycopg import sql

from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel

DECLARED = {
    "context_length": 8192,
    "rpm": 100,
    "tpm": 1000,
    "input_cost_per_token": 1e-6,
    "output_cost_per_token": 2e-6,
    "mode": "chat",
    "supports_vision": False,
    "params": {"timeout": 30, "extra_headers": {"x-team": "a"}},
    "secret_params": {"organization_token": "sk-declared"},
    "model_info": {"base_model": "granite"},
}


@pytest.fixture
def model(declare: Callable[..., ManagedModel]) -> ManagedModel:
    served = declare(**DECLARED)
    served.create()
    assert served.refresh() == []
    return served


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"litellm_params": {"model": "openai/other"}}, "litellm_model"),
        ({"litellm_params": {"api_base": "http://other.example.com/v1"}}, "api_base"),
        ({"litellm_params": {"rpm": 101}}, "rpm"),
        ({"litellm_params": {"tpm": 0}}, "tpm"),
        ({"litellm_params": {"api_key": "sk-by-hand"}}, "api_key"),
        ({"litellm_params": {"input_cost_per_token": 0.5}}, "input_cost_per_token"),
        ({"litellm_params": {"output_cost_per_token": 0}}, "output_cost_per_token"),
        ({"litellm_params": {"timeout": 31}}, "params"),
        ({"litellm_params": {"extra_headers": {"x-team": "b"}}}, "params"),
        ({"litellm_params": {"temperature": 0.5}}, "params"),
        ({"litellm_params": {"organization_token": "sk-by-hand"}}, "secret_params"),
        ({"litellm_params": {"api_version": "by hand"}}, "api_version"),
        ({"model_info": {"mode": "embedding"}}, "mode"),
        ({"model_info": {"supports_vision": True}}, "supports_vision"),
        ({"model_info": {"base_model": "another"}}, "model_info"),
        ({"model_info": {"max_tokens": 4096}}, "context_length"),
        ({"model_name": "live-renamed-by-hand"}, "model_name"),
    ],
    ids=str,
)
def test_a_change_in_the_gateway_shows_and_is_mended(
    model: ManagedModel, gateway: GatewayAdmin, body: dict[str, Any], field: str
) -> None:
    gateway.change(model.id, **body)
    assert model.refresh() == [field]
    model.update()
    assert model.refresh() == []
    assert len(gateway.named(model.name)) == 1


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        ("name", "Another", "display_name"),
        ("provider", "another", "provider"),
        ("description", None, "description"),
        ("category", "code", "category"),
        ("input_cost_per_token", 0.5, "input_cost_per_token"),
        ("output_cost_per_token", None, "output_cost_per_token"),
        ("max_tokens", 1, "context_length"),
        ("supports_vision", True, "supports_vision"),
        ("supports_tool_choice", True, "supports_tool_choice"),
        ("restricted_access", True, "restricted_access"),
        ("context_length", 4096, "context_length"),
        ("supports_streaming", False, "supports_streaming"),
        ("availability", "unavailable", "availability"),
        ("api_base", "http://other.example.com/v1", "api_base"),
        ("rpm", 101, "rpm"),
        ("tpm", None, "tpm"),
        ("litellm_model_id", "another", "litellm_model_id"),
        ("backend_model_name", "another", "litellm_model"),
    ],
)
def test_a_change_of_the_row_shows_and_is_mended(
    model: ManagedModel, database: DatabaseAdmin, column: str, value: object, field: str
) -> None:
    change = sql.SQL("UPDATE models SET {} = %s WHERE id = %s").format(sql.Identifier(column))
    assert database.do(change, value, model.name) == 1
    assert model.refresh() == [field]
    model.update()
    assert model.refresh() == []


def test_a_row_that_is_gone_shows_and_is_made_again(model: ManagedModel, database: DatabaseAdmin) -> None:
    database.do("DELETE FROM models WHERE id = %s", model.name)
    shown = model.refresh() or []
    assert {"display_name", "provider", "category", "availability"} <= set(shown)
    model.update()
    assert model.refresh() == []


def test_a_table_that_is_gone_shows_and_is_made_again(model: ManagedModel, database: DatabaseAdmin) -> None:
    database.do("ALTER TABLE models RENAME TO models_aside")
    try:
        assert "display_name" in (model.refresh() or [])
        model.update()
        assert model.refresh() == []
    finally:
        database.do("DROP TABLE models")
        database.do("ALTER TABLE models_aside RENAME TO models")


def test_what_others_keep_in_the_row_is_no_drift(model: ManagedModel, database: DatabaseAdmin) -> None:
    database.do(
        "UPDATE models SET features = ARRAY['chat'], version = '1.0', metadata = '{\"a\": 1}' WHERE id = %s",
        model.name,
    )
    assert model.refresh() == []


def test_a_model_that_is_deleted_by_hand_shows_and_is_made_again(
    model: ManagedModel, gateway: GatewayAdmin
) -> None:
    gateway.delete(model.id)
    assert "litellm_model" in (model.refresh() or [])
    model.update()
    assert model.refresh() == []


def test_a_model_that_is_deleted_by_hand_with_its_row_is_gone(
    model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    gateway.delete(model.id)
    database.do("DELETE FROM models WHERE id = %s", model.name)
    assert model.refresh() is None


def test_a_model_that_is_deleted_by_hand_and_declared_no_more_leaves_no_row(
    model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    gateway.delete(model.id)
    assert model.refresh() is not None
    model.delete()
    assert database.row(model.name) is None
