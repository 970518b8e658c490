"""What the script that takes databases over refuses, and what it tries again; PostgreSQL is played."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from litemaas_infra.clients.rollout.pods import REFUSED
from litemaas_infra.components.takeover.takeover import SCRIPTS

PLACES = ("/tmp", "/scripts", "/logins", "/former")  # noqa: S108
KEYS = ("host", "port", "sslmode", "username", "password", "database")
_PSQL = """#!/bin/sh
case "$*" in
    *pg_tables*) cat "$SERVER/tables" ;;
    *pg_stat_activity*) cat "$SERVER/users" ;;
    *single-transaction*) cat >>"$SERVER/filled" ;;
    *) : ;;
esac
"""
_NOTHING = "#!/bin/sh\n"


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A server with an empty database, and a former one that nobody uses any more."""
    for folder in ("bin", "scripts", "former", "logins/gateway", "tmp", "server"):
        (tmp_path / folder).mkdir(parents=True)
    for name, text in {"psql": _PSQL, "pg_dump": _NOTHING, "sleep": _NOTHING}.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    for key in KEYS:
        (tmp_path / "logins" / "gateway" / key).write_text("of-the-stack")
    (tmp_path / "former" / "password").write_text("of-the-former")
    (tmp_path / "server" / "tables").write_text("0\n")
    (tmp_path / "server" / "users").write_text("0\n")
    return tmp_path / "server"


def _run(server: Path) -> subprocess.CompletedProcess[str]:
    """Run the script, its places moved to the server's folder."""
    pod = server.parent
    for name, script in SCRIPTS.items():
        moved = script
        for place in PLACES:
            moved = re.sub(rf"(?<![\w.-]){place}\b", f"{pod}{place}", moved)
        (pod / "scripts" / name).write_text(moved)
    former = {"FROM_HOST": "postgres", "FROM_PORT": "5432", "FROM_USER": "litellm", "FROM_GATEWAY": "litellm"}
    path = f"{pod / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", pod / "scripts" / "takeover.sh"],
        env={"PATH": path, "SERVER": str(server), **former},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_empty_database_is_filled(server: Path) -> None:
    done = _run(server)
    assert done.stdout.endswith("all of postgres is taken over\n"), done.stderr
    assert "COMMENT ON SCHEMA public IS 'restored from postgres'" in (server / "filled").read_text()


def test_one_that_holds_data_is_refused_for_good(server: Path) -> None:
    (server / "tables").write_text("3\n")
    done = _run(server)
    assert done.returncode == REFUSED
    assert done.stderr == (
        "database of-the-stack holds data, which no takeover overwrites: "
        "pulumi config rm --path litemaas:takeover.host\n"
    )
    assert not (server / "filled").exists()


def test_one_that_is_in_use_is_told_and_tried_again(server: Path) -> None:
    (server / "users").write_text("2\n")
    done = _run(server)
    assert done.returncode == 1
    assert done.stderr.startswith("the former gateway database is in use: stop what uses it")
    assert not (server / "filled").exists()


def test_one_that_cannot_be_read_is_told_and_tried_again(server: Path) -> None:
    (server / "users").unlink()
    done = _run(server)
    assert done.returncode == 1
    assert "the former gateway database at postgres cannot be read: see litemaas:takeover" in done.stderr
    assert not (server / "filled").exists()
