"""Which Kubernetes provider Pulumi finds: the real one wherever there is one, else the sandbox's stand-in."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

from sandbox.engine import found, launchers

STAND_IN = "sandbox.engine.kubernetes.__main__"
DOWNLOADS = ("get.pulumi.com", 443)
"""Where Pulumi's own command fetches plugins from."""

REACH, DOWNLOAD = 2, 300
"""Seconds to find out whether downloads are possible at all, and for the download itself."""


def place_kubernetes_provider(pulumi: Path, home: Path) -> str:
    """Make the provider available in `home`, Pulumi's; returns a sentence that says which one it is."""
    folder = home / "plugins" / found.kubernetes_folder()
    if _is_real(folder):
        return f"the real Kubernetes provider, in {folder}"
    _clear(folder)
    if on_path := found.kubernetes_on_path():
        return f"the real Kubernetes provider, {on_path}"
    if cached := found.kubernetes_in_cache():
        folder.symlink_to(cached)
        return f"the real Kubernetes provider, in {cached}"
    if _reachable() and _download(pulumi, home) and _is_real(folder):
        return f"the real Kubernetes provider, downloaded to {folder}"
    _clear(folder)
    launchers.write(folder / found.KUBERNETES, STAND_IN)
    return "the sandbox's stand-in for the Kubernetes provider: the real one is not installed, nor in reach"


def _is_real(folder: Path) -> bool:
    executable = folder / found.KUBERNETES
    if not executable.is_file():
        return False
    with executable.open("rb") as handle:
        return STAND_IN.encode() not in handle.read(4096)


def _clear(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _reachable() -> bool:
    try:
        socket.create_connection(DOWNLOADS, timeout=REACH).close()
    except OSError:
        return False
    return True


def _download(pulumi: Path, home: Path) -> bool:
    command = [str(pulumi), "plugin", "install", "resource", "kubernetes", f"v{found.kubernetes_version()}"]
    environment = {**os.environ, "PULUMI_HOME": str(home), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=DOWNLOAD, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
