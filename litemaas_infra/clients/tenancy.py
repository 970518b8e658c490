"""Databases on a server that someone else runs: made where they are missing, others' left alone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, Literal

from psycopg import sql
from psycopg.errors import DependentObjectsStillExist

from litemaas_infra.clients.postgres import Address, Connection, close_to_others, connected, exists, hashed
from litemaas_infra.errors import DatabaseError, DatabaseRefused, DatabaseUnauthorized

Use = Literal["gateway", "models", "chat"]
_TABLES: Final = """
    SELECT relname AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'f', 'm')
      AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
    ORDER BY 1
"""
"""Every table of the database but the server's and those of extensions."""
_MARKS: Final = {
    "database": "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = %s",
    "role": "SELECT shobj_description(oid, 'pg_authid') AS mark FROM pg_roles WHERE rolname = %s",
}
_SHOWN: Final = 5
"""Tables that a message names at most."""


def provide(admin: Address, owner: Address, use: Use, mark: str) -> None:
    """Make the owner's role and its database where they are missing; adopt them where they are there.

    `admin` may make roles and databases, and need not be a superuser. What is made gets the `mark` for a
    comment. Raises DatabaseRefused for a role that another password opens, a database of another owner, or
    one that holds others' tables: none of them is changed.
    """
    with connected(admin, autocommit=True) as connection:
        known = exists(connection, "pg_roles", "rolname", owner.user)
        holder = _holder(connection, owner.database)
        if holder not in (None, owner.user):
            raise _taken(owner, use, f"it belongs to role {holder}")
        if known:
            # Asked before anything is made for a role that may be someone else's.
            _log_in(owner if holder else replace(owner, database=admin.database), use)
        else:
            _make_role(connection, owner, mark)
        if holder is None:
            _make_database(connection, owner, mark)
    adopt(owner, use)


def adopt(owner: Address, use: Use) -> None:
    """See that the owner can log in to a database that holds nothing of others', and close it to them."""
    with _told(use), connected(owner, autocommit=True) as connection:
        strangers = _STRANGERS[use]([row["name"] for row in connection.execute(_TABLES)])
        if strangers:
            raise _taken(owner, use, f"of its tables, {_listed(strangers)} are not ours")
        close_to_others(connection, owner.database)


def drop(admin: Address, owner: Address, mark: str) -> str | None:
    """Remove the database and its role, each where it has the `mark`; gives the reason why one stays."""
    with connected(admin, autocommit=True) as connection:
        holder = _holder(connection, owner.database)
        if holder and holder != owner.user:
            return f"database {owner.database} is kept: it belongs to role {holder} now"
        if holder and _mark(connection, "database", owner.database) != mark:
            return f"database {owner.database} is kept: it was not made by this stack"
        if holder:
            name = sql.Identifier(owner.database)
            with _member(connection, owner.user):
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        ours = _mark(connection, "role", owner.user) == mark
        return _drop_role(connection, owner.user) if ours else None


def _make_role(connection: Connection, owner: Address, mark: str) -> None:
    password, name = hashed(connection, owner.user, owner.password), sql.Identifier(owner.user)
    with connection.transaction():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, password))
        connection.execute(sql.SQL("COMMENT ON ROLE {} IS {}").format(name, sql.Literal(mark)))


def _make_database(connection: Connection, owner: Address, mark: str) -> None:
    name, holder = sql.Identifier(owner.database), sql.Identifier(owner.user)
    with _member(connection, owner.user):
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, holder))
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(mark)))


def _mark(connection: Connection, kind: Literal["database", "role"], name: str) -> str | None:
    """What the comment on it says."""
    found: Any = connection.execute(_MARKS[kind], (name,)).fetchone()
    return found["mark"] if found else None


@contextmanager
def _member(connection: Connection, role: str) -> Iterator[None]:
    """While an administrator without all rights has the role's: nobody gives away what he has not."""
    [may] = connection.execute("SELECT pg_has_role(%s, 'USAGE') AS may", (role,)).fetchall()
    if may["may"]:
        yield
        return
    name = sql.Identifier(role)
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    try:
        yield
    finally:
        connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(name))


def _drop_role(connection: Connection, role: str) -> str | None:
    if not exists(connection, "pg_roles", "rolname", role):
        return None
    try:
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    except DependentObjectsStillExist:
        return f"role {role} is kept: other databases of the server hold something of its"
    return None


def _holder(connection: Connection, database: str) -> str | None:
    """Whom the database belongs to; nobody if there is none."""
    query = "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = %s"
    found: Any = connection.execute(query, (database,)).fetchone()
    return found["owner"] if found else None


def _log_in(owner: Address, use: Use) -> None:
    with _told(use), connected(owner):
        pass


@contextmanager
def _told(use: Use) -> Iterator[None]:
    """What someone can do about a role that is not let in."""
    try:
        yield
    except DatabaseUnauthorized as error:
        cause = str(error).partition("; `pulumi")[0]
        raise DatabaseRefused(
            f"{cause}. A role that is there keeps its password, which belongs into "
            f"litemaas:database.{use}Password (pulumi config set --path --secret litemaas:database."
            f"{use}Password); another role is named by litemaas:database.{use}User, and who makes what is "
            "missing by litemaas:database.adminSecret"
        ) from error


def _taken(owner: Address, use: Use, cause: str) -> DatabaseError:
    return DatabaseRefused(
        f"database {owner.database} on {owner.host} is someone else's: {cause}; nothing of it is changed. "
        f"Take another name: pulumi config set --path litemaas:database.{use}Database NAME"
    )


def _of_others(tables: list[str]) -> list[str]:
    return [name for name in tables if not name.startswith("LiteLLM_") and name != "_prisma_migrations"]


def _of_no_backend(tables: list[str]) -> list[str]:
    return [] if "models" in tables and not _of_litellm(tables) else tables


def _of_no_chat(tables: list[str]) -> list[str]:
    return [] if {"auth", "chat"} <= set(tables) and not _of_litellm(tables) else tables


def _of_litellm(tables: list[str]) -> list[str]:
    return [name for name in tables if name.startswith("LiteLLM_")]


_STRANGERS: Final[Mapping[Use, Callable[[list[str]], list[str]]]] = {
    "gateway": _of_others,
    "models": _of_no_backend,
    "chat": _of_no_chat,
}
"""Which of the tables are nothing of what the database is for."""


def _listed(tables: list[str]) -> str:
    more = f" and {len(tables) - _SHOWN} more" if len(tables) > _SHOWN else ""
    return f"{', '.join(tables[:_SHOWN])}{more}"
