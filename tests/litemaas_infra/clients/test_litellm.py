"""The gateway's client, against a server that answers as LiteLLM was recorded to."""

import pytest

from litemaas_infra import names
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.errors import GatewayError, GatewayRefused, ModelCollision
from tests.litemaas_infra.support.litellm import EMPTY, FakeLiteLLM, refusal
from tests.litemaas_infra.support.models import granite
from tests.litemaas_infra.support.web import Answer, WebServer

ID = names.model_id("granite")


def test_a_gateway_without_models_answers_500_and_has_none(gateway: Gateway) -> None:
    assert gateway.deployments() == []
    assert gateway.find(ID) is None


def test_another_500_is_not_taken_for_an_empty_gateway(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.first = [refusal("DB not connected", 500)]
    with pytest.raises(GatewayRefused, match="refused /model/info: status 500: DB not connected"):
        gateway.deployments()


def test_a_model_that_is_registered_is_served_under_its_id(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.register(granite(rpm=120))
    found = gateway.find(ID)
    assert found is not None
    assert found["model_name"] == "granite"
    assert fake.models[ID]["litellm_params"]["rpm"] == 120


def test_registering_twice_makes_no_second_deployment(
    gateway: Gateway, fake: FakeLiteLLM, server: WebServer
) -> None:
    gateway.register(granite())
    gateway.register(granite())
    assert list(fake.models) == [ID]
    assert len(server.sent("POST", "/model/new")) == 1


def test_a_change_names_the_limits_that_are_no_longer_wanted(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.register(granite(rpm=120, tpm=1000))
    gateway.register(granite(tpm=2000))
    assert "rpm" not in fake.models[ID]["litellm_params"]
    assert fake.models[ID]["litellm_params"]["tpm"] == 2000


def test_a_name_changed_by_hand_is_given_back(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.register(granite())
    fake.models[ID]["model_name"] = "by hand"
    gateway.register(granite())
    assert fake.models[ID]["model_name"] == "granite"


def test_a_500_that_says_the_model_was_saved_is_waited_out(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.saved_only = True
    gateway.register(granite())
    assert list(fake.models) == [ID]


def test_a_model_that_was_made_although_the_router_gave_up_is_not_an_error(
    gateway: Gateway, fake: FakeLiteLLM, server: WebServer
) -> None:
    # The request is sent again after a 504; LiteLLM then finds its own row in the way.
    fake.first = [Answer(500, EMPTY), Answer(504), Answer(500, {"detail": {"error": "Failed to add model"}})]
    fake._serve(_registered())
    gateway.register(granite())
    assert len(server.sent("POST", "/model/new")) == 2


def test_a_model_that_is_saved_but_never_served_is_reported(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.first = [Answer(500, EMPTY), refusal("Model creation was saved to the database, but", 500)]
    with pytest.raises(GatewayError, match=r"saved model 'granite' but does not serve it.*oc logs"):
        gateway.register(granite())


def test_a_refused_model_is_reported_with_litellms_reason(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.first = [Answer(500, EMPTY), refusal("no such provider", 400)]
    with pytest.raises(GatewayRefused, match="refused /model/new: status 400: no such provider"):
        gateway.register(granite())


def test_a_name_taken_by_a_model_made_elsewhere_is_a_collision(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.models["of-the-ui"] = {"model_name": "granite", "model_info": {"id": "of-the-ui"}}
    with pytest.raises(
        ModelCollision, match=r"'granite'.*of-the-ui.*delete it.*or choose another model_name"
    ):
        gateway.register(granite())
    assert list(fake.models) == ["of-the-ui"]


def test_a_model_beside_others_is_no_collision(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.models["of-the-ui"] = {"model_name": "other", "model_info": {"id": "of-the-ui"}}
    gateway.register(granite())
    assert set(fake.models) == {"of-the-ui", ID}


def test_a_forgotten_model_is_served_no_longer(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.register(granite())
    gateway.forget(ID)
    assert fake.models == {}


def test_forgetting_a_model_that_is_not_there_is_no_error(gateway: Gateway) -> None:
    gateway.forget(ID)


@pytest.mark.parametrize("code", [400, 404, 500])
def test_a_deletion_that_fails_otherwise_is_reported(gateway: Gateway, fake: FakeLiteLLM, code: int) -> None:
    fake.first = [refusal("No DB Connected", code)]
    with pytest.raises(GatewayRefused, match="No DB Connected"):
        gateway.forget(ID)


def _registered() -> dict[str, object]:
    return {"model_name": "granite", "litellm_params": {}, "model_info": {"id": ID}}
