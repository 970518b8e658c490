"""Every step may be repeated, whatever was done of it before."""

from collections.abc import Callable

import pytest

from litemaas_infra.errors import ModelCollision
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel


def test_creating_twice_makes_one_model(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model = declare(rpm=10)
    model.create()
    model.change(rpm=20)
    model.create()
    assert [found["model_info"]["id"] for found in gateway.named(model.name)] == [model.id]
    assert database.ask("SELECT rpm FROM models WHERE id = %s", model.name) == [{"rpm": 20}]
    assert model.refresh() == []


def test_a_create_that_ended_before_the_row_is_completed(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model = declare(rpm=10)
    model.create()
    database.do("DELETE FROM models WHERE id = %s", model.name)
    assert "display_name" in (model.refresh() or [])
    model.create()
    assert len(gateway.named(model.name)) == 1
    assert model.refresh() == []


def test_a_model_that_only_has_its_row_is_completed(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin
) -> None:
    model = declare(rpm=10)
    model.create()
    gateway.delete(model.id)
    assert "litellm_model" in (model.refresh() or [])
    model.create()
    assert len(gateway.named(model.name)) == 1
    assert model.refresh() == []


def test_an_update_makes_anew_what_is_missing(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model = declare(rpm=10)
    model.create()
    gateway.delete(model.id)
    database.do("DELETE FROM models WHERE id = %s", model.name)
    model.change(rpm=20)
    model.update()
    assert model.refresh() == []


def test_deleting_leaves_nothing_and_may_be_repeated(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model = declare()
    model.create()
    model.delete()
    assert gateway.named(model.name) == []
    assert database.row(model.name) is None
    model.delete()
    assert model.refresh() is None


def test_deleting_one_model_leaves_the_others(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin
) -> None:
    kept, deleted = declare(), declare()
    kept.create()
    deleted.create()
    deleted.delete()
    assert kept.refresh() == []
    assert gateway.named(deleted.name) == []


def test_a_name_that_is_taken_by_hand_is_refused_and_left_alone(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    model = declare()
    gateway.make(model.name, "made-by-hand", model="openai/other", api_base="http://other.example.com/v1")
    [before] = gateway.named(model.name)
    with pytest.raises(ModelCollision, match=r"made-by-hand.*delete it in the admin UI"):
        model.create()
    assert gateway.named(model.name) == [before]
    assert database.row(model.name) is None

    gateway.delete("made-by-hand")
    model.create()
    assert model.refresh() == []
