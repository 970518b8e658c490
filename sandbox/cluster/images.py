"""The images, unpacked once into a store in the cache; a sandbox's containerd starts with links into it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import TextIO

from sandbox.artifacts import Artifact, ensure
from sandbox.cluster.configuration import toml
from sandbox.images import IMAGES
from sandbox.images.tools import commands
from sandbox.images.tools.archive import IMAGE

PATIENCE = 30.0
"""Seconds for containerd to start."""

LINKED = (
    "io.containerd.content.v1.content/blobs/sha256/*",
    "io.containerd.snapshotter.v1.overlayfs/snapshots/*",
)
"""What containerd writes once and then only reads: blobs, and the layers of images."""


def provide(store: Path, root: Path) -> None:
    """Makes `root` a containerd root that holds the store's images; its bulk is links into the store."""
    linked = {path for pattern in LINKED for path in store.glob(pattern)}

    def names(folder: str, entries: list[str]) -> set[str]:
        return {entry for entry in entries if Path(folder, entry) in linked}

    copytree(store, root, ignore=names)
    for path in linked:
        (root / path.relative_to(store)).symlink_to(path)


def add(image: Artifact, socket: Path) -> None:
    """Unpacks an image, built before, for the containerd at the socket. Raises CommandError."""
    with image.log.open("a") as log:
        _unpack(image, socket, log)


def _build(folder: Path, log: TextIO) -> None:
    for image in IMAGES:
        ensure(image)
    with (
        tempfile.TemporaryDirectory(prefix="litemaas-sandbox-") as state,
        _containerd(folder, Path(state), log) as socket,
    ):
        for image in IMAGES:
            _unpack(image, socket, log)


def _unpack(image: Artifact, socket: Path, log: TextIO) -> None:
    commands.step(log, f"unpacking {image.name}")
    ctr = ("ctr", "--address", socket, "--namespace", "k8s.io")
    commands.run(log, *ctr, "images", "import", image.folder / IMAGE)


@contextmanager
def _containerd(root: Path, state: Path, log: TextIO) -> Iterator[Path]:
    """The socket of a containerd for the moment."""
    socket = state / "containerd.sock"
    content = {
        "version": 2,
        "root": str(root),
        "state": str(state / "state"),
        "disabled_plugins": ["io.containerd.grpc.v1.cri"],
        "grpc": {"address": str(socket)},
        "plugins": {"io.containerd.internal.v1.opt": {"path": str(state / "opt")}},
    }
    (state / "containerd.toml").write_text(toml(content))
    with subprocess.Popen(["containerd", "-c", state / "containerd.toml"], stdout=log, stderr=log) as process:
        try:
            _wait_for(socket, process)
            yield socket
        finally:
            process.terminate()


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not socket.is_socket():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("containerd did not start")
        time.sleep(0.05)


STORE = Artifact("image-store", (Path(__file__), *(image.folder.name for image in IMAGES)), _build)
"""A containerd root with every image imported and unpacked."""
