"""What the pods' scripts put into an object store, get out of it, and let go of."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from litemaas_infra.components.backup import pod

DAYS = [f"2026010{day}T020000Z" for day in range(1, 5)]
FILES = ("gateway.dump", "models.dump", "salt.sha256")
SCRIPTS = Path(pod.__file__).parent / "scripts"


@dataclass(frozen=True)
class Store:
    """A bucket, and the folder of the pod."""

    folder: Path

    @property
    def backups(self) -> Path:
        """Where the pod has them."""
        return self.folder / "backups"

    def run(self, script: str, **said: str) -> subprocess.CompletedProcess[str]:
        """Run a script as the pod does, with a store in a folder."""
        self.backups.mkdir(exist_ok=True)
        text = (SCRIPTS / script).read_text().replace('"/backups"', f'"{self.backups}"')
        where = {"BUCKET": "copies", "PREFIX": "litemaas/prod", "KEEP": "2", "RESTORE": ""}
        place = {"PYTHONPATH": str(Path(__file__).parent / "at_store"), "STORE": str(self.folder / "store")}
        return subprocess.run(
            [sys.executable, "-c", text],
            env={"PATH": os.environ["PATH"], **where, **place, **said},
            capture_output=True,
            text=True,
            check=False,
        )

    def back_up(self, name: str, **said: str) -> subprocess.CompletedProcess[str]:
        """Make a backup and put it away, in a pod of its own."""
        made = self.backups / name
        made.mkdir(parents=True)
        for file in FILES:
            (made / file).write_text(f"{file} of {name}")
        done = self.run("store.py", **said)
        shutil.rmtree(made)
        return done

    @property
    def kept(self) -> list[str]:
        """The names of what the bucket has anything of."""
        bucket = self.folder / "store" / "copies" / "litemaas" / "prod"
        return sorted({file.parent.name for file in bucket.rglob("*") if file.is_file()})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_one_is_put_away_with_what_makes_it_whole_at_last(store: Store) -> None:
    put = store.back_up(DAYS[0]).stdout.splitlines()
    assert [line.rpartition("/")[2] for line in put[:-1]] == [*FILES]
    assert put[-1] == f"backup {DAYS[0]} is in bucket copies"


def test_the_oldest_go_beyond_the_number_that_is_kept(store: Store) -> None:
    for day in DAYS:
        assert store.back_up(day).returncode == 0
    assert store.kept == DAYS[2:]


def test_one_that_goes_is_first_no_longer_whole(store: Store) -> None:
    for day in DAYS[:2]:
        store.back_up(day)
    said = store.back_up(DAYS[2]).stdout.splitlines()
    gone = [line.rpartition("/")[2] for line in said if line.startswith("deleted")]
    assert (gone[0], len(gone)) == ("salt.sha256", len(FILES))


def test_one_that_was_broken_off_pushes_none_out_and_is_not_restored(store: Store) -> None:
    for day in DAYS[:2]:
        store.back_up(day)
    assert store.back_up(DAYS[2], FULL="models.dump").returncode != 0
    assert store.kept == DAYS[:3]
    done = store.run("fetch.py", RESTORE="latest")
    assert (done.returncode, [folder.name for folder in store.backups.iterdir()]) == (0, [DAYS[1]])


@pytest.mark.parametrize(("wanted", "found"), [("latest", DAYS[1]), (DAYS[0], DAYS[0])])
def test_it_is_got_back_as_it_was_made(store: Store, wanted: str, found: str) -> None:
    for day in DAYS[:2]:
        store.back_up(day)
    assert store.run("fetch.py", RESTORE=wanted).returncode == 0
    (folder,) = store.backups.iterdir()
    assert {file.name: file.read_text() for file in folder.iterdir()} == {
        file: f"{file} of {found}" for file in FILES
    }


@pytest.mark.parametrize("wanted", ["latest", DAYS[3]])
def test_of_a_bucket_without_any_nothing_is_restored(store: Store, wanted: str) -> None:
    assert "it has: \n" in store.run("fetch.py", RESTORE=wanted).stderr
    assert list(store.backups.iterdir()) == []


def test_a_name_that_no_backup_has_is_told_with_those_there_are(store: Store) -> None:
    store.back_up(DAYS[0])
    done = store.run("fetch.py", RESTORE=DAYS[3])
    assert f"bucket copies has no backup {DAYS[3]} under litemaas/prod; it has: {DAYS[0]}" in done.stderr
