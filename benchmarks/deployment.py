"""The deployment that is measured, in the hands of its administrator."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any, Final

import httpx

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.exposure import address
from litemaas_infra.clients.models_table import ensure_table
from litemaas_infra.clients.postgres import Address, connected
from litemaas_infra.clients.trust import trusted

_PATIENCE: Final = 180.0
"""Seconds that a gateway may take to start again."""


@dataclass(frozen=True)
class Deployment:
    """Where gateway and database are, and what opens them."""

    namespace: str
    url: str
    master_key: str = field(repr=False)
    trust: ssl.SSLContext
    rows: Address
    gateway_database: Address

    @classmethod
    def of(cls, namespace: str) -> "Deployment":
        """The one in that namespace of the current cluster."""
        with Cluster() as cluster:

            def login(secret: str, owner: str, database: str) -> Address:
                host = f"{names.POSTGRES}.{namespace}.svc.cluster.local"
                password = cluster.secret_value(namespace, secret, "password")
                return Address(host, names.POSTGRES_PORT, owner, password, database)

            url = address(cluster, namespace, names.GATEWAY)
            if url is None:
                raise RuntimeError(f"the gateway of namespace {namespace} has no address")
            return cls(
                namespace,
                url,
                cluster.secret_value(namespace, names.GATEWAY_SECRET, names.MASTER_KEY),
                trusted(cluster, namespace),
                login(names.BACKEND_SECRET, names.BACKEND_OWNER, names.BACKEND_DATABASE),
                login(names.GATEWAY_DATABASE_SECRET, names.GATEWAY_OWNER, names.GATEWAY_DATABASE),
            )

    @contextmanager
    def gateway(self) -> Iterator[httpx.Client]:
        """A bare client of LiteLLM's admin API."""
        headers = {"Authorization": f"Bearer {self.master_key}"}
        with httpx.Client(base_url=self.url, headers=headers, verify=self.trust, timeout=60) as http:
            yield http

    def empty(self) -> None:
        """Take every model away, and start the gateway again: nothing of what was before is left in it."""
        with connected(self.gateway_database, autocommit=True) as connection:
            connection.execute('DELETE FROM "LiteLLM_ProxyModelTable"')
        with connected(self.rows, autocommit=True) as connection:
            ensure_table(connection)
            connection.execute("TRUNCATE models CASCADE")
        where = ("-n", self.namespace)
        _oc("delete", "pod", *where, "-l", f"app={names.GATEWAY}", "--grace-period=1")
        _oc("rollout", "status", *where, f"deployment/{names.GATEWAY}", f"--timeout={_PATIENCE:.0f}s")
        self._await_route()

    def listed(self, http: httpx.Client) -> list[dict[str, Any]]:
        """Every deployment of the gateway; one without any says so with status 500."""
        response = http.get("/model/info")
        if "not loaded" in response.text:
            return []
        found: list[dict[str, Any]] = response.raise_for_status().json()["data"]
        return found

    def _await_route(self) -> None:
        deadline = monotonic() + _PATIENCE
        with self.gateway() as http:
            while http.get("/health/readiness").is_error and monotonic() < deadline:
                sleep(0.2)


def _oc(*arguments: str) -> None:
    subprocess.run(["oc", *arguments], check=True, stdout=subprocess.DEVNULL)
