"""What the pods' scripts put into an object store with S3's own client, get out of it, and let go of."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from litemaas_infra.clients.rollout.pods import REFUSED
from litemaas_infra.components.backup import pod
from litemaas_infra.specs.backup import Backup

DAYS = [f"2026010{day}T020000Z" for day in range(1, 5)]
FILES = ("gateway.dump", "models.dump", "salt.sha256")
SCRIPTS = Path(pod.__file__).parent / "scripts"
BUCKET, PREFIX = "copies", "litemaas/prod"


@dataclass
class Server:
    """A server of object stores that notes what is asked of it, and has no room for some files."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    full: str = "none"
    app: Any = field(default_factory=lambda: DomainDispatcherApplication(create_backend_app))

    def __call__(self, asked: dict[str, Any], answer: Callable[..., Any]) -> Any:
        """One request."""
        self.asked.append(asked)
        if asked["REQUEST_METHOD"] == "PUT" and asked["PATH_INFO"].endswith(self.full):
            answer("507 Insufficient Storage", [("Content-Length", "0")])
            return []
        return self.app(asked, answer)

    def files(self, method: str) -> list[str]:
        """The files that such requests were about, in order."""
        return [Path(a["PATH_INFO"]).name for a in self.asked if a["REQUEST_METHOD"] == method]


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    listening = make_server("127.0.0.1", 0, server, threaded=True)
    server.url = f"http://127.0.0.1:{listening.port}"
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    yield server
    listening.shutdown()
    thread.join()


@dataclass(frozen=True)
class Store:
    """A bucket, and the folder of the pod."""

    folder: Path
    server: Server

    @property
    def backups(self) -> Path:
        """Where the pod has them."""
        return self.folder / "backups"

    def run(self, script: str, **said: str) -> subprocess.CompletedProcess[str]:
        """Run a script as the pod does."""
        self.backups.mkdir(exist_ok=True)
        text = (SCRIPTS / script).read_text().replace('"/backups"', f'"{self.backups}"')
        where = pod.store(
            Backup(kind="s3", bucket=BUCKET, prefix=PREFIX, endpoint=self.server.url, secret="s")
        )
        keys = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"}
        return subprocess.run(
            [sys.executable, "-c", text],
            env={"PATH": os.environ["PATH"], "KEEP": "2", "RESTORE": "", **where, **keys, **said},
            capture_output=True,
            text=True,
            check=False,
        )

    def back_up(self, name: str) -> subprocess.CompletedProcess[str]:
        """Make a backup and put it away, in a pod of its own."""
        made = self.backups / name
        made.mkdir(parents=True)
        for file in FILES:
            (made / file).write_text(f"{file} of {name}")
        done = self.run("store.py")
        shutil.rmtree(made)
        return done

    def make_bucket(self) -> None:
        """As its owner does, where no test has left anything."""
        assert httpx.post(f"{self.server.url}/moto-api/reset").is_success
        self.server.asked.clear()
        assert httpx.put(f"{self.server.url}/{BUCKET}").is_success

    @property
    def kept(self) -> list[str]:
        """The names of what the bucket has anything of."""
        listed = httpx.get(f"{self.server.url}/{BUCKET}").text
        return sorted(set(re.findall(rf"<Key>{PREFIX}/(\w+)/", listed)))


@pytest.fixture
def store(tmp_path: Path, server: Server) -> Store:
    store = Store(tmp_path, server)
    store.make_bucket()
    return store


def test_one_is_put_away_with_what_makes_it_whole_at_last(store: Store) -> None:
    done = store.back_up(DAYS[0])
    assert done.stdout == f"backup {DAYS[0]} is in bucket copies\n", done.stderr
    assert store.server.files("PUT") == [BUCKET, *FILES]


def test_stores_that_are_not_amazons_are_asked_for_no_more_than_s3_once_had(store: Store) -> None:
    store.back_up(DAYS[0])
    assert [name for asked in store.server.asked for name in asked if "CHECKSUM" in name] == []


def test_the_oldest_go_beyond_the_number_that_is_kept(store: Store) -> None:
    for day in DAYS:
        assert store.back_up(day).returncode == 0
    assert store.kept == DAYS[2:]


def test_one_that_goes_is_first_no_longer_whole(store: Store) -> None:
    for day in DAYS[:2]:
        store.back_up(day)
    assert store.back_up(DAYS[2]).returncode == 0
    gone = store.server.files("DELETE")
    assert (gone[0], len(gone)) == ("salt.sha256", len(FILES))


def test_one_that_was_broken_off_pushes_none_out_and_is_not_restored(store: Store) -> None:
    for day in DAYS[:2]:
        store.back_up(day)
    store.server.full = "models.dump"
    assert store.back_up(DAYS[2]).returncode != 0
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
    assert done.returncode == REFUSED
    assert f"bucket copies has no backup {DAYS[3]} under litemaas/prod; it has: {DAYS[0]}" in done.stderr
