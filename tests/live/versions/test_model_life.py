"""A model from its making to its end, on each version of LiteLLM that deployments of LiteMaaS run."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from litemaas_infra.errors import ModelCollision
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.advisories import parsed, risks
from tests.live.support.deployed import Stack
from tests.live.support.gateway_proxy import upstream
from tests.live.support.models import ENDPOINT, FORGED_HOST
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel
from tests.live.versions.conftest import DECLARED

PARAMS = {
    "temperature": 0.5,
    "timeout": 30,
    "max_retries": 0,
    "drop_params": True,
    "stop": ["a", "b"],
    "extra_headers": {"X-Team": "a"},
}
INFO = {"team": "a", "limits": {"daily": 5}}
"""What LiteLLM stores otherwise than it was sent, or does not store at all, on one version or another."""


@pytest.fixture
def model(declare: Callable[..., ManagedModel]) -> ManagedModel:
    made = declare(rpm=100, tpm=1000, input_cost_per_token=1e-06, context_length=8192, mode="chat")
    made.change(params=PARAMS, model_info=INFO)
    made.create()
    assert made.refresh() == []
    return made


def test_the_program_serves_the_model_it_declares(stack: Stack, gateway: GatewayAdmin) -> None:
    answer = gateway.complete(DECLARED)
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-litellm-model-id"] == stack.outputs()["models"][DECLARED]


def test_a_forged_host_opens_the_admin_api_where_an_advisory_says_so_and_nowhere_else(
    stack: Stack, version: str
) -> None:
    url = "http://{}:{}/key/generate".format(*upstream(stack.name))
    answer = httpx.post(url, json={}, headers={"Host": FORGED_HOST}, timeout=30)
    holed = "CVE-2026-49468" in {risk.id for risk in risks(version)}
    assert (answer.status_code == httpx.codes.OK) == holed, answer.text


def test_a_second_run_finds_nothing_to_change(stack: Stack) -> None:
    stack.unchanged()


def test_the_gateway_reports_the_version_that_was_asked_for(site: dict[str, Any], version: str) -> None:
    removes = parsed(version) >= (1, 109, 0)
    assert session(Site(**site)).gateway().dialect.removes_params == removes


@pytest.mark.parametrize("field", ["rpm", "tpm"])
def test_a_limit_is_raised_lowered_and_cleared(
    model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin, field: str
) -> None:
    for value in (2000, 5, 0, None):
        model.change(**{field: value})
        model.update()
        assert model.refresh() == []
        [served] = gateway.named(model.name)
        assert served["litellm_params"].get(field) == value
        assert (database.row(model.name) or {})[field] == value
    assert served["model_info"]["id"] == model.id


def test_a_changed_key_is_the_one_in_use(
    model: ManagedModel, gateway: GatewayAdmin, endpoint_key: str
) -> None:
    model.change(api_key=endpoint_key)
    model.update()
    assert model.refresh() == []
    answer = gateway.complete(model.name)
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-litellm-model-id"] == model.id


@pytest.mark.parametrize(
    "change",
    [
        {"litellm_model": "openai/mistral-7b-instruct"},
        {"api_base": f"{ENDPOINT}/other"},
        {"input_cost_per_token": 3e-06, "output_cost_per_token": 2.5e-07},
        {"input_cost_per_token": None},
        {"context_length": 4096},
        {"context_length": None},
        {"mode": None},
        {"supports_vision": True},
        {"params": {**PARAMS, "temperature": 0.25, "stop": ["c"], "extra_headers": {"X-Team": "b"}}},
        {"params": {"timeout": 30}},
        {"model_info": {"team": "b", "limits": {"monthly": 1}}},
        {"model_info": {}},
    ],
    ids=str,
)
def test_what_is_declared_anew_is_what_is_kept(model: ManagedModel, change: dict[str, Any]) -> None:
    model.change(**change)
    model.update()
    assert model.refresh() == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"litellm_params": {"rpm": 101}}, "rpm"),
        ({"litellm_params": {"api_key": "sk-by-hand"}}, "api_key"),
        ({"litellm_params": {"input_cost_per_token": 1e-03}}, "input_cost_per_token"),
        ({"litellm_params": {"temperature": 0.75}}, "params"),
        ({"litellm_params": {"weight": 3}}, "params"),
        ({"model_info": {"max_tokens": 1}}, "context_length"),
        ({"model_name": "live-renamed-by-hand"}, "model_name"),
    ],
    ids=str,
)
def test_what_was_changed_by_hand_is_seen_and_mended(
    model: ManagedModel, gateway: GatewayAdmin, body: dict[str, Any], field: str
) -> None:
    gateway.change(model.id, **body)
    assert model.refresh() == [field]
    model.update()
    assert model.refresh() == []
    assert len(gateway.named(model.name)) == 1


def test_a_model_deleted_by_hand_is_made_again_under_its_id(
    model: ManagedModel, gateway: GatewayAdmin
) -> None:
    was = model.id
    gateway.delete(model.id)
    assert "litellm_model" in (model.refresh() or [])
    model.update()
    assert [found["model_info"]["id"] for found in gateway.named(model.name)] == [was]


def test_making_a_model_twice_makes_one(model: ManagedModel, gateway: GatewayAdmin) -> None:
    model.create()
    assert len(gateway.named(model.name)) == 1
    assert model.refresh() == []


def test_a_deleted_model_is_gone_from_both_sides(
    model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model.delete()
    assert gateway.named(model.name) == []
    assert database.row(model.name) is None
    model.delete()


def test_a_name_taken_by_hand_is_refused_until_it_is_adopted(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    model = declare(api_key=endpoint_key, rpm=50)
    gateway.make(model.name, f"by-hand-{model.name}", model="openai/other", api_key="sk-other", tpm=7)
    with pytest.raises(ModelCollision, match=f"by-hand-{model.name}.*`adopt`"):
        model.create()
    model.change(adopt=True)
    model.create()
    assert model.refresh() == []
    assert [found["model_info"]["id"] for found in gateway.named(model.name)] == [f"by-hand-{model.name}"]
    assert gateway.complete(model.name).status_code == 200
