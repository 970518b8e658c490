"""Administrators let in with what the deployment itself keeps."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from tests.live.support.database_proxy import upstream
from tests.live.support.people import DatabaseAdmin, GatewayAdmin


@contextmanager
def gateway_admin(
    cluster: Cluster, namespace: str, url: str, trust: ssl.SSLContext
) -> Iterator[GatewayAdmin]:
    """LiteLLM in the hands of an administrator."""
    key = cluster.secret_value(namespace, names.GATEWAY_SECRET, names.MASTER_KEY)
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=url, headers=headers, verify=trust, timeout=30) as http:
        yield GatewayAdmin(http)


@contextmanager
def backend_admin(cluster: Cluster, namespace: str) -> Iterator[DatabaseAdmin]:
    """The backend's database in the hands of its owner."""
    password = cluster.secret_value(namespace, names.BACKEND_SECRET, "password")
    host, _ = upstream(namespace)
    admin = DatabaseAdmin.login(host, names.BACKEND_OWNER, password, names.BACKEND_DATABASE)
    with admin.connection:
        yield admin
