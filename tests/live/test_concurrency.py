"""Pulumi makes several models at once, by one provider."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from litemaas_infra.providers.model import ModelProvider
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
        model.provider = provider
    with ThreadPoolExecutor(len(models)) as pool:
        list(pool.map(ManagedModel.create, models))
        assert list(pool.map(ManagedModel.refresh, models)) == [[]] * len(models)
        assert all(len(gateway.named(model.name)) == 1 for model in models)
        list(pool.map(ManagedModel.delete, models))
    assert all(gateway.named(model.name) == [] for model in models)
    assert database.ask("SELECT id FROM models") == []
