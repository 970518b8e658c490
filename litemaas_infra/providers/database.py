"""A database with an owner of its own, made where it is missing, and dropped only if that is asked for."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.clients import tenancy
from litemaas_infra.clients.postgres import Address, connected, ensure_database
from litemaas_infra.errors import DatabaseError, DatabaseUnauthorized, NotInCluster
from litemaas_infra.providers.base import Props, Provider, changes, gone, say, unseen
from litemaas_infra.providers.session import Session, address_of, session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.connection import Login, Server
from litemaas_infra.specs.database import Database as Settings

_KEYS: Final = (
    "site",
    "kind",
    "server",
    "database",
    "owner",
    "secret",
    "use",
    "admin",
    "owner_is_ours",
    "force_delete",
)
_PATIENCE: Final = 600.0
"""Seconds for CloudNativePG to make its servers and what is declared of them."""
_PAUSE: Final = 3.0


class DatabaseProvider(Provider):
    """Makes databases. Another name or server is another database; the old one stays where it is."""

    def create(self, props: Props) -> CreateResult:
        """The database and its owner, made or found."""
        _ensure(props)
        return CreateResult(props["secret"], props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """Gone if its owner cannot log in to it: then `up` makes that right, or says why not."""
        try:
            return _look(id_, props)
        except NotInCluster as missing:
            return unseen(id_, props, missing)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Never a replacement, which would delete the old one."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Its owner and itself, made or found."""
        del id_, olds
        _ensure(news)
        return UpdateResult(news)

    def delete(self, id_: str, props: Props) -> None:
        """Leave it where it is, unless a server that outlives the stack is to be rid of it."""
        del id_
        if props["kind"] == "existing" and props["force_delete"]:
            _drop(props)


def _look(id_: str, props: Props) -> ReadResult:
    there = session(Site.of(props))
    if not there.exists():
        return gone()
    try:
        with there.reached(_owner(there, props)) as owner, connected(owner):
            return ReadResult(id_, props)
    except DatabaseUnauthorized:
        return gone()


def _ensure(props: Props) -> None:
    there = session(Site.of(props))
    owner = _owner(there, props)
    if props["kind"] == "own":
        with there.admin() as admin:
            ensure_database(admin, owner.database, owner.user, owner.password)
    elif props["kind"] == "cnpg":
        _await(there, owner, props)
    elif props.get("admin"):
        with _admin(there, props) as admin, there.reached(owner) as here:
            tenancy.provide(admin, here, props["use"])
    else:
        with there.reached(owner) as here:
            tenancy.adopt(here, props["use"])


def _drop(props: Props) -> None:
    there = session(Site.of(props))
    if not props.get("admin"):
        say(f"database {props['database']} is kept: litemaas:database.adminSecret names nobody to drop it")
        return
    server = Server.of(props["server"])
    owner = address_of(Login(server, props["database"], props["owner"]), "")
    with _admin(there, props) as admin:
        kept = tenancy.drop(admin, owner, role=props["owner_is_ours"])
    if kept:
        say(kept)


def _await(there: Session, owner: Address, props: Props) -> None:
    """Until the operator has made what is declared; at the end, what it came to."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with there.reached(owner) as here:
                return tenancy.adopt(here, props["use"])
        except (DatabaseError, NotInCluster):
            if time.monotonic() > end:
                say(f"CloudNativePG says of its cluster {names.POSTGRES}: {_phase(there)}")
                raise
        time.sleep(_PAUSE)


def _phase(there: Session) -> str:
    cluster = there.cluster().get(names.CNPG, f"clusters/{names.POSTGRES}", there.site.namespace)
    status: Mapping[str, Any] = (cluster or {}).get("status") or {}
    return str(status.get("phase") or "nothing yet; is its operator running?")


def _owner(there: Session, props: Props) -> Address:
    login = Login(Server.of(props["server"]), props["database"], props["owner"])
    return address_of(login, there.secret(props["secret"], "password"))


@contextmanager
def _admin(there: Session, props: Props) -> Iterator[Address]:
    """Who may make roles and databases on a server of someone else's, read when it is needed."""
    admin = props["admin"]
    *place, name = admin["secret"].split("/")
    namespace = place[0] if place else there.site.namespace
    user, password = (
        there.cluster().secret_value(namespace, name, admin[key]) for key in ("user_key", "password_key")
    )
    login = Login(Server.of(props["server"]), admin["database"], user)
    with there.reached(address_of(login, password)) as here:
        yield here


class Database(Resource, module="litemaas", name="Database"):
    """A database whose owner's password is in the Kubernetes Secret `secret`, under `password`."""

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        settings: Settings,
        use: tenancy.Use,
        secret: str,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        login: Login = getattr(settings, use)
        given = getattr(settings, f"{use}_password")
        inputs = {
            "site": site.props,
            "kind": settings.kind,
            "server": login.server.props,
            "database": login.database,
            "owner": login.user,
            "secret": secret,
            "use": use,
            "admin": settings.admin,
            "owner_is_ours": given is None,
            "force_delete": settings.force_delete,
        }
        super().__init__(DatabaseProvider(), name, inputs, opts)
