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
    """Writes the present values to the file."""
    present = {name: (sysctls / name).read_text() for name in CHANGED_BY_KUBELET if (sysctls / name).exists()}
    file.write_text(json.dumps(present))


def restore(file: Path, sysctls: Path = SYSCTLS) -> None:
    """Puts the noted values back; does nothing when none were noted."""
    if file.exists():
        for name, value in json.loads(file.read_text()).items():
            (sysctls / name).write_text(value)
