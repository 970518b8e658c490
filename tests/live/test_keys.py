"""The endpoint's key is the one in use, before and after it changes."""

from collections.abc import Callable

import pytest

from tests.live.support.people import GatewayAdmin
from tests.live.support.pulumi import ManagedModel


def test_a_changed_key_is_the_one_the_gateway_uses(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    model = declare(api_key="sk-wrong")
    model.create()
    assert gateway.complete(model.name).status_code == 401

    model.change(api_key=endpoint_key)
    model.update()
    answer = gateway.complete(model.name)
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-litellm-model-id"] == model.id
    assert answer.json()["choices"][0]["message"]["content"].startswith("This is granite-3-2-8b-instruct.")

    model.change(api_key="sk-wrong-again")
    model.update()
    assert gateway.complete(model.name).status_code == 401


@pytest.mark.parametrize("change", [{"rpm": 100}, {"context_length": None}])
def test_a_key_survives_the_change_of_something_else(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str, change: dict[str, int]
) -> None:
    model = declare(api_key=endpoint_key, context_length=8192)
    model.create()
    model.change(**change)
    model.update()
    assert gateway.complete(model.name).status_code == 200


def test_a_model_can_point_elsewhere(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    model = declare(api_key=endpoint_key, api_base="http://nowhere.models.svc:8000/v1")
    model.create()
    assert gateway.complete(model.name).status_code >= 500
    model.change(
        api_base="http://model-endpoint.models.svc:8000/v1", litellm_model="openai/mistral-7b-instruct"
    )
    model.update()
    assert "mistral-7b-instruct" in gateway.complete(model.name).json()["choices"][0]["message"]["content"]


def test_the_gateway_never_tells_the_key(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    model = declare(api_key=endpoint_key)
    model.create()
    assert endpoint_key not in str(gateway.models())
