"""A real PostgreSQL for one run of the tests, from the programs that the image is made of."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from sandbox.artifacts import ensure
from sandbox.images.postgres.binaries import BINARIES, HOME

NOBODY = 65534
SECONDS_TO_START = 20


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of an empty server on loopback, without the database's name."""
    # The server refuses to run as root, and nobody else can enter root's cache or pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        folder, user = Path(name), NOBODY if os.geteuid() == 0 else None
        shutil.copytree(ensure(BINARIES), folder / "programs")
        if user:
            shutil.chown(folder, user)
        programs, data, port = folder / "programs" / HOME / "bin", folder / "data", free_port()
        initialize = (programs / "initdb", "-D", data, "--username=postgres", "--auth=trust", "--no-sync")
        subprocess.run(initialize, user=user, check=True, capture_output=True)
        serve = (programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-c", "fsync=off")
        with subprocess.Popen(serve, user=user) as server:
            url = f"postgresql://postgres@127.0.0.1:{port}"
            _wait(url)
            yield url
            server.terminate()


@pytest.fixture
def database(postgres: str, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database for one test."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
    return f"{postgres}/{name}"


def _wait(url: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(f"{url}/postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
