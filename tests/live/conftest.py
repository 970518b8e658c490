"""The deployment the tests run against, and what people can do to it. Every test cleans what it makes."""

import os
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.exposure import address
from litemaas_infra.clients.wire import Wire
from litemaas_infra.providers import session
from litemaas_infra.providers.site import Site
from sandbox.cluster.names import NETWORK_FILE
from sandbox.paths import RUN
from tests.live.support.admins import backend_admin, gateway_admin
from tests.live.support.models import spec
from tests.live.support.people import DatabaseAdmin, GatewayAdmin
from tests.live.support.pulumi import ManagedModel

DATABASE_HOST = f"{names.POSTGRES}.litemaas.svc.cluster.local"


@pytest.fixture(scope="session", autouse=True)
def inside_a_sandbox() -> Iterator[None]:
    """Nothing else may be touched: the tests take services down and data away."""
    inside = NETWORK_FILE.exists() and Path("/proc/self/ns/net").samefile(NETWORK_FILE)
    if not inside or os.environ.get("KUBECONFIG") != str(RUN / "admin.kubeconfig"):
        pytest.fail("live tests run inside a sandbox of their own: run tests/live/run", pytrace=False)
    # The sandbox's commands trust its router by this variable. A user's machine has none: the providers
    # must find the authority in the cluster.
    os.environ.pop("SSL_CERT_FILE", None)
    yield
    session.close_all()


@pytest.fixture(scope="session")
def site() -> dict[str, Any]:
    """The deployment's place, as a resource keeps it."""
    return Site("litemaas").props


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with Cluster() as connection:
        yield connection


@pytest.fixture(scope="session")
def endpoint_key(cluster: Cluster) -> str:
    return cluster.secret_value("models", "model-endpoint", "api-key")


@pytest.fixture(scope="session")
def gateway_url(cluster: Cluster) -> str:
    url = address(cluster, "litemaas", names.GATEWAY)
    assert url
    return url


@pytest.fixture(scope="session")
def trust() -> ssl.SSLContext:
    """Trust in the sandbox's router, got without the product's help."""
    return ssl.create_default_context(cafile=str(RUN / "ca-bundle.crt"))


@pytest.fixture(scope="session")
def gateway(cluster: Cluster, gateway_url: str, trust: ssl.SSLContext) -> Iterator[GatewayAdmin]:
    with gateway_admin(cluster, "litemaas", gateway_url, trust) as admin:
        yield admin


@pytest.fixture
def wire(
    cluster: Cluster, site: dict[str, Any], gateway: GatewayAdmin, trust: ssl.SSLContext
) -> Iterator[Wire]:
    """The product's own way to the gateway, past the session that ends with each provider's process."""
    master = cluster.secret_value(site["namespace"], names.GATEWAY_SECRET, names.MASTER_KEY)
    with Wire(str(gateway.http.base_url), master, trust) as wire:
        yield wire


@pytest.fixture
def database(cluster: Cluster) -> Iterator[DatabaseAdmin]:
    with backend_admin(cluster, "litemaas") as admin:
        yield admin


@pytest.fixture
def gateway_database(cluster: Cluster) -> Iterator[DatabaseAdmin]:
    """LiteLLM's own database in the hands of its owner."""
    password = cluster.secret_value("litemaas", names.GATEWAY_DATABASE_SECRET, "password")
    admin = DatabaseAdmin.login(DATABASE_HOST, names.GATEWAY_OWNER, password, names.GATEWAY_DATABASE)
    with admin.connection:
        yield admin


@pytest.fixture
def server(cluster: Cluster) -> Iterator[DatabaseAdmin]:
    """The whole server in the hands of its administrator."""
    password = cluster.secret_value("litemaas", names.POSTGRES_SECRET, "POSTGRES_PASSWORD")
    admin = DatabaseAdmin.login(DATABASE_HOST, names.POSTGRES_ADMIN, password, "postgres")
    with admin.connection:
        yield admin


@pytest.fixture
def erase(gateway: GatewayAdmin, database: DatabaseAdmin) -> Callable[[str], None]:
    """Remove whatever there is under a model's name, on both sides."""

    def remove(model_name: str) -> None:
        for model in gateway.named(model_name):
            gateway.delete(model["model_info"]["id"])
        gateway.delete(names.model_id(model_name))
        if database.ask("SELECT to_regclass('models') AS found")[0]["found"]:
            database.do("DELETE FROM models WHERE id = %s", model_name)

    return remove


@pytest.fixture
def declare(site: dict[str, Any], erase: Callable[[str], None]) -> Iterator[Callable[..., ManagedModel]]:
    """Declares a model with the given values; what comes of it is removed at the end."""
    declared: list[str] = []

    def model(**fields: Any) -> ManagedModel:
        managed = ManagedModel(site, spec(**fields))
        declared.append(managed.name)
        return managed

    yield model
    for model_name in declared:
        erase(model_name)
