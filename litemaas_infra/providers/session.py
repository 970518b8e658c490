"""The way from a site to its services, opened once and shared by all threads of a provider's process."""

import atexit
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final, NamedTuple

from litemaas_infra import names
from litemaas_infra.clients import models_table
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.exposure import address
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.clients.portforward import forwarded, forwarded_service
from litemaas_infra.clients.postgres import Address, Connection, answers, connect, told
from litemaas_infra.clients.registration import configured
from litemaas_infra.clients.trust import trusted
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers.shared import Once, Taken
from litemaas_infra.providers.site import Site

_sessions: Final[dict[Site, "Session"]] = {}
_lock: Final = threading.Lock()


def session(site: Site) -> "Session":
    """The process's one session with the site."""
    with _lock:
        if site not in _sessions:
            _sessions[site] = Session(site)
        return _sessions[site]


@atexit.register
def close_all() -> None:
    """End every session; the next one begins anew."""
    with _lock:
        for opened in _sessions.values():
            opened.close()
        _sessions.clear()


class Session:
    """Connections to a site's services, each made when it is first needed. Raises our errors."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._open = ExitStack()
        # Left open, it would keep the process from ending: Pulumi then waits five seconds, and kills it.
        self.cluster = Once(lambda: self._open.enter_context(Cluster(context=site.context)))
        self.trust = Once(lambda: trusted(self.cluster(), site.namespace) if site.verify_tls else False)
        self._line = Once(self._to_gateway)
        self.gateway = Once(lambda: Gateway(self._line()))
        self.virtual_keys = Once(lambda: VirtualKeys(self._line()))
        self.configured = Once(lambda: configured(self.gateway().served().values()))
        self.salt_key = Once(lambda: self.secret(names.GATEWAY_SECRET, names.SALT_KEY))
        self._rows = Taken(lambda: self._database(_ROWS), answers)
        self._models = Taken(lambda: self._database(_MODELS), answers)
        self.with_table = Once(self._with_table)

    def exists(self) -> bool:
        """Whether the site's namespace is there at all."""
        return self.cluster().get("v1", f"namespaces/{self.site.namespace}") is not None

    def secret(self, name: str, key: str) -> str:
        """One value of a Secret of the site. Raises NotInCluster when it is missing."""
        return self.cluster().secret_value(self.site.namespace, name, key)

    @contextmanager
    def rows(self) -> Iterator[Connection]:
        """The backend's database, as its owner, every statement its own transaction."""
        with told(_ROWS.user, _ROWS.database), self._rows.take() as connection:
            yield connection

    @contextmanager
    def models(self) -> Iterator[Connection]:
        """The gateway's database, as its owner; it is LiteLLM's, and only read."""
        with told(_MODELS.user, _MODELS.database), self._models.take() as connection:
            yield connection

    @contextmanager
    def server(self) -> Iterator[tuple[str, int]]:
        """PostgreSQL's host and port: the pod's through the Kubernetes API unless the site names one."""
        if self.site.database_address:
            host, _, port = self.site.database_address.rpartition(":")
            yield host, int(port)
            return
        self._require("StatefulSet", names.POSTGRES)
        pod = f"{names.POSTGRES}-0"
        with forwarded(self.cluster(), self.site.namespace, pod, names.POSTGRES_PORT) as local_port:
            yield "127.0.0.1", local_port

    @contextmanager
    def admin(self) -> Iterator[Address]:
        """The server's administrator, for making databases."""
        password = self.secret(names.POSTGRES_SECRET, "POSTGRES_PASSWORD")
        with self.server() as (host, port):
            yield Address(host, port, names.POSTGRES_ADMIN, password, "postgres")

    def wire(self, url: str) -> Wire:
        """The wire to a gateway at the address, under the master key."""
        return Wire(url, self.secret(names.GATEWAY_SECRET, names.MASTER_KEY), self.trust())

    def close(self) -> None:
        """Close what was opened."""
        self._rows.close()
        self._models.close()
        self._open.close()

    def _with_table(self) -> None:
        """The backend's table is there, looked at once for all models."""
        with self.rows() as rows:
            models_table.ensure_table(rows)

    def _to_gateway(self) -> Wire:
        self._require("Deployment", names.GATEWAY)
        url = self._open.enter_context(self._door())
        return self._open.enter_context(self.wire(url))

    @contextmanager
    def _door(self) -> Iterator[str]:
        """The gateway's address: the site's, that of its exposure, or a port of its own through the API."""
        namespace = self.site.namespace
        if url := self.site.gateway_url or address(self.cluster(), namespace, names.GATEWAY):
            yield url
            return
        with forwarded_service(self.cluster(), namespace, names.GATEWAY, names.GATEWAY_PORT) as port:
            yield f"http://127.0.0.1:{port}"

    @contextmanager
    def _database(self, login: "_Login") -> Iterator[Connection]:
        password = self.secret(login.secret, "password")
        with self.server() as (host, port):
            connection = connect(Address(host, port, login.user, password, login.database))
            connection.autocommit = True
            with connection:
                yield connection

    def _require(self, kind: str, name: str) -> None:
        """Tells a service that is not there from one that does not answer; raises NotInCluster."""
        namespace = self.site.namespace
        if self.cluster().get("apps/v1", f"{kind.lower()}s/{name}", namespace) is None:
            raise NotInCluster(f"{kind} {name} is not in namespace {namespace}; `pulumi up` makes it")


class _Login(NamedTuple):
    user: str
    database: str
    secret: str


_ROWS: Final = _Login(names.BACKEND_OWNER, names.BACKEND_DATABASE, names.BACKEND_SECRET)
_MODELS: Final = _Login(names.GATEWAY_OWNER, names.GATEWAY_DATABASE, names.GATEWAY_DATABASE_SECRET)
