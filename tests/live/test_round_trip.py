"""Whatever valid model is declared, reading it back shows no difference."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from litemaas_infra import names
from litemaas_infra.specs.values import MAX_INTEGER
from tests.live.support.models import FIELDS, NAMES, ODD, filled
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel

# Each example takes seconds of a real gateway: a failing one is shown as it was found.
SLOW = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

PLAIN: dict[str, Any] = {
    "litellm_model": "openai/granite-3-2-8b-instruct",
    "api_base": "http://model-endpoint.models.svc:8000/v1",
    "api_key": "key",
    "discover": False,
}


@example(f"meta-llama/Llama 3.1: {ODD}", {**PLAIN, "description": f"{ODD}\n\r\t\x01"})
@example("gpt-4o", {**PLAIN, "litellm_model": "openai/gpt-4o"})
@example("a" * 255, {**PLAIN, "display_name": "漢" * 255, "description": "long " * 20_000})
@example("zero", {**PLAIN, "rpm": 0, "tpm": 0, "context_length": 1})
@example("most", {**PLAIN, "rpm": MAX_INTEGER, "tpm": MAX_INTEGER, "context_length": MAX_INTEGER})
@given(NAMES, FIELDS)
@settings(SLOW, max_examples=20)
def test_a_created_model_reads_back_as_declared(
    site: dict[str, Any], erase: Callable[[str], None], model_name: str, fields: dict[str, Any]
) -> None:
    model = ManagedModel(site, filled(model_name, fields))
    try:
        model.create()
        assert model.refresh() == []
    finally:
        erase(model_name)


@given(NAMES, FIELDS, FIELDS)
@settings(SLOW, max_examples=8)
def test_a_changed_model_reads_back_as_declared(
    site: dict[str, Any],
    erase: Callable[[str], None],
    model_name: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    model = ManagedModel(site, filled(model_name, before))
    try:
        model.create()
        model.spec = filled(model_name, after)
        model.update()
        assert model.refresh() == []
    finally:
        erase(model_name)


@pytest.mark.parametrize("field", ["rpm", "tpm", "context_length"])
def test_a_number_can_be_set_raised_lowered_and_cleared(
    declare: Callable[..., ManagedModel], database: DatabaseAdmin, gateway_database: DatabaseAdmin, field: str
) -> None:
    model = declare()
    model.create()
    for value in (1000, 2000, 500, None):
        model.change(**{field: value})
        model.update()
        assert model.refresh() == []
        row = database.row(model.name)
        assert row is not None
        assert row[field] == value
    # Not by /model/info: a running LiteLLM goes on telling a max_tokens that is in no model any more.
    [kept] = gateway_database.ask(
        'SELECT litellm_params, model_info FROM "LiteLLM_ProxyModelTable" WHERE model_id = %s', model.id
    )
    assert not {field, "max_tokens"} & {**kept["litellm_params"], **kept["model_info"]}.keys()


def test_the_gateway_and_the_row_name_each_other(
    declare: Callable[..., ManagedModel], database: DatabaseAdmin, gateway: GatewayAdmin
) -> None:
    model = declare(litellm_model="openai/org/granite", context_length=8192, rpm=120)
    model.create()
    [deployment] = gateway.named(model.name)
    row = database.row(model.name)
    assert row is not None
    assert model.id == names.model_id(model.name) == row["litellm_model_id"] == deployment["model_info"]["id"]
    assert row["backend_model_name"] == "org/granite"
    # Where the backend's sync looks for what it writes into the row.
    assert deployment["model_info"]["max_tokens"] == row["context_length"] == 8192
    assert deployment["litellm_params"]["rpm"] == row["rpm"] == 120


def test_models_that_call_one_model_keep_their_own_numbers(declare: Callable[..., ManagedModel]) -> None:
    large = declare(context_length=8192, rpm=100)
    small = declare(context_length=1024, rpm=10)
    unknown = declare()
    models = [large, small, unknown]
    for model in models:
        model.create()
    assert [model.refresh() for model in models] == [[], [], []]
    small.change(context_length=2048)
    small.update()
    large.delete()
    assert [model.refresh() for model in models] == [None, [], []]
