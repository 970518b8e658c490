"""Pulumi makes several models at once, by one provider."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from litemaas_infra.clients.models_table import ensure_table
from litemaas_infra.providers.model import ModelProvider
from litemaas_infra.providers.session import Session
from litemaas_infra.providers.site import Site
from tests.live.conftest import DATABASE_HOST
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel


@pytest.fixture
def no_table(database: DatabaseAdmin) -> None:
    database.do("DROP TABLE IF EXISTS models")


@pytest.mark.usefixtures("no_table")
def test_models_made_at_once_are_all_served_and_all_have_rows(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    models = [declare(rpm=number) for number in range(8)]
    provider = ModelProvider()
    for model in models:
        model.provider, model.shared = provider, True
    with ThreadPoolExecutor(len(models)) as pool:
        list(pool.map(ManagedModel.create, models))
        assert list(pool.map(ManagedModel.refresh, models)) == [[]] * len(models)
        assert all(len(gateway.named(model.name)) == 1 for model in models)
        list(pool.map(ManagedModel.delete, models))
    assert all(gateway.named(model.name) == [] for model in models)
    assert database.ask("SELECT id FROM models") == []


def test_one_model_made_by_many_at_once_is_one_model(
    declare: Callable[..., ManagedModel], gateway: GatewayAdmin
) -> None:
    model = declare(rpm=10)
    model.shared = True
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: model.create(), range(4)))
    assert len(gateway.named(model.name)) == 1
    assert model.refresh() == []


@pytest.mark.usefixtures("no_table")
def test_the_table_may_be_made_by_many_at_once(site: dict[str, Any], database: DatabaseAdmin) -> None:
    together = threading.Barrier(8)

    def make(_: int) -> None:
        # Each in a session of its own, as the processes of several users have it.
        own = Session(Site(**site, database_address=f"{DATABASE_HOST}:5432"))
        with closing(own), own.rows() as connection:
            together.wait(20)
            ensure_table(connection)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(8)))
    assert database.ask("SELECT id FROM models") == []
