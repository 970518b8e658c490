"""Everything a sandbox could leave on the machine."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sandbox.cluster.tunables import CHANGED_BY_KUBELET, SYSCTLS
from sandbox.paths import CACHE, RUN

_FOLDERS = ("/etc", "/opt", "/run", "/var/lib", "/var/log", "/var/run", "/usr/local", "/sys/fs/cgroup")
_CONCERNS = (
    "litemaas",
    "containerd",
    "kube",
    "cni",
    "pulumi",
    "etcd",
    "haproxy",
    "traefik",
    "netns",
    "pods",
    "containers",
)


@dataclass(frozen=True)
class Traces:
    """What was found on the machine at one moment."""

    processes: frozenset[str]
    namespaces: frozenset[str]
    mounts: frozenset[str]
    files: frozenset[str]
    settings: frozenset[str]

    @classmethod
    def now(cls) -> "Traces":
        """A look at all of it."""
        return cls(
            frozenset(_processes()),
            frozenset(_namespaces()),
            frozenset(line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()),
            frozenset(_files()),
            frozenset(f"{name} = {(SYSCTLS / name).read_text()}" for name in CHANGED_BY_KUBELET),
        )

    def since(self, before: "Traces") -> list[str]:
        """What has come, or changed, since an earlier look."""
        return sorted(
            f"{kind}: {what}"
            for kind, there in vars(self).items()
            for what in there - frozenset(getattr(before, kind))
        )


def _processes() -> Iterator[str]:
    """Those that run the sandbox's programs, or on its files; a build of theirs is none of them."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            program = str((process / "exe").readlink())
            places = [program, *(str((process / link).readlink()) for link in ("cwd", "root"))]
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            built = str(CACHE) in program and ".unfinished" not in program
            if built or any(str(RUN) in place for place in (*places, line)):
                yield line


def _namespaces() -> Iterator[str]:
    """Network namespaces that a process holds; those that a name holds are among the files."""
    for link in Path("/proc").glob("[0-9]*/ns/net"):
        with suppress(OSError):
            yield str(link.readlink())


def _files() -> Iterator[str]:
    """Of the machine's files, those whose name concerns a cluster, and what is new in the user's home."""
    yield from (str(entry) for entry in Path.home().iterdir())
    for folder in _FOLDERS:
        for parent, folders, files in os.walk(folder):
            yield from (
                f"{parent}/{name}" for name in (*folders, *files) if any(word in name for word in _CONCERNS)
            )
