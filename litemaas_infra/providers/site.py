"""Where a deployment is, as its resources keep it in state, and the way from there to its services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.clients.openshift import route_url, trusted
from litemaas_infra.clients.portforward import forwarded
from litemaas_infra.clients.postgres import Address, Connection, connected
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import NotInCluster


@dataclass(frozen=True)
class Site:
    """A deployment's place. It holds no secret: credentials are read from the cluster when needed."""

    namespace: str
    context: str | None = None
    gateway_url: str | None = None
    database_address: str | None = None
    verify_tls: bool = True

    @classmethod
    def of(cls, props: dict[str, Any]) -> Self:
        """The site a resource's properties name."""
        return cls(**props["site"])

    @property
    def props(self) -> dict[str, Any]:
        """The site as a property of a resource."""
        return {key: value for key, value in vars(self).items() if value is not None}

    def cluster(self) -> Cluster:
        """The cluster, a context manager."""
        return Cluster(context=self.context)

    @contextmanager
    def services(self, cluster: Cluster) -> Iterator[tuple[Gateway, Connection]]:
        """Gateway and rows; the database first, for without it the gateway only says status 500."""
        with self.rows(cluster) as rows, self.gateway(cluster) as gateway:
            yield gateway, rows

    @contextmanager
    def gateway(self, cluster: Cluster) -> Iterator[Gateway]:
        """The gateway, under its master key, by its Route unless the site names another address."""
        self._require(cluster, "Deployment", names.GATEWAY)
        key = cluster.secret_value(self.namespace, names.GATEWAY_SECRET, names.MASTER_KEY)
        url = self.gateway_url or route_url(cluster, self.namespace, names.GATEWAY)
        trust = trusted(cluster) if self.verify_tls else False
        with Wire(url, key, trust) as wire:
            yield Gateway(wire)

    @contextmanager
    def rows(self, cluster: Cluster) -> Iterator[Connection]:
        """The backend's database, as its owner."""
        password = cluster.secret_value(self.namespace, names.BACKEND_SECRET, "password")
        with self.server(cluster) as (host, port):
            address = Address(host, port, names.BACKEND_OWNER, password, names.BACKEND_DATABASE)
            with connected(address) as connection:
                yield connection

    @contextmanager
    def admin(self, cluster: Cluster) -> Iterator[Address]:
        """The server's administrator, for making databases."""
        password = cluster.secret_value(self.namespace, names.POSTGRES_SECRET, "POSTGRES_PASSWORD")
        with self.server(cluster) as (host, port):
            yield Address(host, port, names.POSTGRES_ADMIN, password, "postgres")

    @contextmanager
    def server(self, cluster: Cluster) -> Iterator[tuple[str, int]]:
        """PostgreSQL's host and port: the pod's through the Kubernetes API unless the site names one."""
        if self.database_address:
            host, _, port = self.database_address.rpartition(":")
            yield host, int(port)
        else:
            self._require(cluster, "StatefulSet", names.POSTGRES)
            with forwarded(cluster, self.namespace, f"{names.POSTGRES}-0", names.POSTGRES_PORT) as local_port:
                yield "127.0.0.1", local_port

    def _require(self, cluster: Cluster, kind: str, name: str) -> None:
        """Tells a service that is not there from one that does not answer; raises NotInCluster."""
        if cluster.get("apps/v1", f"{kind.lower()}s/{name}", self.namespace) is None:
            raise NotInCluster(f"{kind} {name} is not in namespace {self.namespace}; `pulumi up` makes it")
