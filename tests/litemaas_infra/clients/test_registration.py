"""Which deployment is the declared model, and when it must not be touched."""

from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients.registration import configured, identity
from litemaas_infra.errors import ModelCollision
from litemaas_infra.specs.deployment import MARK, Deployment
from tests.litemaas_infra.support.models import granite

OWN = names.model_id("granite")
OURS = Deployment(OWN, "granite", {}, {MARK: ""})
SECOND = Deployment(names.model_id("granite", "second"), "granite", {}, {MARK: "second"})
UI = Deployment("of-the-ui", "granite", {}, {})
OTHER_UI = Deployment("of-the-ui-too", "granite", {}, {})


def _identity(
    *stored: Deployment, known: str | None = None, files: set[str] | None = None, **spec: Any
) -> str:
    return identity(granite(**spec), stored, files or set(), known)


def test_a_new_model_gets_the_id_that_follows_from_its_name() -> None:
    assert _identity() == OWN


def test_a_model_made_before_is_found_again_whatever_else_bears_its_name() -> None:
    assert _identity(UI, OURS) == OWN


def test_a_further_deployment_of_ours_is_no_collision() -> None:
    assert _identity(SECOND) == OWN
    assert _identity(OURS, deployment="second") == SECOND.id


def test_a_name_taken_in_the_ui_is_a_collision_that_names_the_setting() -> None:
    with pytest.raises(
        ModelCollision, match=r"'granite'.*\(id of-the-ui\).*`adopt` to true.*another model_name"
    ):
        _identity(UI)


def test_a_model_to_adopt_keeps_its_id() -> None:
    assert _identity(UI, adopt=True) == "of-the-ui"
    assert _identity(UI, OTHER_UI, adopt="of-the-ui-too") == "of-the-ui-too"


def test_one_of_several_is_adopted_only_by_id() -> None:
    with pytest.raises(ModelCollision, match=r"of-the-ui, of-the-ui-too.*`adopt` to the id"):
        _identity(UI, OTHER_UI, adopt=True)


def test_an_id_to_adopt_that_is_not_there_is_refused() -> None:
    with pytest.raises(
        ModelCollision, match=r"adopt nothing-such, which the gateway does not have.*of-the-ui"
    ):
        _identity(UI, adopt="nothing-such")


def test_where_there_is_nothing_to_adopt_a_model_is_made() -> None:
    assert _identity(adopt=True) == OWN


def test_an_adopted_model_stays_the_one_it_is() -> None:
    assert _identity(UI, known="of-the-ui", adopt=True) == "of-the-ui"
    assert _identity(known="of-the-ui", adopt=True) == "of-the-ui"


def test_a_model_that_was_adopted_once_is_found_again_when_the_state_is_lost() -> None:
    assert _identity(Deployment("of-the-ui", "granite", {}, {MARK: ""}), SECOND, adopt=True) == "of-the-ui"


def test_a_known_model_that_is_gone_is_not_made_beside_one_made_elsewhere() -> None:
    with pytest.raises(ModelCollision):
        _identity(OTHER_UI, known="of-the-ui", adopt=True)


def test_a_model_of_the_gateways_own_configuration_cannot_be_adopted() -> None:
    with pytest.raises(ModelCollision, match="configuration file already has a model 'granite'"):
        _identity(files={"granite"}, adopt=True)


def test_models_of_the_configuration_are_told_from_those_of_the_database() -> None:
    served: list[dict[str, Any]] = [
        {"model_name": "a", "model_info": {"db_model": False}},
        {"model_name": "b", "model_info": {"db_model": True}},
        {"model_name": "c"},
    ]
    assert configured(served) == {"a"}
