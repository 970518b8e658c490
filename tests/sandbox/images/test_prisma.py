"""The command that stands in for Prisma's, against a real PostgreSQL."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest

from sandbox.artifacts import ensure
from sandbox.images.litellm.query_engine import QUERY_ENGINE

FIRST = {"20250101000000_first": "create table a (id int primary key); create table b (id int);"}
SECOND = {"20250102000000_second": "alter table a add column name text;"}
BROKEN = {"20250103000000_broken": "alter table nonesuch add column name text;"}


class Prisma:
    """Prisma's command line in a folder with a schema and its migrations, as LiteLLM calls it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.migrations = folder / "migrations"
        self.migrations.mkdir()
        (folder / "schema.prisma").touch()
        self.folder, self.database = folder, database

    def write(self, migrations: Mapping[str, str]) -> None:
        for name, sql in migrations.items():
            (self.migrations / name).mkdir(exist_ok=True)
            (self.migrations / name / "migration.sql").write_text(sql)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"{self.database}?connection_limit=10&sslmode=prefer",
        }
        command = ["node", str(ensure(QUERY_ENGINE) / "prisma.js"), *arguments]
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)

    def ledger(self) -> list[tuple[str, bool, bool]]:
        """Name, whether it is finished, whether it was rolled back, oldest first."""
        with psycopg.connect(self.database) as connection:
            rows = connection.execute(
                "select migration_name, finished_at is not null, rolled_back_at is not null "
                "from _prisma_migrations order by started_at"
            )
            return [(str(name), bool(finished), bool(back)) for name, finished, back in rows]


@pytest.fixture
def prisma(tmp_path: Path, database: str) -> Prisma:
    return Prisma(tmp_path, database)


def test_it_names_the_version_that_it_stands_for(prisma: Prisma) -> None:
    assert prisma.run("--version").stdout.startswith("prisma : 5.17.0")


def test_migrations_are_applied_in_order_and_once(prisma: Prisma) -> None:
    prisma.write(SECOND | FIRST)
    assert "All migrations have been successfully applied." in prisma.run("migrate", "deploy").stdout
    assert [name for name, _, _ in prisma.ledger()] == [*FIRST, *SECOND]
    assert "No pending migrations to apply." in prisma.run("migrate", "deploy").stdout
    assert len(prisma.ledger()) == 2


def test_later_migrations_are_added(prisma: Prisma) -> None:
    prisma.write(FIRST)
    prisma.run("migrate", "deploy")
    prisma.write(SECOND)
    prisma.run("db", "push", "--accept-data-loss")
    assert prisma.ledger() == [(name, True, False) for name in (*FIRST, *SECOND)]


def test_a_failing_migration_stops_the_rest_until_it_is_resolved(prisma: Prisma) -> None:
    prisma.write(FIRST | BROKEN)
    failed = prisma.run("migrate", "deploy")
    assert failed.returncode == 1
    assert "P3018" in failed.stderr
    assert f"Migration name: {next(iter(BROKEN))}" in failed.stderr
    assert "Database error code: 42P01" in failed.stderr
    assert "P3009" in prisma.run("migrate", "deploy").stderr

    prisma.run("migrate", "resolve", "--rolled-back", next(iter(BROKEN)))
    prisma.write({next(iter(BROKEN)): "select 1"})
    assert prisma.run("migrate", "deploy").returncode == 0
    assert prisma.ledger()[1:] == [(next(iter(BROKEN)), False, True), (next(iter(BROKEN)), True, False)]


def test_a_failed_migration_can_be_marked_as_applied_but_only_once(prisma: Prisma) -> None:
    prisma.write(BROKEN)
    prisma.run("migrate", "deploy")
    [name] = BROKEN
    assert prisma.run("migrate", "resolve", "--applied", name).returncode == 0
    assert "No pending migrations" in prisma.run("migrate", "deploy").stdout
    assert (
        "is already recorded as applied in the database"
        in prisma.run("migrate", "resolve", "--applied", name).stderr
    )


def test_a_database_that_something_else_has_filled_is_left_alone(prisma: Prisma) -> None:
    with psycopg.connect(prisma.database) as connection:
        connection.execute("create table foreign_one (id int)")
    prisma.write(FIRST)
    failed = prisma.run("migrate", "deploy")
    assert failed.returncode == 1
    assert "P3005" in failed.stderr
    assert "The database schema is not empty" in failed.stderr


def test_the_difference_is_what_was_not_applied(prisma: Prisma) -> None:
    prisma.write(FIRST)
    prisma.run("migrate", "deploy")
    prisma.write(SECOND)
    compare = (
        "migrate",
        "diff",
        "--from-url",
        prisma.database,
        "--to-schema-datamodel",
        "schema.prisma",
        "--script",
    )
    assert prisma.run(*compare).stdout.strip() == SECOND["20250102000000_second"]
    assert prisma.run(*compare, "--exit-code").returncode == 2
    prisma.run("migrate", "deploy")
    assert "This is an empty migration" in prisma.run(*compare).stdout


def test_a_script_is_executed(prisma: Prisma) -> None:
    (prisma.folder / "script.sql").write_text("create table scripted (id int)")
    assert prisma.run("db", "execute", "--file", "script.sql", "--schema", "schema.prisma").returncode == 0
    with psycopg.connect(prisma.database) as connection:
        connection.execute("select id from scripted")


def test_anything_else_is_refused_by_name(prisma: Prisma) -> None:
    refused = prisma.run("studio")
    assert refused.returncode == 1
    assert refused.stderr == "Error: not supported in the sandbox: prisma studio\n"
