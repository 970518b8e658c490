"""What users hold of a model outlives the model."""

from collections.abc import Callable, Iterator

import pytest

from tests.live.support.backend import claims_tables
from tests.live.support.people import DatabaseAdmin
from tests.live.support.pulumi import ManagedModel


@pytest.fixture
def model(declare: Callable[..., ManagedModel], database: DatabaseAdmin) -> Iterator[ManagedModel]:
    """A model that is served, beside the backend's tables."""
    served = declare()
    served.create()
    with claims_tables(database):
        yield served


@pytest.mark.parametrize(("subscriptions", "grants"), [(2, 0), (0, 3), (2, 1)])
def test_a_claimed_model_is_retired_and_its_claims_are_kept(
    model: ManagedModel,
    database: DatabaseAdmin,
    capsys: pytest.CaptureFixture[str],
    subscriptions: int,
    grants: int,
) -> None:
    for _ in range(subscriptions):
        database.do("INSERT INTO subscriptions (model_id) VALUES (%s)", model.name)
    for _ in range(grants):
        database.do("INSERT INTO api_key_models (model_id) VALUES (%s)", model.name)
    claims = _claims(database)

    model.delete()
    row = database.row(model.name)
    assert row is not None
    assert row["availability"] == "unavailable"
    assert _claims(database) == claims
    message = capsys.readouterr().err
    assert model.name in message
    assert f"{subscriptions + grants} subscriptions and keys" in message

    model.create()
    row = database.row(model.name)
    assert row is not None
    assert row["availability"] == "available"
    assert _claims(database) == claims
    assert model.refresh() == []


def test_by_force_a_claimed_model_goes_with_its_claims(
    model: ManagedModel, database: DatabaseAdmin, capsys: pytest.CaptureFixture[str]
) -> None:
    database.do("INSERT INTO subscriptions (model_id) VALUES (%s)", model.name)
    database.do("INSERT INTO api_key_models (model_id) VALUES (%s)", model.name)
    model.change(force_delete=True)
    model.update()
    model.delete()
    assert database.row(model.name) is None
    assert _claims(database) == []
    assert "2 subscriptions and keys of users were deleted with it" in capsys.readouterr().err


def test_a_model_that_nobody_claims_leaves_no_row(
    model: ManagedModel,
    declare: Callable[..., ManagedModel],
    database: DatabaseAdmin,
    capsys: pytest.CaptureFixture[str],
) -> None:
    claimed = declare()
    claimed.create()
    database.do("INSERT INTO subscriptions (model_id) VALUES (%s)", claimed.name)
    model.delete()
    assert database.row(model.name) is None
    assert capsys.readouterr().err == ""


def _claims(database: DatabaseAdmin) -> list[object]:
    return [
        *database.ask("SELECT * FROM subscriptions ORDER BY id"),
        *database.ask("SELECT * FROM api_key_models ORDER BY api_key_id"),
    ]
