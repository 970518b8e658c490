"""Databases on a server of someone else's, whose administrator is no superuser: made, adopted, left alone."""

import secrets
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from psycopg import sql

from litemaas_infra.clients import tenancy
from litemaas_infra.clients.postgres import Address
from litemaas_infra.errors import DatabaseRefused
from tests.live.conftest import DATABASE_HOST
from tests.live.support.people import DatabaseAdmin

MARK = "of LiteMaaS in namespace one"
"""What tells the databases of a stack."""


@pytest.fixture
def name() -> str:
    return f"tenant_{secrets.token_hex(4)}"


@pytest.fixture
def admin(server: DatabaseAdmin, name: str) -> Iterator[Address]:
    """A role that makes roles and databases, and may do nothing else; all that it made is removed."""
    role = f"{name}_admin"
    _do(server, "CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD 'of the admin'", role)
    yield Address(DATABASE_HOST, 5432, role, "of the admin", "postgres")
    for database in (name, f"{name}_b"):
        _do(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
    for user in (name, f"{name}_b", role):
        _do(server, "DROP ROLE IF EXISTS {}", user)


@pytest.fixture
def owner(name: str) -> Address:
    return Address(DATABASE_HOST, 5432, name, "of the owner", name)


def _do(server: DatabaseAdmin, statement: str, *identifiers: str) -> None:
    server.do(sql.SQL(statement).format(*map(sql.Identifier, identifiers)))


def _login(there: Address) -> psycopg.Connection[psycopg.rows.DictRow]:
    return DatabaseAdmin.login(there.host, there.user, there.password, there.database).connection


def _refused(admin: Address, owner: Address, use: tenancy.Use = "gateway") -> str:
    with pytest.raises(DatabaseRefused) as caught:
        tenancy.provide(admin, owner, use, MARK)
    assert owner.password not in str(caught.value)
    return str(caught.value)


def test_role_and_database_are_made_by_an_administrator_who_is_no_superuser(
    admin: Address, owner: Address
) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    with _login(owner) as connection:
        connection.execute("CREATE TABLE anything (x int)")
        [role] = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchall()
    assert set(role.values()) == {False}


def test_the_administrator_keeps_no_right_to_what_is_in_it(admin: Address, owner: Address) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        _login(replace(admin, database=owner.database))


def test_what_is_there_is_adopted_with_every_row(admin: Address, owner: Address) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    with _login(owner) as connection:
        connection.execute('CREATE TABLE "LiteLLM_VerificationToken" (token text)')
        connection.execute("""INSERT INTO "LiteLLM_VerificationToken" VALUES ('sk-kept')""")
        connection.commit()
    tenancy.provide(admin, owner, "gateway", MARK)
    with _login(owner) as connection:
        rows = connection.execute('SELECT token FROM "LiteLLM_VerificationToken"').fetchall()
    assert rows == [{"token": "sk-kept"}]


def test_a_role_without_its_database_gets_one(admin: Address, owner: Address, server: DatabaseAdmin) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    _do(server, "DROP DATABASE {}", owner.database)
    tenancy.provide(admin, owner, "gateway", MARK)
    _login(owner).close()


@pytest.mark.parametrize("with_database", [True, False])
def test_a_role_that_another_password_opens_keeps_it_and_nothing_is_made(
    admin: Address, owner: Address, server: DatabaseAdmin, *, with_database: bool
) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    if not with_database:
        _do(server, "DROP DATABASE {}", owner.database)
    message = _refused(admin, replace(owner, password="of nobody"))
    assert "pulumi config set --path --secret litemaas:database.gatewayPassword" in message
    assert "litemaas:database.gatewayUser" in message
    there = server.ask("SELECT count(*) AS n FROM pg_database WHERE datname = %s", owner.database)
    assert there[0]["n"] == with_database
    _login(owner if with_database else replace(owner, database="postgres")).close()


def test_a_database_of_another_role_is_left_to_it(
    admin: Address, owner: Address, server: DatabaseAdmin, name: str
) -> None:
    _do(server, "CREATE DATABASE {}", name)
    message = _refused(admin, owner)
    assert f"database {name} on {DATABASE_HOST} is someone else's: it belongs to role postgres" in message
    assert "pulumi config set --path litemaas:database.gatewayDatabase NAME" in message
    assert not server.ask("SELECT FROM pg_roles WHERE rolname = %s", owner.user)


@pytest.mark.parametrize(
    ("use", "tables", "strangers"),
    [
        ("gateway", ["LiteLLM_UserTable", "_prisma_migrations", "orders"], "orders"),
        ("gateway", ["models"], "models"),
        ("models", ["orders", "users"], "orders, users"),
        ("models", ["models", "LiteLLM_UserTable"], "LiteLLM_UserTable, models"),
        ("models", [f"t{i}" for i in range(7)], "t0, t1, t2, t3, t4 and 2 more"),
    ],
)
def test_a_database_that_holds_others_tables_is_left_alone(
    admin: Address, owner: Address, use: tenancy.Use, tables: list[str], strangers: str
) -> None:
    tenancy.provide(admin, owner, use, MARK)
    with _login(owner) as connection:
        for table in tables:
            connection.execute(sql.SQL("CREATE TABLE {} (x int)").format(sql.Identifier(table)))
    message = _refused(admin, owner, use)
    assert f"of its tables, {strangers} are not ours; nothing of it is changed" in message


@pytest.mark.parametrize(
    ("use", "tables"),
    [("gateway", ["LiteLLM_UserTable", "_prisma_migrations"]), ("models", ["models", "users"])],
)
def test_a_database_with_tables_of_its_use_is_adopted(
    admin: Address, owner: Address, use: tenancy.Use, tables: list[str]
) -> None:
    tenancy.provide(admin, owner, use, MARK)
    with _login(owner) as connection:
        for table in tables:
            connection.execute(sql.SQL("CREATE TABLE {} (x int)").format(sql.Identifier(table)))
    tenancy.provide(admin, owner, use, MARK)


def test_without_an_administrator_what_is_there_is_adopted_and_what_is_not_is_told(
    admin: Address, owner: Address
) -> None:
    with pytest.raises(DatabaseRefused, match=r"litemaas:database\.adminSecret"):
        tenancy.adopt(owner, "gateway")
    tenancy.provide(admin, owner, "gateway", MARK)
    tenancy.adopt(owner, "gateway")


def test_nobody_but_the_owner_may_connect(admin: Address, owner: Address, name: str) -> None:
    other = replace(owner, user=f"{name}_b", database=f"{name}_b")
    tenancy.provide(admin, owner, "gateway", MARK)
    tenancy.provide(admin, other, "models", MARK)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        _login(replace(other, database=owner.database))


def test_dropped_by_request_database_and_role_are_gone_and_a_repetition_finds_nothing(
    admin: Address, owner: Address, server: DatabaseAdmin
) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    with _login(owner):  # a gateway that is still connected keeps nothing from going
        assert tenancy.drop(admin, owner, MARK) is None
    assert not server.ask("SELECT FROM pg_database WHERE datname = %s", owner.database)
    assert not server.ask("SELECT FROM pg_roles WHERE rolname = %s", owner.user)
    assert tenancy.drop(admin, owner, MARK) is None


def test_what_another_stack_made_is_not_dropped(
    admin: Address, owner: Address, server: DatabaseAdmin
) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    kept = tenancy.drop(admin, owner, "of LiteMaaS in namespace two")
    assert kept == f"database {owner.database} is kept: it was not made by this stack"
    assert server.ask("SELECT 1 AS x FROM pg_roles WHERE rolname = %s", owner.user)


def test_a_role_of_someone_elses_is_not_dropped_with_its_database(
    admin: Address, owner: Address, server: DatabaseAdmin
) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    _do(server, "COMMENT ON ROLE {} IS NULL", owner.user)
    assert tenancy.drop(admin, owner, MARK) is None
    assert server.ask("SELECT 1 AS x FROM pg_roles WHERE rolname = %s", owner.user)


def test_a_role_that_owns_more_is_kept_which_is_told(
    admin: Address, owner: Address, server: DatabaseAdmin, name: str
) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    tenancy.provide(admin, replace(owner, database=f"{name}_b"), "gateway", MARK)
    kept = tenancy.drop(admin, owner, MARK)
    assert kept == f"role {name} is kept: other databases of the server hold something of its"
    assert server.ask("SELECT 1 AS x FROM pg_roles WHERE rolname = %s", owner.user)


def test_a_database_that_went_to_another_role_is_not_dropped(
    admin: Address, owner: Address, server: DatabaseAdmin
) -> None:
    tenancy.provide(admin, owner, "gateway", MARK)
    _do(server, "ALTER DATABASE {} OWNER TO postgres", owner.database)
    kept = tenancy.drop(admin, owner, MARK)
    assert kept == f"database {owner.database} is kept: it belongs to role postgres now"
    assert server.ask("SELECT 1 AS x FROM pg_database WHERE datname = %s", owner.database)
