"""The sandbox's processes: started in sessions of their own, and found again in /proc."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.cluster.names import NETWORK, NETWORK_FILE

CGROUPS = Path("/sys/fs/cgroup")
PROC = Path("/proc")
LOG_LINES = 8


@dataclass(frozen=True)
class Process:
    """A started component; the start time tells it from a later process that got the same pid."""

    name: str
    pid: int
    started: str

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.started != "" and start_time(self.pid) == self.started


def start(name: str, command: Sequence[str | Path], run: Path, environment: Mapping[str, str]) -> Process:
    """Starts a component with its log in RUN/log and notes its pid in RUN/pid."""
    with (run / "log" / f"{name}.log").open("ab") as log:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=run,
            env={**os.environ, **environment},
        )
    process = Process(name, child.pid, start_time(child.pid))
    child.returncode = 0  # it outlives this command: Popen shall not warn that it still runs
    (run / "pid" / name).write_text(f"{process.pid} {process.started}")
    return process


def noted(run: Path) -> list[Process]:
    """The components that were started, by name; a note that was cut short counts for none."""
    notes = [(file.name, *file.read_text().partition(" ")[::2]) for file in sorted((run / "pid").glob("*"))]
    return [Process(name, int(pid), started) for name, pid, started in notes if pid.isdigit()]


def last_lines(log: Path, count: int = LOG_LINES) -> list[str]:
    """The end of a log, at most a few kilobytes of it; empty when there is none."""
    try:
        with log.open("rb") as handle:
            handle.seek(max(0, log.stat().st_size - 8192))
            return handle.read().decode(errors="replace").splitlines()[-count:]
    except OSError:
        return []


def start_time(pid: int) -> str:
    """When the process started, in clock ticks since boot; empty when it doesn't run (any more)."""
    fields = _stat(pid)
    return "" if fields is None or fields[0] in "ZX" else fields[19]


def inside(run: Path) -> set[int]:
    """Every process of the sandbox: noted ones, those in its network, its pods'; never this one."""
    found = {process.pid for process in noted(run) if process.alive} | _in_network() | _in_cgroup()
    return found - _lineage(os.getpid())


def descendants(root: int) -> set[int]:
    """The children of a process, and theirs."""
    parents = {pid: int(fields[1]) for pid in _pids() if (fields := _stat(pid))}
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {root}


def _in_network() -> set[int]:
    if not NETWORK_FILE.exists():
        return set()
    namespace = NETWORK_FILE.stat().st_ino
    return {pid for pid in _pids() if _network_of(pid) == namespace}


def _network_of(pid: int) -> int | None:
    try:
        return (PROC / str(pid) / "ns" / "net").stat().st_ino
    except OSError:  # it ended meanwhile
        return None


def _in_cgroup() -> set[int]:
    lists = [file for folder in cgroups() for file in folder.rglob("cgroup.procs")]
    return {int(pid) for file in lists for pid in _text(file).split()}


def cgroups() -> list[Path]:
    """The pods' cgroup in each hierarchy: one with version 2, one per controller with version 1."""
    return [folder for base in (CGROUPS, *CGROUPS.glob("*")) if (folder := base / NETWORK).is_dir()]


def _lineage(pid: int) -> set[int]:
    found = set()
    while pid > 0 and (fields := _stat(pid)):
        found.add(pid)
        pid = int(fields[1])
    return found


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())


def _stat(pid: int) -> list[str] | None:
    """State, parent and the following fields of /proc/PID/stat; the name before them may hold anything."""
    text = _text(PROC / str(pid) / "stat")
    return text.rpartition(") ")[2].split() if text else None


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it ended meanwhile
        return ""
