"""What any user of the machine could read in its list of processes while something ran."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

_PAUSE = 0.03
"""Seconds between two looks."""


@contextmanager
def processes() -> Iterator[set[str]]:
    """The command lines seen until the end, the pods' among them."""
    seen: set[str] = set()
    over = Event()
    watcher = Thread(target=_watch, args=(seen, over))
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _watch(seen: set[str], over: Event) -> None:
    while not over.wait(_PAUSE):
        seen.update(map(_command_line, Path("/proc").glob("[0-9]*/cmdline")))


def _command_line(file: Path) -> str:
    try:
        return file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:  # it ended meanwhile
        return ""
