"""The way to a deployment's services, each opened when it is first needed and shared by all threads."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from litemaas_infra import names
from litemaas_infra.clients import models_table
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.credentials import Credentials
from litemaas_infra.clients.database_server import reached
from litemaas_infra.clients.entities import Entities
from litemaas_infra.clients.exposure import address
from litemaas_infra.clients.litellm import Gateway
from litemaas_infra.clients.members import Members
from litemaas_infra.clients.portforward import forwarded_service
from litemaas_infra.clients.postgres import Address, Connection, answers, connect, told
from litemaas_infra.clients.registration import configured
from litemaas_infra.clients.serving import trust
from litemaas_infra.clients.shared import Once, Taken
from litemaas_infra.clients.trust import trusted
from litemaas_infra.clients.way import Way
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import NotInCluster
from litemaas_infra.specs.connection import Login

Kind = TypeVar("Kind", bound=Entities)


class Services:
    """Connections to a deployment's services, each made when it is first needed. Raises our errors."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self._open = ExitStack()
        # Left open, it would keep the process from ending: Pulumi then waits five seconds, and kills it.
        self.cluster = Once(lambda: self._open.enter_context(Cluster(context=way.context)))
        self.trust = Once(lambda: trusted(self.cluster(), way.namespace) if way.verify_tls else False)
        self._line = Once(self._to_gateway)
        self.gateway = Once(lambda: Gateway(self._line()))
        self.configured = Once(lambda: configured(self.gateway().served().values()))
        self.salt_key = Once(lambda: self.secret(names.GATEWAY_SECRET, names.SALT_KEY))
        self._rows = Taken(lambda: self._database(names.BACKEND_SECRET), answers)
        self._models = Taken(lambda: self._database(names.GATEWAY_DATABASE_SECRET), answers)
        self.with_table = Once(self._with_table)

    def entities(self, kind: type[Kind]) -> Kind:
        """The keys, teams, users or budgets of the gateway."""
        return kind(self._line())

    def credentials(self) -> Credentials:
        """The credentials of the gateway that models name."""
        return Credentials(self._line(), self.gateway().dialect, self.models, self.salt_key())

    def members(self) -> Members:
        """The members of the gateway's teams."""
        return Members(self._line())

    def exists(self) -> bool:
        """Whether its namespace is there at all."""
        return self.cluster().get("v1", f"namespaces/{self.way.namespace}") is not None

    def secret(self, name: str, key: str) -> str:
        """One value of a Secret of the namespace. Raises NotInCluster when it is missing."""
        return self.cluster().secret_value(self.way.namespace, name, key)

    @contextmanager
    def rows(self) -> Iterator[Connection]:
        """The backend's database, as its owner, every statement its own transaction."""
        with told(_of_secret(names.BACKEND_SECRET)), self._rows.take() as connection:
            yield connection

    @contextmanager
    def models(self) -> Iterator[Connection]:
        """The gateway's database, as its owner; it is LiteLLM's, and only read."""
        with told(_of_secret(names.GATEWAY_DATABASE_SECRET)), self._models.take() as connection:
            yield connection

    @contextmanager
    def reached(self, there: Address) -> Iterator[Address]:
        """The address under which this machine reaches a server of the data."""
        with reached(self.cluster(), self.way.namespace, there, self.way.database_address) as here:
            yield here

    @contextmanager
    def admin(self) -> Iterator[Address]:
        """The administrator of the stack's own server, for making databases."""
        password = self.secret(names.POSTGRES_SECRET, "POSTGRES_PASSWORD")
        admin, database = names.POSTGRES_ADMIN, "postgres"
        with self.reached(Address(names.POSTGRES, names.POSTGRES_PORT, admin, password, database)) as here:
            yield here

    def wire(self, url: str) -> Wire:
        """The wire to a gateway at the address, under the master key."""
        return Wire(url, self.secret(names.GATEWAY_SECRET, names.MASTER_KEY), self.trust())

    def inside(self, port: int) -> Wire:
        """The same to a pod of it, by a port of this machine, over TLS if that is what the pods speak."""
        namespace = self.way.namespace
        trusted_inside = trust(self.cluster(), namespace)
        if trusted_inside is None:
            return self.wire(f"http://127.0.0.1:{port}")
        key = self.secret(names.GATEWAY_SECRET, names.MASTER_KEY)
        checked = trusted_inside if self.way.verify_tls else False
        return Wire(f"https://127.0.0.1:{port}", key, checked, names.inside(namespace))

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
        return self._open.enter_context(self._door())

    def _door(self) -> Wire:
        """By a given address, that of the gateway's exposure, or a port of its own through the API."""
        cluster, namespace = self.cluster(), self.way.namespace
        if url := self.way.gateway_url or address(cluster, namespace, names.GATEWAY):
            return self.wire(url)
        forward = forwarded_service(cluster, namespace, names.GATEWAY, names.GATEWAY_PORT)
        return self.inside(self._open.enter_context(forward))

    @contextmanager
    def _database(self, secret: str) -> Iterator[Connection]:
        with self.reached(self._login(secret)) as here:
            connection = connect(here)
            connection.autocommit = True
            with connection:
                yield connection

    def _login(self, secret: str) -> Address:
        """A database's owner, as its Secret has it."""
        password = self.secret(secret, "password")
        try:
            login = Login.of(self.cluster().secret(self.way.namespace, secret) or {})
        except (KeyError, ValueError) as error:
            raise NotInCluster(
                f"Secret {secret} in namespace {self.way.namespace} does not say where its database is "
                f"({error}); `pulumi up --refresh` mends it"
            ) from error
        return address_of(login, password)

    def _require(self, kind: str, name: str) -> None:
        """Tells a service that is not there from one that does not answer; raises NotInCluster."""
        namespace = self.way.namespace
        if self.cluster().get("apps/v1", f"{kind.lower()}s/{name}", namespace) is None:
            raise NotInCluster(f"{kind} {name} is not in namespace {namespace}; `pulumi up` makes it")


def address_of(login: Login, password: str) -> Address:
    """The login of a database's owner."""
    server = login.server
    return Address(
        server.host, server.port, login.user, password, login.database, server.sslmode, server.authority
    )


def _of_secret(name: str) -> str:
    return f"the user of Secret {name} into its database"
