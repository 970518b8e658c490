"""The database's image: PostgreSQL 16 under the contract of the Docker official image."""

import shutil
from pathlib import Path
from typing import TextIO

from sandbox.artifacts import Artifact, ensure
from sandbox.images.postgres.binaries import BINARIES, HOME
from sandbox.images.tools import TOOLS
from sandbox.images.tools.archive import IMAGE, Image, pack, write_layer
from sandbox.images.tools.commands import step
from sandbox.images.tools.debian import LAYER, root_layer

NAMES = ("public.ecr.aws/docker/library/postgres:16-bookworm", "docker.io/library/postgres:16")
BIN = "/usr/lib/postgresql/16/bin"
CONFIG = {
    "Env": [
        f"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:{BIN}",
        "LANG=C.UTF-8",
        "PG_MAJOR=16",
        "PG_VERSION=16.14",
        "PGDATA=/var/lib/postgresql/data",
        "PGHOST=/var/run/postgresql",  # these binaries would look for the socket in /tmp
    ],
    "Entrypoint": ["docker-entrypoint.sh"],
    "Cmd": ["postgres"],
    "ExposedPorts": {"5432/tcp": {}},
    "Volumes": {"/var/lib/postgresql/data": {}},
    "StopSignal": "SIGINT",  # PostgreSQL's fast shutdown: it doesn't wait for clients to leave
}
HERE = Path(__file__).parent
ROOT = root_layer(
    "layer-postgres",
    "bash",
    "coreutils",
    "dash",
    "grep",
    "gzip",
    "libc-bin",
    "libnss-wrapper",
    "sed",
    "zlib1g",
)


def build(folder: Path, log: TextIO) -> None:
    """Put PostgreSQL and our entrypoint on a Debian root."""
    root, layer = folder / "root", folder / LAYER
    _install_postgres(root)
    _make_folders(root)
    step(log, "packing the image")
    write_layer(layer, root, log)
    pack(Image(NAMES, (ensure(ROOT) / LAYER, layer), CONFIG), folder / IMAGE)
    shutil.rmtree(root)
    layer.unlink()


def _install_postgres(root: Path) -> None:
    shutil.copytree(ensure(BINARIES), root / "opt/postgresql")
    home = root / BIN.lstrip("/")
    home.parent.parent.mkdir(parents=True)
    home.parent.symlink_to(Path("/opt/postgresql") / HOME)


def _make_folders(root: Path) -> None:
    for path in ("docker-entrypoint-initdb.d", "usr/local/bin", "var/lib/postgresql/data"):
        (root / path).mkdir(parents=True)
    # /var/run is a link to /run in the layer below. Any user may run the server, so any may write here.
    (root / "run/postgresql").mkdir(parents=True)
    for path in ("run/postgresql", "var/lib/postgresql/data"):
        (root / path).chmod(0o1777)
    entrypoint = root / "usr/local/bin/docker-entrypoint.sh"
    shutil.copyfile(HERE / "entrypoint.sh", entrypoint)
    entrypoint.chmod(0o755)


POSTGRES = Artifact("image-postgres", (TOOLS, HERE, ROOT.key, BINARIES.key, *NAMES), build)
