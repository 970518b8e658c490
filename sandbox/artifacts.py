"""Built things, cached under a key made of their inputs, so that nothing is built twice."""

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sandbox.paths import CACHE

Build = Callable[[Path, TextIO], None]
"""Fills a new, empty folder; writes what it does to the log; raises when it fails."""


class BuildError(Exception):
    """An artifact could not be built; the message names it, the cause and its log."""


@dataclass(frozen=True)
class Artifact:
    """Something built once: `inputs` are files or folders (by content) and plain strings (as they are)."""

    name: str
    inputs: tuple[Path | str, ...]
    build: Build

    @property
    def folder(self) -> Path:
        """Where the finished artifact lies, or will lie."""
        return CACHE / "artifacts" / f"{self.name}-{self.key}"

    @property
    def key(self) -> str:
        """A digest of every input: a change of any gives a new folder."""
        digest = hashlib.sha256()
        for entry in self.inputs:
            for name, content in _contents(entry):
                digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()[:16]

    @property
    def log(self) -> Path:
        """What the last build printed."""
        return CACHE / "logs" / f"{self.name}.log"


def ensure(artifact: Artifact) -> Path:
    """The artifact's folder, built first if it is not in the cache. Raises BuildError."""
    if artifact.folder.is_dir():
        return artifact.folder
    artifact.log.parent.mkdir(parents=True, exist_ok=True)
    with _lock(artifact.name):
        if not artifact.folder.is_dir():  # another process may have built it while we waited
            _build(artifact)
    return artifact.folder


def _build(artifact: Artifact) -> None:
    # Built beside its final place and renamed, so an interrupted build is never taken for a finished one.
    unfinished = artifact.folder.with_name(f"{artifact.folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    with artifact.log.open("w") as log:
        try:
            artifact.build(unfinished, log)
        except Exception as error:
            raise BuildError(f"building {artifact.name} failed: {error}; see {artifact.log}") from error
    unfinished.rename(artifact.folder)


@contextmanager
def _lock(name: str) -> Iterator[None]:
    with (CACHE / "logs" / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _contents(entry: Path | str) -> Iterator[tuple[str, bytes]]:
    if isinstance(entry, str):
        yield "", entry.encode()
    elif entry.is_dir():
        for path in sorted(p for p in entry.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            yield str(path.relative_to(entry)), path.read_bytes()
    else:
        yield entry.name, entry.read_bytes()
