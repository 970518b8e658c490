"""What the script that fills databases refuses, and where it goes on; PostgreSQL is played."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from litemaas_infra.clients.rollout.pods import REFUSED
from litemaas_infra.components.backup import pod

OLD, NEW = "20260101T020000Z", "20260102T020000Z"
SALT = "sk-salt"
SCRIPTS = Path(pod.__file__).parent / "scripts"
_PSQL = """#!/bin/sh
cd "$SERVER/$PGDATABASE" || exit 2
case "$*" in
    *pg_tables*) cat tables ;;
    *obj_description*) [ ! -e mark ] || sed 's/^/restored from /' mark ;;
    *single-transaction*)
        cat >filled
        sed -n "s/.*restored from \\(.*\\)'.*/\\1/p" filled >mark
        echo 3 >tables ;;
esac
"""
_PG_RESTORE = """#!/bin/sh
for dump; do :; done
echo "-- out of $dump"
"""


@dataclass(frozen=True)
class Place:
    """A pod with two backups, and a server with the databases `gateway` and `models`."""

    folder: Path

    def run(self, restore: str = "latest", salt: str = SALT) -> subprocess.CompletedProcess[str]:
        """Run the script, its places moved to the folder."""
        paths = {"/scripts/login.sh": "login.sh", "/logins": "logins", "/backups": "backups"}
        for script in ("restore.sh", "login.sh"):
            text = (SCRIPTS / script).read_text()
            for there, here in paths.items():
                text = text.replace(there, str(self.folder / here))
            (self.folder / script).write_text(text)
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        said = {"RESTORE": restore, "LITELLM_SALT_KEY": salt, "SERVER": str(self.folder / "server")}
        return subprocess.run(
            ["sh", self.folder / "restore.sh"],
            env={"PATH": path, **said},
            capture_output=True,
            text=True,
            check=False,
        )

    def database(self, name: str) -> Path:
        """What the server has of a database."""
        return self.folder / "server" / name

    @property
    def filled(self) -> dict[str, str]:
        """From which dump each database was filled, if it was."""
        found = sorted(self.folder.glob("server/*/filled"))
        return {file.parent.name: file.read_text().splitlines()[0].rpartition("/")[2] for file in found}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    for name, text in {"psql": _PSQL, "pg_restore": _PG_RESTORE}.items():
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    for database in ("gateway", "models"):
        _login(tmp_path / "logins" / database, database)
        (tmp_path / "server" / database).mkdir(parents=True)
        (tmp_path / "server" / database / "tables").write_text("0\n")
    for backup in (OLD, NEW):
        made = tmp_path / "backups" / backup
        made.mkdir(parents=True)
        for database in ("gateway", "models"):
            (made / f"{database}.dump").touch()
        (made / "salt.sha256").write_text(hashlib.sha256(SALT.encode()).hexdigest() + "\n")
    return Place(tmp_path)


def _login(folder: Path, database: str) -> None:
    folder.mkdir(parents=True)
    for key in ("host", "port", "sslmode", "username", "password"):
        (folder / key).write_text("of-the-server")
    (folder / "database").write_text(database)


def test_empty_databases_are_filled_from_the_latest(place: Place) -> None:
    assert place.run().stdout == f"backup {NEW} is restored\n"
    assert place.filled == {"gateway": "gateway.dump", "models": "models.dump"}
    assert place.database("models").joinpath("mark").read_text() == f"{NEW}\n"


def test_a_database_that_holds_data_is_left_as_it_is_and_so_is_the_other(place: Place) -> None:
    place.database("models").joinpath("tables").write_text("3\n")
    done = place.run(OLD)
    assert done.returncode == REFUSED
    assert "database models holds data, which no backup overwrites" in done.stderr
    assert place.filled == {}


def test_one_that_was_broken_off_goes_on_with_the_same_backup(place: Place) -> None:
    place.database("gateway").joinpath("mark").write_text(f"{OLD}\n")
    place.database("gateway").joinpath("tables").write_text("3\n")
    assert place.run().stdout == f"backup {OLD} is restored\n"
    assert place.filled == {"models": "models.dump"}


def test_a_server_that_does_not_answer_is_not_one_with_data(place: Place) -> None:
    (place.database("models") / "tables").unlink()
    done = place.run()
    assert done.returncode not in {0, REFUSED}
    assert "holds data" not in done.stderr
    assert place.filled == {}


def test_a_backup_that_is_not_there_is_told_with_those_that_are(place: Place) -> None:
    done = place.run("20200101T000000Z")
    assert done.returncode == REFUSED
    assert done.stderr == f"there is no backup 20200101T000000Z; there are: {OLD} {NEW} \n"
    assert place.filled == {}


def test_another_salt_key_is_refused_before_anything_is_filled(place: Place) -> None:
    done = place.run(salt="sk-another")
    assert done.returncode == REFUSED
    assert "was made under another salt key" in done.stderr
    assert "sk-" not in done.stderr
    assert place.filled == {}
