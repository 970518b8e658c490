"""PostgreSQL: connections, and databases with owners of their own. Nothing here ever drops one."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from psycopg.abc import PQGen
from psycopg.rows import DictRow, dict_row

from litemaas_infra.errors import (
    DatabaseRefused,
    DatabaseUnauthorized,
    DatabaseUnreachable,
    DatabaseUntrusted,
)

T = TypeVar("T")

Connection = psycopg.Connection[DictRow]
ANSWER = 60.0
"""Seconds for the server's answer to anything; the server itself gives up a little earlier."""
CONNECT = 10
"""Seconds for the way into a database."""
_STATEMENT_TIMEOUT = "55s"
_LOOK = 0.1
"""Seconds between two looks whether the user has interrupted."""
_NOT_NOW = ("the database system is", "too many", "connection slots", "terminating connection")
"""What a server says that turns away everyone, whoever asks."""


@dataclass(frozen=True)
class Address:
    """Where a server listens and who asks; the password never shows."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str
    sslmode: str = "prefer"
    authority: str | None = field(default=None, repr=False)
    """Whom its certificate must come from, in PEM; one that this machine trusts where none is named."""
    via: str | None = None
    """IP address to connect to, where that is not the one of `host`, which the certificate names."""


@contextmanager
def connected(address: Address, *, autocommit: bool = False) -> Iterator[Connection]:
    """A connection, its transaction committed at the end. Raises DatabaseError, never psycopg's own."""
    with told(f"user {address.user} into database {address.database}"), connect(address) as connection:
        connection.autocommit = autocommit
        yield connection


def connect(address: Address) -> Connection:
    """A connection that keeps until it is closed. Raises psycopg's errors, for `told` to tell."""
    with _authorities(address) as authorities:
        return _Bounded.connect(
            host=address.host,
            hostaddr=address.via,
            port=address.port,
            user=address.user,
            password=address.password,
            dbname=address.database,
            sslmode=address.sslmode,
            sslrootcert=authorities,
            connect_timeout=CONNECT,
            options=f"-c statement_timeout={_STATEMENT_TIMEOUT}",
            row_factory=dict_row,
        )


@contextmanager
def _authorities(address: Address) -> Iterator[str | None]:
    """A file of whom to trust, which is all that libpq takes."""
    if address.sslmode != "verify-full":
        yield None
    elif address.authority is None:
        yield ssl.get_default_verify_paths().cafile or "system"
    else:
        with NamedTemporaryFile("w", suffix=".crt") as file:
            file.write(address.authority)
            file.flush()
            yield file.name


class _Bounded(psycopg.Connection[DictRow]):
    """A connection that fails when it falls silent: the server may hang, or the way there be dead."""

    def wait(self, gen: PQGen[T], interval: float = _LOOK, timeout: float | None = None) -> T:
        try:
            return super().wait(gen, interval, ANSWER if timeout is None else timeout)
        except psycopg.OperationalError:
            self.pgconn.finish()  # else it would be asked, and waited for, to roll back
            raise


@contextmanager
def told(login: str) -> Iterator[None]:
    """Our errors for psycopg's; `login` says who asks, and where."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise _unreachable(login, error) from error
    except psycopg.Error as error:
        raise DatabaseRefused(f"PostgreSQL let {login}, and refused: {_first_line(error)}") from error


def ensure_database(admin: Address, name: str, owner: str, password: str) -> None:
    """Make the role and the database it owns where they are missing; what is in it stays as it is.

    The role's password becomes the given one, so that a password kept in a Secret and one kept in a
    restored volume agree again. (Whether they do cannot be asked: a server may let anyone in who comes
    from its own host, as a port-forward does.)
    """
    with connected(admin, autocommit=True) as connection:
        if not exists(connection, "pg_roles", "rolname", owner):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(owner)))
        if not exists(connection, "pg_database", "datname", name):
            make = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(make.format(sql.Identifier(name), sql.Identifier(owner)))
        # Said again for one that is there: nobody but its owner may connect to it.
        own = sql.SQL("ALTER DATABASE {} OWNER TO {}")
        connection.execute(own.format(sql.Identifier(name), sql.Identifier(owner)))
        _set_password(connection, owner, password)
        close_to_others(connection, name)


def close_to_others(connection: Connection, database: str) -> None:
    """Let nobody but the owner, who asks for it, connect to the database."""
    revoke = sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC")
    connection.execute(revoke.format(sql.Identifier(database)))


def _set_password(connection: Connection, role: str, password: str) -> None:
    change = sql.SQL("ALTER ROLE {} PASSWORD {}")
    connection.execute(change.format(sql.Identifier(role), hashed(connection, role, password)))


def hashed(connection: Connection, role: str, password: str) -> sql.Literal:
    """A role's password, hashed on this side: the server, and its log, never see the password itself."""
    # The algorithm is named because libpq would else ask the server, and wait for it without letting this
    # process's own port-forward run.
    made = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return sql.Literal(made.decode())


def exists(connection: Connection, table: str, column: str, value: str) -> bool:
    """Whether a table of the server's own has such a value."""
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s")
    found: Any = connection.execute(
        query.format(sql.Identifier(table), sql.Identifier(column)), (value,)
    ).fetchone()
    return found is not None


def identity(connection: Connection) -> str:
    """What tells the database from another that is made in its place, under the same name."""
    # Two servers number alike.
    query = """
        SELECT concat_ws('/', system_identifier, oid) AS id
        FROM pg_control_system(), pg_database WHERE datname = current_database()
    """
    [found] = connection.execute(query).fetchall()
    return str(found["id"])


def answers(connection: Connection) -> bool:
    """Whether the connection still works."""
    try:
        connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def _unreachable(login: str, error: psycopg.Error) -> DatabaseUnauthorized | DatabaseUnreachable:
    text = _first_line(error)
    if "FATAL:" in text and not any(busy in text for busy in _NOT_NOW):
        return DatabaseUnauthorized(
            f"PostgreSQL does not let {login}: {text}; "
            "`pulumi up --refresh` makes the database, its owner and the password what they should be"
        )
    if "certificate" in text or "SSL" in text:
        return DatabaseUntrusted(
            f"PostgreSQL cannot be spoken with as litemaas:database.sslmode says: {text}; the authority that "
            "its certificate comes from belongs into litemaas:database.authority: "
            "pulumi config set --path litemaas:database.authority < ca.crt"
        )
    return DatabaseUnreachable(
        f"PostgreSQL does not answer: {text}; check `oc get pods` and `oc logs litemaas-postgres-0`, or, of "
        "a server that someone else runs, litemaas:database and litemaas:databaseAddress"
    )


def _first_line(error: psycopg.Error) -> str:
    return str(error).strip().partition("\n")[0]
