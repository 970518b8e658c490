"""A database with an owner of its own. It is made where it is missing, and never dropped."""

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra.clients.postgres import Address, connected, ensure_database
from litemaas_infra.errors import DatabaseUnauthorized, NotInCluster
from litemaas_infra.providers.base import Props, Provider, changes, gone, unseen
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site

_KEYS = ("site", "database", "owner", "secret")


class DatabaseProvider(Provider):
    """Makes databases. Deleting the resource leaves the database; it goes only with its server's volume."""

    def create(self, props: Props) -> CreateResult:
        """The database and its owner, made or found."""
        self._ensure(props)
        return CreateResult(props["database"], props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """Gone if its owner cannot log in to it: then `up` makes that right."""
        try:
            return self._look(id_, props)
        except NotInCluster as missing:
            return unseen(id_, props, missing)

    def _look(self, id_: str, props: Props) -> ReadResult:
        there = session(Site.of(props))
        if not there.exists():
            return gone()
        password = there.secret(props["secret"], "password")
        with there.server() as (host, port):
            try:
                with connected(Address(host, port, props["owner"], password, props["database"])):
                    return ReadResult(id_, props)
            except DatabaseUnauthorized:
                return gone()

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another name is another database; the old one stays where it is."""
        del id_
        return changes(olds, news, _KEYS, replaces=("database",))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Its owner, made or found, with the password of its Secret."""
        del id_, olds
        self._ensure(news)
        return UpdateResult(news)

    def _ensure(self, props: Props) -> None:
        there = session(Site.of(props))
        with there.admin() as admin:
            password = there.secret(props["secret"], "password")
            ensure_database(admin, props["database"], props["owner"], password)


class Database(Resource, module="litemaas", name="Database"):
    """A database whose owner's password is in the Kubernetes Secret `secret`, under `password`."""

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        database: str,
        owner: str,
        secret: str,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"site": site.props, "database": database, "owner": owner, "secret": secret}
        super().__init__(DatabaseProvider(), name, inputs, opts)
