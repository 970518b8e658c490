"""Models made in the admin UI: found before anything is made beside them, and taken over when asked."""

from collections.abc import Callable

import pytest

from litemaas_infra.errors import ModelCollision
from tests.live.support.models import ENDPOINT
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel

UI = {"model": "openai/other", "api_base": ENDPOINT, "api_key": "sk-of-the-ui", "rpm": 7}


@pytest.fixture
def model(declare: Callable[..., ManagedModel], gateway: GatewayAdmin) -> ManagedModel:
    """A declared model whose name the UI has taken."""
    declared = declare(tpm=5)
    gateway.make(declared.name, f"ui-{declared.name}", **UI)
    return declared


def test_a_name_taken_in_the_ui_is_refused_and_nothing_is_made(
    model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    with pytest.raises(ModelCollision, match=rf"ui-{model.name}.*`adopt` to true"):
        model.create()
    assert len(gateway.named(model.name)) == 1
    assert database.row(model.name) is None


def test_an_adopted_model_becomes_what_is_declared_under_the_id_it_had(
    model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model.change(adopt=True)
    model.create()
    assert model.id == f"ui-{model.name}"
    (served,) = gateway.named(model.name)
    assert "rpm" not in served["litellm_params"]
    assert served["litellm_params"]["tpm"] == 5
    row = database.row(model.name)
    assert row is not None
    assert row["litellm_model_id"] == model.id
    assert model.refresh() == []
    model.change(tpm=6)
    model.update()
    assert model.refresh() == []
    model.delete()
    assert gateway.named(model.name) == []


def test_a_key_for_the_model_works_on_after_its_adoption(model: ManagedModel, gateway: GatewayAdmin) -> None:
    key = gateway.http.post("/key/generate", json={"models": [model.name]}).raise_for_status().json()["key"]
    model.change(adopt=True, rpm=9)
    model.create()
    listed = gateway.http.get("/v1/models", headers={"Authorization": f"Bearer {key}"}).raise_for_status()
    assert [found["id"] for found in listed.json()["data"]] == [model.name]


def test_where_there_are_several_the_id_chooses(model: ManagedModel, gateway: GatewayAdmin) -> None:
    gateway.make(model.name, f"ui2-{model.name}", **UI)
    model.change(adopt=True)
    with pytest.raises(ModelCollision, match=f"ui2-{model.name}"):
        model.create()
    model.change(adopt=f"ui2-{model.name}")
    model.create()
    assert model.id == f"ui2-{model.name}"


def test_an_adoption_that_lost_its_state_finds_the_same_model(model: ManagedModel) -> None:
    model.change(adopt=True)
    model.create()
    adopted, model.state = model.id, {}
    model.create()
    assert model.id == adopted
