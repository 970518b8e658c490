"""The gateway's client, against a server that answers as LiteLLM was recorded to."""

from dataclasses import replace
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.errors import GatewayRefused, ModelUnproven
from litemaas_infra.specs.deployment import Deployment
from tests.litemaas_infra.support.litellm import FakeLiteLLM, refusal
from tests.litemaas_infra.support.models import granite
from tests.litemaas_infra.support.web import Answer, WebServer

ID = names.model_id("granite")


def _wanted(**other: Any) -> Deployment:
    return Deployment.of(granite(**other), ID)


def _params(fake: FakeLiteLLM) -> dict[str, Any]:
    return dict(fake.models[ID]["litellm_params"])


def test_a_gateway_without_models_answers_500_and_has_none(gateway: Gateway) -> None:
    assert gateway.served() == {}


def test_another_500_is_not_taken_for_an_empty_gateway(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.first = [refusal("DB not connected", 500)]
    with pytest.raises(GatewayRefused, match="refused /model/info: status 500: DB not connected"):
        gateway.served()


def test_a_model_that_is_made_is_served_under_its_id(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.create(_wanted(rpm=120))
    assert list(gateway.served()) == [ID]
    assert _params(fake)["rpm"] == 120


def test_nothing_is_written_where_nothing_differs(gateway: Gateway, server: WebServer) -> None:
    gateway.change(_wanted(rpm=1), _wanted(rpm=1))
    assert server.requests == []


def test_a_change_sends_what_differs_and_no_more(gateway: Gateway, server: WebServer) -> None:
    gateway.create(_wanted(rpm=1, tpm=1))
    gateway.change(_wanted(rpm=1, tpm=1), _wanted(rpm=2, tpm=1))
    (sent,) = server.sent("PATCH", f"/model/{ID}/update")
    assert sent.body == {"model_name": "granite", "litellm_params": {"rpm": 2}, "model_info": {"id": ID}}


@pytest.mark.parametrize(("version", "requests"), [("1.108.7", "POST"), ("1.109.1", "PATCH")])
def test_a_limit_that_is_no_longer_wanted_is_gone_on_every_version(
    gateway: Gateway, fake: FakeLiteLLM, server: WebServer, version: str, requests: str
) -> None:
    fake.version = version
    gateway.create(_wanted(rpm=120, tpm=1000))
    gateway.change(_wanted(rpm=120, tpm=1000), _wanted(tpm=2000))
    assert "rpm" not in _params(fake)
    assert _params(fake)["tpm"] == 2000
    assert server.requests[-1].method == requests


@pytest.mark.parametrize("version", ["1.108.7", "1.109.1"])
def test_a_stray_parameter_is_taken_out(gateway: Gateway, fake: FakeLiteLLM, version: str) -> None:
    fake.version = version
    gateway.create(_wanted())
    fake.models[ID]["litellm_params"]["stray"] = 1
    gateway.change(replace(_wanted(), params={**_wanted().params, "stray": 1}), _wanted())
    assert "stray" not in _params(fake)


def test_a_name_changed_by_hand_is_given_back(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.create(_wanted())
    gateway.change(replace(_wanted(), model_name="by hand"), _wanted())
    assert fake.models[ID]["model_name"] == "granite"


def test_a_500_that_says_the_model_was_saved_is_no_error(gateway: Gateway, fake: FakeLiteLLM) -> None:
    fake.saved_only = True
    gateway.create(_wanted())
    assert gateway.comes_to_serve([ID]) == {ID}


def test_a_model_that_was_made_although_the_router_gave_up_is_not_an_error(
    gateway: Gateway, fake: FakeLiteLLM, server: WebServer
) -> None:
    # The request is sent again after a 504; LiteLLM then finds its own row in the way.
    fake.first = [Answer(504), Answer(500, {"detail": {"error": "Failed to add model"}})]
    fake.models[ID] = {"model_name": "granite", "litellm_params": {}, "model_info": {"id": ID}}
    gateway.create(_wanted())
    assert len(server.sent("POST", "/model/new")) == 2


def test_waiting_for_a_model_that_is_never_served_ends(gateway: Gateway) -> None:
    assert gateway.comes_to_serve([ID], 0.05) == frozenset()


def test_a_refused_model_is_reported_with_litellms_reason_and_without_its_key(
    gateway: Gateway, fake: FakeLiteLLM
) -> None:
    fake.first = [refusal("no such provider for sk-of-the-endpoint", 400)]
    with pytest.raises(
        GatewayRefused, match=r"refused /model/new: status 400: no such provider for \[secret\]"
    ):
        gateway.create(_wanted())


def test_a_forgotten_model_is_served_no_longer(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.create(_wanted())
    gateway.forget(ID)
    assert fake.models == {}


def test_forgetting_a_model_that_is_not_there_is_no_error(gateway: Gateway) -> None:
    gateway.forget(ID)


@pytest.mark.parametrize("code", [400, 404, 500])
def test_a_deletion_that_fails_otherwise_is_reported(gateway: Gateway, fake: FakeLiteLLM, code: int) -> None:
    fake.first = [refusal("No DB Connected", code)]
    with pytest.raises(GatewayRefused, match="No DB Connected"):
        gateway.forget(ID)


@pytest.mark.parametrize(
    ("mode", "path"),
    [
        (None, "chat/completions"),
        ("chat", "chat/completions"),
        ("completion", "completions"),
        ("embedding", "embeddings"),
    ],
)
def test_a_model_is_proved_by_the_question_that_fits_it(
    gateway: Gateway, server: WebServer, mode: str | None, path: str
) -> None:
    gateway.create(_wanted(mode=mode))
    gateway.prove(_wanted(mode=mode))
    (asked,) = server.sent("POST", f"/v1/{path}")
    assert asked.body["model"] == ID


def test_an_answer_of_another_deployment_proves_nothing(gateway: Gateway, fake: FakeLiteLLM) -> None:
    gateway.create(_wanted())
    fake.answers_as = "another"
    with pytest.raises(ModelUnproven, match="deployment another answered for 'granite'"):
        gateway.prove(_wanted())


def test_a_model_that_does_not_answer_is_unproven(gateway: Gateway) -> None:
    with pytest.raises(ModelUnproven, match=r"status 400: Invalid model name.*`prove` to false"):
        gateway.prove(_wanted())
