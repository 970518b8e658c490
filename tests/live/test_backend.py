"""Beside a backend that rewrites rows at each of its starts, out of what the gateway tells."""

from collections.abc import Callable
from typing import Any

import pytest
from psycopg import sql

from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel

SAID = {
    "rpm": 10,
    "tpm": 1000,
    "context_length": 8192,
    "input_cost_per_token": 1e-6,
    "supports_vision": True,
    "display_name": "A name for people",
    "category": "code",
    "provider": "openshift-ai",
    "description": "ours",
    "restricted_access": True,
}


def sync(gateway: GatewayAdmin, database: DatabaseAdmin, name: str) -> None:
    """What the backend's start does to the row of a model that the gateway serves, as 0.4.0 was seen to."""
    found = gateway.named(name)[-1]
    params, info = found["litellm_params"], found["model_info"]
    provider, _, called = params["model"].partition("/")
    values = {
        "name": name,
        "provider": params.get("custom_llm_provider") or provider,
        "category": "Language Model",
        "context_length": info.get("max_tokens"),
        "max_tokens": info.get("max_tokens"),
        "input_cost_per_token": info.get("input_cost_per_token") or params.get("input_cost_per_token"),
        "output_cost_per_token": info.get("output_cost_per_token") or params.get("output_cost_per_token"),
        "supports_vision": bool(info.get("supports_vision")),
        "supports_streaming": True,
        "availability": "available",
        "version": "1.0",
        "api_base": params.get("api_base"),
        "tpm": params.get("tpm"),
        "rpm": params.get("rpm"),
        "litellm_model_id": info["id"],
        "backend_model_name": called,
    }
    changes = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in values)
    update = sql.SQL("UPDATE models SET {} WHERE id = %s").format(changes)
    assert database.do(update, *values.values(), name) == 1


@pytest.fixture
def model(site: dict[str, Any], declare: Callable[..., ManagedModel]) -> ManagedModel:
    declared = declare(**SAID)
    declared.site = {**site, "backend": True}
    declared.create()
    return declared


def test_a_start_of_the_backend_leaves_nothing_to_mend(
    model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    assert model.refresh() == []
    before = database.row(model.name)
    sync(gateway, database, model.name)
    assert model.refresh() == []
    after = database.row(model.name)
    assert before is not None
    assert after is not None
    kept = ("rpm", "tpm", "context_length", "input_cost_per_token", "supports_vision", "description")
    assert {column: after[column] for column in kept} == {column: before[column] for column in kept}


def test_what_the_backend_keeps_is_still_watched(model: ManagedModel, database: DatabaseAdmin) -> None:
    database.do(
        "UPDATE models SET description = 'by hand', restricted_access = false WHERE id = %s", model.name
    )
    assert model.refresh() == ["description", "restricted_access"]
    model.update()
    assert model.refresh() == []


def test_several_deployments_of_a_name_are_clean_after_it_too(
    model: ManagedModel, declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    second = declare(model_name=model.name, deployment="second", rpm=99)
    second.site = model.site
    second.create()
    sync(gateway, database, model.name)
    assert model.refresh() == second.refresh() == []


def test_without_a_backend_the_same_row_would_be_drift(
    site: dict[str, Any], model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    sync(gateway, database, model.name)
    model.site = model.state["site"] = site
    assert set(model.refresh() or []) == {"display_name", "provider", "category"}
