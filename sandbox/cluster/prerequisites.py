"""What the machine must have; everything that is missing is said at once, with its remedy."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sandbox.cluster import kernel, packages
from sandbox.cluster.names import NETWORK
from sandbox.cluster.processes import CGROUPS
from sandbox.paths import CACHE, RUN

GIGABYTE = 10**9
CACHE_NEEDS = 15 * GIGABYTE
RUN_NEEDS = 5 * GIGABYTE
TOOLCHAINS = {
    "go": "Go 1.25 or later, from go.dev or your distribution",
    "node": "Node.js 20 or later",
    "npm": "npm, which comes with Node.js",
    "cc": "a C compiler (Debian: apt-get install gcc libc6-dev)",
    "git": "git (Debian: apt-get install git)",
}
CGROUP_CONTROLLERS = ("cpu", "cpuset", "memory", "pids")


def lacking(*, building: bool) -> list[str]:
    """One line for each thing that is missing; `building` says that not everything is in the cache yet."""
    if os.geteuid() != 0:
        return ["root: namespaces, mounts and cgroups need it; run this as root (sudo)"]
    found = [*_kernel(), *_disk(RUN, RUN_NEEDS), *_packages()]
    if building:
        found += [*_disk(CACHE, CACHE_NEEDS), *_toolchains()]
    return found


def _toolchains() -> Iterator[str]:
    for program, remedy in TOOLCHAINS.items():
        if shutil.which(program) is None:
            yield f"{program}: install {remedy}"


def _packages() -> Iterator[str]:
    names = packages.missing()
    if names and shutil.which("apt-get") is None:
        yield f"programs: this is not Debian, so install what holds {', '.join(names)} yourself"


def _disk(folder: Path, needed: int) -> Iterator[str]:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if free < needed:
        yield f"disk: {folder} needs {needed / GIGABYTE:.0f} GB free and has {free / GIGABYTE:.1f} GB"


def _kernel() -> Iterator[str]:
    trials: dict[str, tuple[Callable[[], None], str]] = {
        "network namespaces": (kernel.leave_network, "enable CONFIG_NET_NS, or allow CAP_SYS_ADMIN"),
        "bridge": (_link("bridge"), "load the module bridge"),
        "veth": (_link("veth"), "load the module veth"),
        "nftables": (_nftables, "load the module nf_tables"),
        "overlayfs": (
            _overlay,
            f"load the module overlay; {RUN.parent} must itself lie on a disk, not on an overlay",
        ),
        "cgroups": (_cgroup, "mount cgroup v1 or v2, writable, with " + ", ".join(CGROUP_CONTROLLERS)),
    }
    for feature, (trial, remedy) in trials.items():
        with ThreadPoolExecutor(1) as thread:  # a thread's namespaces are its own and vanish with it
            failure = thread.submit(trial).exception()
        if failure is not None:
            yield f"kernel: no {feature} ({failure}); {remedy}"


def _link(kind: str) -> Callable[[], None]:
    def trial() -> None:
        kernel.leave_network()
        kernel.add_link(kind)

    return trial


def _nftables() -> None:
    kernel.leave_network()
    kernel.ask_nftables()


def _overlay() -> None:
    kernel.private_mounts()
    with tempfile.TemporaryDirectory(dir=RUN.parent, prefix=f".{NETWORK}-") as name:
        lower, upper, work, target = (Path(name) / part for part in ("lower", "upper", "work", "target"))
        for folder in (lower, upper, work, target):
            folder.mkdir()
        kernel.mount_overlay(lower, upper, work, target)
        kernel.unmount(target)


def _cgroup() -> None:
    unified = CGROUPS / "cgroup.controllers"
    present = (
        unified.read_text().split() if unified.exists() else [folder.name for folder in CGROUPS.iterdir()]
    )
    absent = [name for name in CGROUP_CONTROLLERS if name not in present]
    if absent:
        raise OSError(f"no controller {', '.join(absent)}")
    trial = (CGROUPS if unified.exists() else CGROUPS / "pids") / f"{NETWORK}-trial"
    trial.mkdir()
    trial.rmdir()
