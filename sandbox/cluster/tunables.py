"""Settings of the whole machine that the kubelet changes: noted before, put back by `down`."""

import json
from pathlib import Path

SYSCTLS = Path("/proc/sys")
CHANGED_BY_KUBELET = (
    "vm/overcommit_memory",
    "vm/panic_on_oom",
    "kernel/panic",
    "kernel/panic_on_oops",
    "kernel/keys/root_maxkeys",
    "kernel/keys/root_maxbytes",
)


def note(file: Path, sysctls: Path = SYSCTLS) -> None:
    """Writes to the file what the settings were before any sandbox that is up on this machine."""
    others = _others(file)
    file.write_text(others[0].read_text() if others else json.dumps(_present(sysctls)))


def restore(file: Path, sysctls: Path = SYSCTLS) -> None:
    """Puts back what was noted, once no other sandbox is up; does nothing when nothing was noted."""
    if not file.exists():
        return
    noted: dict[str, str] = json.loads(file.read_text())
    if _others(file):
        file.unlink()  # and look again: both may be ending
    if not _others(file):
        for name, value in noted.items():
            (sysctls / name).write_text(value)


def _present(sysctls: Path) -> dict[str, str]:
    return {name: (sysctls / name).read_text() for name in CHANGED_BY_KUBELET if (sysctls / name).exists()}


def _others(file: Path) -> list[Path]:
    """The notes of the sandboxes beside this one."""
    return [note for note in file.parent.parent.glob(f"litemaas-sandbox*/{file.name}") if note != file]
