"""A database with an owner of its own, made where it is missing, and dropped only if that is asked for."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.clients import stored_models, tenancy
from litemaas_infra.clients.postgres import Address, Connection, connected, ensure_database, identity
from litemaas_infra.clients.services import address_of
from litemaas_infra.errors import DatabaseUnauthorized, DataProtected, NotInCluster, ServerNotInCluster
from litemaas_infra.providers import cloudnativepg
from litemaas_infra.providers.base import UNSEEN, Props, Provider, changes, gone, say, unseen
from litemaas_infra.providers.session import Session, session
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
    "checksum",
    "force_delete",
)
_OF_THE_END: Final = frozenset(("admin", "force_delete"))
"""What only says what becomes of it at the end, for which no server has to answer."""


class DatabaseProvider(Provider):
    """Makes databases. Another name or server is another database; the old one stays where it is."""

    def create(self, props: Props) -> CreateResult:
        """The database and its owner, made or found."""
        _ensure(props)
        with _opened(props) as connection:
            if props["use"] == "gateway":
                _refuse_other_salt(connection, props)
            return CreateResult(props["secret"], {**props, "token": identity(connection)})

    def read(self, id_: str, props: Props) -> ReadResult:
        """Gone without its server, or if its owner cannot log in: then `up` mends it, or says why not."""
        try:
            return _look(id_, props)
        except UNSEEN as why:
            return unseen(id_, props, why)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Never a replacement, which would delete the old one."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Its owner and itself, made or found."""
        del id_
        different = {key for key in _KEYS if olds.get(key) != news.get(key)}
        if different and different <= _OF_THE_END:
            return UpdateResult({**news, "token": olds["token"]})
        _ensure(news)
        with _opened(news) as connection:
            return UpdateResult({**news, "token": identity(connection)})

    def delete(self, id_: str, props: Props) -> None:
        """Leave it where it is, unless a server that outlives the stack is to be rid of it with the stack."""
        del id_
        if props["kind"] == "existing" and props["force_delete"]:
            _drop(props)


def _look(id_: str, props: Props) -> ReadResult:
    if not session(Site.of(props)).exists():
        return gone()
    try:
        with _opened(props) as connection:
            return ReadResult(id_, {**props, "token": identity(connection)})
    except (DatabaseUnauthorized, ServerNotInCluster):
        return gone()


def _ensure(props: Props) -> None:
    there = session(Site.of(props))
    owner = _owner(there, props)
    if props["kind"] == "own":
        with there.admin() as admin:
            ensure_database(admin, owner.database, owner.user, owner.password)
    elif props["kind"] == "cnpg":
        cloudnativepg.awaited(there, lambda: _adopt(there, owner, props))
    elif props.get("admin"):
        with _admin(there, props) as admin, there.reached(owner) as here:
            tenancy.provide(admin, here, props["use"], _mark(there))
    else:
        _adopt(there, owner, props)


@contextmanager
def _opened(props: Props) -> Iterator[Connection]:
    """The database, as its owner."""
    there = session(Site.of(props))
    with there.reached(_owner(there, props)) as owner, connected(owner, autocommit=True) as connection:
        yield connection


def _refuse_other_salt(connection: Connection, props: Props) -> None:
    """Data that was found was written under a salt key that exists; under another, nobody reads it again."""
    there = session(Site.of(props))
    stored = stored_models.every(connection, there.salt_key()).values()
    if any(stored_models.UNREADABLE in model.params.values() for model in stored):
        raise DataProtected(
            f"database {props['database']} holds models that were encrypted under another salt key than "
            f"{names.SALT_KEY} of Secret {names.GATEWAY_SECRET} in namespace {there.site.namespace}, so no "
            "gateway of this stack could read them. Run `pulumi destroy`, which leaves them; put the former "
            "key into that Secret, from a backup; and run `pulumi up` again"
        )


def _drop(props: Props) -> None:
    there = session(Site.of(props))
    if not props.get("admin"):
        say(f"database {props['database']} is kept: litemaas:database.adminSecret names nobody to drop it")
        return
    if _stays(there):
        say(
            f"database {props['database']} is kept, with what is in it. To have it dropped with the stack, "
            "turn on again what it is for before `pulumi destroy`"
        )
        return
    owner = address_of(_login(props), "")
    try:
        with _admin(there, props) as admin:
            kept = tenancy.drop(admin, owner, _mark(there))
    except NotInCluster as missing:
        kept = f"database {props['database']} is kept, for nobody can drop it: {missing}"
    if kept:
        say(kept)


def _mark(there: Session) -> str:
    """What tells this stack's databases from those of another, whose names may be the same."""
    digest = hashlib.sha256(there.salt_key().encode()).hexdigest()[:16]
    return f"of LiteMaaS in namespace {there.site.namespace}, {digest}"


def _stays(there: Session) -> bool:
    """Whether the gateway is there still, which ends before any database does."""
    path = f"deployments/{names.GATEWAY}"
    gateway = there.cluster().get("apps/v1", path, there.site.namespace)
    return gateway is not None and "deletionTimestamp" not in gateway["metadata"]


def _adopt(there: Session, owner: Address, props: Props) -> None:
    with there.reached(owner) as here:
        tenancy.adopt(here, props["use"])


def _owner(there: Session, props: Props) -> Address:
    return address_of(_login(props), there.secret(props["secret"], "password"))


def _login(props: Props) -> Login:
    return Login(Server.of(props["server"]), props["database"], props["owner"])


@contextmanager
def _admin(there: Session, props: Props) -> Iterator[Address]:
    """Who may make roles and databases on a server of someone else's, read when it is needed."""
    admin = props["admin"]
    namespace, name = names.placed(admin["secret"], there.site.namespace)
    user, password = (
        there.cluster().secret_value(namespace, name, admin[key]) for key in ("user_key", "password_key")
    )
    login = Login(Server.of(props["server"]), admin["database"], user)
    with there.reached(address_of(login, password)) as here:
        yield here


class Database(Resource, module="litemaas", name="Database"):
    """A database whose owner's password is in the Kubernetes Secret `secret`, under `password`.

    The `token` is another one when another database has taken its place.
    """

    token: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        settings: Settings,
        use: tenancy.Use,
        secret: str,
        checksum: pulumi.Output[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        login: Login = getattr(settings, use)
        inputs = {
            "site": site.props,
            "kind": settings.kind,
            "server": login.server.props,
            "database": login.database,
            "owner": login.user,
            "secret": secret,
            "use": use,
            "admin": settings.admin,
            # Another password is reason enough to see whether it opens.
            "checksum": checksum,
            "force_delete": settings.force_delete,
            "token": None,
        }
        super().__init__(DatabaseProvider(), name, inputs, opts)
