"""The machine and the versions that a measurement is of."""

import os
import platform
import re
import subprocess
from importlib import metadata
from pathlib import Path

from litemaas_infra.settings import Settings


def description() -> dict[str, str]:
    """What a reader needs to compare: processor, memory, kernel, versions; nothing that names the machine."""
    kibibytes = int(_first(r"MemTotal: *(\d+)", "/proc/meminfo"))
    return {
        "processor": _first(r"model name\s*: (.*)", "/proc/cpuinfo"),
        "cores": str(os.cpu_count()),
        "memory": f"{kibibytes / 2**20:.0f} GiB",
        "kernel": platform.release().split("-")[0],
        "python": platform.python_version(),
        "pulumi": subprocess.run(
            ["pulumi", "version"], capture_output=True, text=True, check=True
        ).stdout.strip(),
        "pulumi SDK": metadata.version("pulumi"),
        "LiteLLM": str(Settings.model_fields["litellm_version"].default),
    }


def _first(pattern: str, file: str) -> str:
    found = re.search(pattern, Path(file).read_text())
    return found[1].strip() if found else "unknown"
