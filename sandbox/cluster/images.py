"""The images, brought into the node's containerd."""

import subprocess
from pathlib import Path

from sandbox.cluster.errors import SandboxError


def load(archive: Path, run: Path) -> None:
    """Imports an image under the name its archive gives it. Raises SandboxError."""
    command = ["ctr", "--address", str(run / "containerd.sock"), "--namespace", "k8s.io", "images", "import"]
    done = subprocess.run([*command, str(archive)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"importing {archive} failed: {done.stderr.strip()}")
