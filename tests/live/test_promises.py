"""Six things that those who register models with LiteLLM get wrong, one test each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psycopg import sql

from litemaas_infra import names
from litemaas_infra.specs.deployment import INFO, PARAMS
from litemaas_infra.specs.row import FIELD_OF_COLUMN
from tests.live.support.faults import Script, effects
from tests.live.support.interruption import Victim
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.played import played
from tests.live.support.pulumi import ManagedModel

Declare = Callable[..., ManagedModel]

EVERYTHING: dict[str, Any] = {
    "api_version": "2024-02-01",
    "organization": "ours",
    "aws_region_name": "eu-central-1",
    "aws_access_key_id": "of-ours",
    "aws_secret_access_key": "of-ours",
    "vertex_project": "ours",
    "vertex_location": "europe-west1",
    "vertex_credentials": "of-ours",
    "params": {"temperature": 0.5, "extra_headers": {"X-Team": "ours"}},
    "secret_params": {"hf_token": "of-ours"},
    "rpm": 10,
    "tpm": 100,
    "input_cost_per_token": 0.000001,
    "output_cost_per_token": 0.000002,
    "mode": "chat",
    "supports_vision": True,
    "supports_function_calling": True,
    "supports_tool_choice": True,
    "supports_parallel_function_calling": True,
    "context_length": 4096,
    "model_info": {"team": "ours"},
    "description": "ours",
}


def _other(value: Any) -> Any:
    """Another value of the kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str) or value is None:
        return "others"
    return value + 1


def _assert_once(models: list[ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin) -> None:
    for model in models:
        assert [found["model_info"]["id"] for found in gateway.named(model.name)] == [
            names.model_id(model.name)
        ]
        assert len(database.ask("SELECT 1 FROM models WHERE id = %s", model.name)) == 1
        assert model.refresh() == []


def test_1_a_lost_state_doubles_nothing(
    declare: Declare, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    models = [declare(rpm=number) for number in range(1, 4)]
    for model in models:
        model.create()
    stateless = [ManagedModel(model.site, model.spec) for model in models]
    for model in stateless:
        model.create()
    _assert_once(stateless, gateway, database)


def test_2_a_kill_in_the_middle_doubles_nothing(
    site: dict[str, Any], declare: Declare, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    models, victim = [declare(rpm=number) for number in range(1, 11)], Victim()
    script = Script(victim.sent, 12, effects)
    with played(script, site) as there:
        outcome = victim.run([(model.at(there), "create") for model in models])
    assert 0 < len(outcome.done) < len(models)
    for model in models:
        model.create()
    _assert_once(models, gateway, database)


@pytest.fixture
def credential(gateway: GatewayAdmin) -> Iterator[str]:
    """One of others: a model can name none that LiteLLM does not have."""
    name, values = _other(None), {"api_key": "of-others"}
    body = {"credential_name": name, "credential_values": values, "credential_info": {}}
    gateway.http.post("/credentials", json=body).raise_for_status()
    yield name
    gateway.http.delete(f"/credentials/{name}").raise_for_status()


def test_3_drift_of_every_field_of_the_gateway_shows_and_is_mended(
    declare: Declare, gateway: GatewayAdmin, gateway_database: DatabaseAdmin, credential: str
) -> None:
    model = declare(**EVERYTHING)
    model.create()
    assert model.refresh() == []
    declared = model.inputs
    params = {name: _other(declared.get(field)) for name, field in PARAMS.items()}
    info = {name: _other(declared.get(field)) for name, field in INFO.items()}
    strays = {"temperature": 1.5, "hf_token": "of-others", "top_k": 7}
    assert params["litellm_credential_name"] == credential
    gateway.change(model.id, litellm_params={**params, **strays}, model_info={**info, "team": "others"})
    fields = {*PARAMS.values(), *INFO.values(), "params", "secret_params", "model_info"}
    assert set(model.refresh() or []) == fields
    model.update()
    assert model.refresh() == []
    [stored] = gateway_database.ask(
        'SELECT litellm_params FROM "LiteLLM_ProxyModelTable" WHERE model_id = %s', model.id
    )
    assert "top_k" not in stored["litellm_params"]


def test_4_a_model_deleted_by_others_is_seen_in_one_look_at_all(
    site: dict[str, Any], declare: Declare, gateway: GatewayAdmin
) -> None:
    models = [declare(rpm=number) for number in range(1, 7)]
    for model in models:
        model.create()
    gateway.delete(models[0].id)
    asked = []
    for seen in (models[:1], models):
        script = Script()
        with played(script, site) as there:
            found = [_read(model.at(there)) for model in seen]
        assert [state["litellm_model"] is None for state in found] == [True, *[False] * (len(seen) - 1)]
        asked.append([exchange.what for exchange in script.seen])
    assert asked[0] == asked[1]


def _read(model: ManagedModel) -> dict[str, Any]:
    """What a refresh finds, in the process that reads the others too."""
    return model.provider.read(model.id, model.state).outs or {}


def test_5_an_emptied_gateway_is_filled_again(
    declare: Declare, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    models = [declare(rpm=number) for number in range(1, 4)]
    for model in models:
        model.create()
    for found in gateway.models():
        gateway.delete(found["model_info"]["id"])
    assert gateway.models() == []
    assert all("litellm_model" in (model.refresh() or []) for model in models)
    for model in models:
        model.update()
    _assert_once(models, gateway, database)


def test_6_drift_of_every_column_of_the_row_shows_and_is_mended(
    declare: Declare, database: DatabaseAdmin
) -> None:
    model = declare(**EVERYTHING)
    model.create()
    row = database.row(model.name)
    assert row is not None
    columns = [*(FIELD_OF_COLUMN.keys() - {"id"}), "backend_model_name", "litellm_model_id"]
    change = sql.SQL("UPDATE models SET {} WHERE id = %s").format(
        sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(c), _other(row[c])) for c in columns)
    )
    database.do(change, model.name)
    fields = {FIELD_OF_COLUMN.get(column, column) for column in columns} - {"backend_model_name"}
    assert set(model.refresh() or []) == fields | {"litellm_model"}
    model.update()
    assert model.refresh() == []
    database.do("DELETE FROM models WHERE id = %s", model.name)
    assert "display_name" in (model.refresh() or [])
    model.update()
    assert model.refresh() == []
