"""The services behind proxies that make everything go wrong that can.

They are a stack's of their own, so that what goes wrong here disturbs no other test.
"""

import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.providers.site import Site
from tests.live.support import database_proxy, gateway_proxy
from tests.live.support.admins import backend_admin, gateway_admin
from tests.live.support.backend import claims_tables
from tests.live.support.deployed import Stack, deployed
from tests.live.support.models import KEY
from tests.live.support.people import GatewayAdmin
from tests.live.support.stage import Stage
from tests.live.support.world import World

NAMESPACE = "litemaas-faults"


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with deployed(NAMESPACE, {"namespace": NAMESPACE, "storageClass": "gp3-csi"}) as stack:
        yield stack


@pytest.fixture(scope="session")
def site(stack: Stack) -> dict[str, Any]:
    """The services by their own addresses."""
    url = "http://{}:{}".format(*gateway_proxy.upstream(stack.name))
    address = "{}:{}".format(*database_proxy.upstream(stack.name))
    return Site(stack.name, gateway_url=url, database_address=address).props


@pytest.fixture(scope="session")
def gateway(stack: Stack, cluster: Cluster, trust: ssl.SSLContext) -> Iterator[GatewayAdmin]:
    with gateway_admin(cluster, stack.name, stack.outputs()["gateway_url"], trust) as admin:
        yield admin


@pytest.fixture(scope="module")
def world(site: dict[str, Any], cluster: Cluster, gateway: GatewayAdmin) -> Iterator[World]:
    """The services as they really are, with the backend's tables; empty at the end."""
    with backend_admin(cluster, NAMESPACE) as admin:
        there = World(site, gateway, admin)
        there.declare().create()  # with it, the table that the backend's others refer to
        with claims_tables(admin):
            yield there
            there.clean()


@pytest.fixture(scope="module")
def stage(world: World) -> Stage:
    return Stage(world)


@pytest.fixture(scope="session")
def secrets(stack: Stack, cluster: Cluster) -> list[str]:
    """What no error may say."""
    kept = {
        names.GATEWAY_SECRET: names.MASTER_KEY,
        names.BACKEND_SECRET: "password",
        names.GATEWAY_DATABASE_SECRET: "password",
    }
    return [KEY, *(cluster.secret_value(stack.name, name, key) for name, key in kept.items())]
