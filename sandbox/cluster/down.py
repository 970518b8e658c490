"""Ending a sandbox, whatever state it is in, so that nothing of it is left."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from sandbox.cluster import kernel, processes, tunables
from sandbox.cluster.names import NETWORK, NETWORK_FILE
from sandbox.paths import RUN

PATIENCE = 15.0
"""Seconds for killed processes to end, and for what they held to become free."""

CNI_RESULTS = Path("/var/lib/cni/results")
CONTAINER_LOGS = Path("/var/log/containers")
SHIMS = Path("/run/containerd/s")


def down() -> list[str]:
    """Removes every trace of the sandbox; returns what it could not remove, and why."""
    sockets = _shim_sockets()  # their paths are only known from what is about to be removed
    problems = []
    steps: tuple[Callable[[], None], ...] = (
        _end_processes,
        _unmount,
        lambda: tunables.restore(RUN / "sysctls.json"),
        _remove_network,
        _remove_cgroups,
        lambda: _remove_strays(sockets),
        lambda: shutil.rmtree(RUN) if RUN.exists() else None,
    )
    for step in steps:
        try:
            step()
        except OSError as error:
            problems.append(str(error))
    return problems


def traces() -> bool:
    """Whether anything of a sandbox, running or dead, is on this machine."""
    return RUN.exists() or NETWORK_FILE.exists() or bool(processes.cgroups())


def _end_processes() -> None:
    # Killed, not asked: nothing of the cluster is kept, so nothing needs time to finish.
    deadline = time.monotonic() + PATIENCE
    while alive := processes.inside(RUN):
        if time.monotonic() > deadline:
            raise OSError(f"processes that don't end: {', '.join(map(str, sorted(alive)))}")
        end(alive)
        time.sleep(0.05)


def end(pids: set[int]) -> None:
    """Kills processes, those that are gone already included."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _unmount() -> None:
    for target in sorted(_mounts_below(RUN), reverse=True):
        kernel.unmount(target)


def _mounts_below(folder: Path) -> list[Path]:
    """Mount points in the folder; the kernel writes odd characters of their names as octal numbers."""
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    targets = [Path(line.split()[4].encode().decode("unicode_escape")) for line in lines]
    return [target for target in targets if target.is_relative_to(folder)]


def _remove_network() -> None:
    if NETWORK_FILE.exists():
        kernel.unmount(NETWORK_FILE)
        NETWORK_FILE.unlink()
    folder = NETWORK_FILE.parent
    if folder.is_dir() and not any(folder.iterdir()):  # `ip netns add` made it, and mounted it on itself
        for _ in _mounts_below(folder):
            kernel.unmount(folder)
        folder.rmdir()


def _remove_cgroups() -> None:
    for root in processes.cgroups():
        folders = [root, *(entry for entry in root.rglob("*") if entry.is_dir())]
        for folder in sorted(folders, reverse=True):
            _patiently(folder.rmdir)


def _patiently(remove: Callable[[], None]) -> None:
    """A cgroup stays busy for a moment after its last process."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            remove()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _shim_sockets() -> list[Path]:
    addresses = (RUN / "containerd" / "state").glob("io.containerd.runtime.v2.task/*/*/address")
    return [Path(address.read_text().removeprefix("unix://")) for address in addresses]


def _cni_results() -> list[Path]:
    """Our pods' entries: the loopback's bear no network of ours, only the same pod's identifier."""
    results = [file.name.rsplit("-", 2) for file in CNI_RESULTS.glob(f"{NETWORK}-*")]
    pods = [pod for network, pod, _ in results if network == NETWORK]  # not of one with a longer name
    return [file for pod in pods for file in CNI_RESULTS.glob(f"*-{pod}-*")]


def _remove_strays(sockets: list[Path]) -> None:
    """Files that containerd, CNI and the kubelet keep at fixed places, and the folders they made for them."""
    for file in (*sockets, *_cni_results()):
        file.unlink(missing_ok=True)
    for link in CONTAINER_LOGS.glob("*.log"):
        if link.is_symlink() and link.readlink().is_relative_to(RUN):
            link.unlink()
    for folder in (SHIMS, SHIMS.parent, CNI_RESULTS, CNI_RESULTS.parent, CONTAINER_LOGS):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
