"""The services behind proxies that make everything go wrong that can."""

from collections.abc import Iterator
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.providers.site import Site
from tests.live.conftest import DATABASE_HOST
from tests.live.support.backend import claims_tables
from tests.live.support.database_proxy import DATABASE
from tests.live.support.gateway_proxy import GATEWAY
from tests.live.support.models import KEY
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.stage import Stage
from tests.live.support.world import World


@pytest.fixture(scope="session")
def site() -> dict[str, Any]:
    """The services by their own addresses."""
    url, address = "http://{}:{}".format(*GATEWAY), "{}:{}".format(*DATABASE)
    return Site("litemaas", gateway_url=url, database_address=address).props


@pytest.fixture(scope="module")
def world(site: dict[str, Any], cluster: Cluster, gateway: GatewayAdmin) -> Iterator[World]:
    """The services as they really are, with the backend's tables; empty at the end."""
    password = cluster.secret_value("litemaas", names.BACKEND_SECRET, "password")
    admin = DatabaseAdmin.login(DATABASE_HOST, names.BACKEND_OWNER, password, names.BACKEND_DATABASE)
    with admin.connection:
        there = World(site, gateway, admin)
        there.declare().create()  # with it, the table that the backend's others refer to
        with claims_tables(admin):
            yield there
            there.clean()


@pytest.fixture(scope="module")
def stage(world: World) -> Stage:
    return Stage(world)


@pytest.fixture(scope="session")
def secrets(cluster: Cluster) -> list[str]:
    """What no error may say."""
    kept = {
        names.GATEWAY_SECRET: names.MASTER_KEY,
        names.BACKEND_SECRET: "password",
        names.GATEWAY_DATABASE_SECRET: "password",
    }
    return [KEY, *(cluster.secret_value("litemaas", name, key) for name, key in kept.items())]
