"""Rows of models that no stack declares, kept in step on the real gateway and database."""

from collections.abc import Callable, Iterator
from secrets import token_hex
from typing import Any

import pytest

from litemaas_infra.providers.rows import RowsProvider
from tests.live.support.models import ENDPOINT
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel

PROVIDER = RowsProvider()


@pytest.fixture
def props(site: dict[str, Any], database: DatabaseAdmin) -> dict[str, Any]:
    """Those of a stack that keeps rows in step, and has none to lose of other tests."""
    if database.ask("SELECT to_regclass('models') AS found")[0]["found"]:
        assert database.ask("SELECT id FROM models") == []
    return {"site": site, "declared": [], "orphans": "retire", "most": 1.0}


@pytest.fixture
def name(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, erase: Callable[[str], None]
) -> Iterator[str]:
    """A model of the admin UI's, beside one that is declared, so that the gateway is never without any."""
    declare(model_name=f"live-{token_hex(3)}").create()
    made = f"live-of-the-ui-{token_hex(3)}"
    gateway.make(made, f"id-{made}", model="openai/granite", api_base=ENDPOINT, rpm=7)
    yield made
    erase(made)


@pytest.fixture
def declared(props: dict[str, Any], name: str, gateway: GatewayAdmin) -> dict[str, Any]:
    """The same, with the other model declared."""
    return {**props, "declared": [m["model_name"] for m in gateway.models() if m["model_name"] != name]}


def test_a_model_of_the_admin_ui_gets_a_row_follows_it_and_is_retired_with_it(
    declared: dict[str, Any], name: str, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    PROVIDER.create(declared)
    row = database.row(name) or {}
    assert (row["litellm_model_id"], row["rpm"], row["backend_model_name"]) == (f"id-{name}", 7, "granite")
    assert PROVIDER.diff("rows", declared, declared).changes is False
    gateway.change(f"id-{name}", litellm_params={"rpm": 8})
    assert PROVIDER.diff("rows", declared, declared).changes is True
    PROVIDER.update("rows", declared, declared)
    assert (database.row(name) or {})["rpm"] == 8
    gateway.delete(f"id-{name}")
    PROVIDER.update("rows", declared, declared)
    assert (database.row(name) or {})["availability"] == "unavailable"
    assert PROVIDER.diff("rows", declared, declared).changes is False


def test_it_is_deleted_where_that_is_asked_for(
    declared: dict[str, Any], name: str, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    PROVIDER.create(declared)
    gateway.delete(f"id-{name}")
    PROVIDER.update("rows", declared, {**declared, "orphans": "delete"})
    assert database.row(name) is None
