"""Databases with owners of their own: made where they are missing, never dropped, never unlocked."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from psycopg import sql

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.postgres import ensure_database
from litemaas_infra.errors import DatabaseUnauthorized, DataProtected
from litemaas_infra.providers.database import DatabaseProvider
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from tests.live.conftest import DATABASE_HOST
from tests.live.support.people import DatabaseAdmin, kubectl
from tests.live.support.pulumi import crossing
from tests.live.test_round_trip import SLOW

Ensure = Callable[[str, str, str], None]
OWN: dict[str, Any] = {
    "kind": "own",
    "server": {"host": names.POSTGRES, "port": names.POSTGRES_PORT, "sslmode": "disable"},
    "use": "models",
    "admin": None,
    "force_delete": False,
}
"""What a Database resource on the stack's own server says beside its names."""


@pytest.fixture
def ensure(site: dict[str, Any], server: DatabaseAdmin) -> Iterator[Ensure]:
    """ensure_database by the product's own way to the server; what it makes is removed at the end."""
    made: set[tuple[str, str]] = set()

    def act(database: str, owner: str, password: str) -> None:
        made.add((database, owner))
        with session(Site(**site)).admin() as admin:
            ensure_database(admin, database, owner, password)

    yield act
    for database, owner in made:
        _drop(server, database, owner)


@pytest.fixture
def props(site: dict[str, Any], server: DatabaseAdmin) -> Iterator[dict[str, Any]]:
    """A Database resource of its own, with its Secret."""
    database, secret = f"live_{secrets.token_hex(4)}", f"live-{secrets.token_hex(4)}"
    kubectl("create", "secret", "generic", secret, "--from-literal=password=first")
    yield crossing({**OWN, "site": site, "database": database, "owner": database, "secret": secret})
    kubectl("delete", "secret", secret)
    _drop(server, database, database)


@pytest.fixture
def name() -> str:
    return f"live_{secrets.token_hex(4)}"


def _drop(server: DatabaseAdmin, database: str, owner: str) -> None:
    server.do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
    server.do(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(owner)))


def _login(user: str, password: str, database: str) -> DatabaseAdmin:
    return DatabaseAdmin.login(DATABASE_HOST, user, password, database)


def test_an_owner_can_use_the_database_that_is_made_for_it(ensure: Ensure, name: str) -> None:
    ensure(name, f"{name}_owner", "secret")
    with _login(f"{name}_owner", "secret", name).connection as connection:
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert owner == {"owner": f"{name}_owner"}
        connection.execute("CREATE TABLE anything (x int)")


def test_repeating_keeps_every_row(ensure: Ensure, name: str) -> None:
    ensure(name, name, "secret")
    with _login(name, "secret", name).connection as connection:
        connection.execute("CREATE TABLE kept (x int)")
        connection.execute("INSERT INTO kept VALUES (42)")
    ensure(name, name, "secret")
    with _login(name, "secret", name).connection as connection:
        assert connection.execute("SELECT x FROM kept").fetchall() == [{"x": 42}]


def test_a_database_that_was_given_away_gets_its_owner_back(
    ensure: Ensure, name: str, server: DatabaseAdmin
) -> None:
    ensure(name, name, "secret")
    server.do(sql.SQL("ALTER DATABASE {} OWNER TO postgres").format(sql.Identifier(name)))
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        _login(name, "secret", name)
    ensure(name, name, "secret")
    _login(name, "secret", name).connection.close()


def test_a_password_changed_by_hand_becomes_the_given_one_again(
    ensure: Ensure, name: str, server: DatabaseAdmin
) -> None:
    ensure(name, name, "secret")
    server.do(sql.SQL("ALTER ROLE {} PASSWORD 'by hand'").format(sql.Identifier(name)))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        _login(name, "secret", name)
    ensure(name, name, "secret")
    _login(name, "secret", name).connection.close()


def test_nobody_but_the_owner_may_connect(ensure: Ensure, name: str) -> None:
    ensure(name, name, "secret")
    ensure(f"{name}_b", f"{name}_b", "secret")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        _login(f"{name}_b", "secret", name)


@pytest.mark.parametrize(
    ("user", "database"),
    [
        (names.BACKEND_OWNER, names.GATEWAY_DATABASE),
        (names.GATEWAY_OWNER, names.BACKEND_DATABASE),
    ],
)
def test_the_stacks_owners_are_kept_apart(cluster: Cluster, user: str, database: str) -> None:
    secret = names.BACKEND_SECRET if user == names.BACKEND_OWNER else names.GATEWAY_DATABASE_SECRET
    password = cluster.secret_value("litemaas", secret, "password")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        _login(user, password, database)


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
_IDENTIFIERS = _TEXT.map(lambda text: f"x{text}").filter(lambda text: len(text.encode()) <= 63)


@example('O"Brien; DROP ROLE postgres; --', "it's; ALTER ROLE x SUPERUSER; --", "pa'ss\"w\\ord $1 %s 漢😀")
@example("x" * 63, "x" * 63, " ")
@given(_IDENTIFIERS, _IDENTIFIERS, _TEXT)
@settings(SLOW, max_examples=8)
def test_odd_names_and_passwords_are_quoted(ensure: Ensure, database: str, owner: str, password: str) -> None:
    ensure(database, owner, password)
    ensure(database, owner, password)
    with _login(owner, password, database).connection as connection:
        assert connection.execute("SELECT current_user AS u, current_database() AS d").fetchone() == {
            "u": owner,
            "d": database,
        }
        [role] = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchall()
        assert role == {"rolsuper": False}


def test_the_password_never_reaches_the_servers_log(ensure: Ensure, name: str, server: DatabaseAdmin) -> None:
    password = f"plain-{secrets.token_hex(8)}"
    server.do("ALTER SYSTEM SET log_statement = 'all'")
    server.do("SELECT pg_reload_conf()")
    try:
        ensure(name, name, password)
        ensure(name, name, password)
    finally:
        server.do("ALTER SYSTEM RESET log_statement")
        server.do("SELECT pg_reload_conf()")
    log = kubectl("logs", f"{names.POSTGRES}-0", "--since=60s")
    assert log.count(f'ALTER ROLE "{name}" PASSWORD') == 2, "the statements must be in the log"
    assert password not in log


def test_a_made_database_reads_as_there_until_it_is_not(props: dict[str, Any], server: DatabaseAdmin) -> None:
    provider = DatabaseProvider()
    made = provider.create(props)
    assert made.id == props["secret"]
    assert provider.read(made.id, crossing(made.outs or {})).id == made.id

    server.do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(props["database"])))
    assert not provider.read(made.id, props).id
    provider.create(props)
    assert provider.read(made.id, props).id


def test_models_that_another_salt_key_encrypted_are_refused_before_a_gateway_finds_them(
    props: dict[str, Any],
) -> None:
    provider = DatabaseProvider()
    gateways = {**props, "use": "gateway"}
    provider.create(gateways)
    with _login(props["owner"], "first", props["database"]).connection as connection:
        connection.execute(
            """CREATE TABLE "LiteLLM_ProxyModelTable"
            (model_id text, model_name text, litellm_params jsonb, model_info jsonb)"""
        )
        sealed = '{"model": "v2:gcm:' + "A" * 64 + '"}'
        connection.execute(
            """INSERT INTO "LiteLLM_ProxyModelTable" VALUES ('1', 'granite', %s::jsonb, '{}')""", (sealed,)
        )
    with pytest.raises(DataProtected, match="under another salt key than LITELLM_SALT_KEY"):
        provider.create(gateways)


def test_a_password_that_no_longer_opens_the_database_is_put_right(
    props: dict[str, Any], server: DatabaseAdmin
) -> None:
    provider = DatabaseProvider()
    provider.create(props)
    role = sql.Identifier(props["owner"])
    server.do(sql.SQL("ALTER ROLE {} PASSWORD 'by hand'").format(role))
    assert not provider.read(props["database"], props).id
    provider.update(props["database"], props, props)
    assert provider.read(props["database"], props).id


def test_an_owner_that_is_gone_is_made_again(props: dict[str, Any], server: DatabaseAdmin) -> None:
    provider = DatabaseProvider()
    provider.create(props)
    role, database = sql.Identifier(props["owner"]), sql.Identifier(props["database"])
    server.do(sql.SQL("ALTER DATABASE {} OWNER TO postgres").format(database))
    server.do(sql.SQL("DROP OWNED BY {}").format(role))
    server.do(sql.SQL("DROP ROLE {}").format(role))
    assert not provider.read(props["database"], props).id
    provider.create(props)
    assert provider.read(props["database"], props).id


def test_a_wrong_administrators_password_is_named(site: dict[str, Any]) -> None:
    from dataclasses import replace

    with (
        pytest.raises(DatabaseUnauthorized, match="does not let user postgres"),
        session(Site(**site)).admin() as admin,
    ):
        ensure_database(replace(admin, password="wrong"), "never", "never", "never")
