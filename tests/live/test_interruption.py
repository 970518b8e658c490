"""An operation that is killed anywhere, and repeated, ends as if nothing had happened."""

from collections.abc import Callable

import pytest

from tests.live.support.interruption import killed_at
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel

NEW, DELETE = "/model/new", "/model/delete"
ROW = ["row written", "row committed"]


def _request(what: str) -> list[str]:
    return [f"{when} {what}" for when in ("before", "sent", "after")]


def _assert_one(model: ManagedModel, gateway: GatewayAdmin, database: DatabaseAdmin) -> None:
    assert [found["model_info"]["id"] for found in gateway.named(model.name)] == [model.id]
    assert len(database.ask("SELECT 1 FROM models WHERE id = %s", model.name)) == 1
    assert model.refresh() == []


@pytest.mark.parametrize("moment", [*_request(NEW), *ROW])
def test_a_killed_create(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin, moment: str
) -> None:
    model = declare(rpm=10, context_length=4096)
    assert killed_at(moment, "create", model.inputs)
    model.create()
    _assert_one(model, gateway, database)


@pytest.mark.parametrize("moment", [*_request("PATCH"), *ROW])
def test_a_killed_update(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin, moment: str
) -> None:
    model = declare(rpm=10, context_length=4096)
    model.create()
    model.change(rpm=None, tpm=7, context_length=8192, description="new")
    assert killed_at(moment, "update", model.id, model.state, model.inputs)
    model.update()
    _assert_one(model, gateway, database)


@pytest.mark.parametrize("moment", [*_request(DELETE), *_request(NEW)[1:], *ROW])
def test_a_killed_update_that_makes_the_deployment_anew(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin, moment: str
) -> None:
    model = declare(rpm=10, context_length=4096)
    model.create()
    model.change(context_length=None, rpm=20)
    assert killed_at(moment, "update", model.id, model.state, model.inputs)
    model.update()
    _assert_one(model, gateway, database)


@pytest.mark.parametrize("moment", [*_request(DELETE), *ROW])
def test_a_killed_delete(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin, moment: str
) -> None:
    model = declare(rpm=10)
    model.create()
    assert killed_at(moment, "delete", model.id, model.state)
    model.delete()
    assert gateway.named(model.name) == []
    assert database.row(model.name) is None


def test_an_operation_that_is_not_killed_ends_by_itself(declare: Callable[..., ManagedModel]) -> None:
    model = declare()
    assert not killed_at("never", "create", model.inputs)
    model.create()
    assert model.refresh() == []
