"""The memory of Pulumi's provider process, as the kernel counts it."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

PROVIDER: Final = b"pulumi-resource-pulumi-python"
"""Part of the command line of the process that runs dynamic providers."""
_PAUSE: Final = 0.1
"""Seconds between two looks; the kernel keeps the peak, so only the last one matters."""


class ProviderMemory:
    """Watches the processes below `pid` for as long as the block lasts; `peak_mib` is 0 if none was seen."""

    def __init__(self, pid: int) -> None:
        self.peak_mib = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_PAUSE):
            peaks = [_peak_mib(pid) for pid in _below(self._pid) if _is_provider(pid)]
            self.peak_mib = max([self.peak_mib, *peaks])


def _below(pid: int) -> list[int]:
    """The processes that the process started, and those that they did."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            found += [int(child), *_below(int(child))]
    return found


def _is_provider(pid: int) -> bool:
    words = _read(Path(f"/proc/{pid}/cmdline")).split(b"\0")
    return any(PROVIDER in word or word == b"pulumi.dynamic" for word in words)


def _peak_mib(pid: int) -> float:
    for line in _read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith(b"VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the process has ended
        return b""
