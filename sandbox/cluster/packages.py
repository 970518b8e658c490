"""The programs the sandbox takes from Debian, and how the missing ones are installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.cluster.errors import SandboxError

PACKAGES = {
    "containerd": "containerd",
    "ctr": "containerd",
    "containerd-shim-runc-v2": "containerd",
    "runc": "runc",
    "nft": "nftables",
    "conntrack": "conntrack",
    "haproxy": "haproxy",
    "ip": "iproute2",
    "iptables": "iptables",
    "mount": "mount",
    "nsenter": "util-linux",
    "mmdebstrap": "mmdebstrap",
    "openssl": "openssl",
}
"""Program -> the package that holds it."""

PLUGIN_FOLDERS = (Path("/usr/lib/cni"), Path("/opt/cni/bin"))
PLUGINS = ("bridge", "host-local", "loopback", "portmap")
POLICY = Path("/usr/sbin/policy-rc.d")


def missing() -> list[str]:
    """The packages whose programs aren't there, whoever installed them."""
    packages = {package for program, package in PACKAGES.items() if shutil.which(program) is None}
    if plugins() is None:
        packages.add("containernetworking-plugins")
    return sorted(packages)


def plugins() -> Path | None:
    """The folder of the CNI plugins, when it has all that the sandbox uses."""
    for folder in PLUGIN_FOLDERS:
        if all((folder / name).exists() for name in PLUGINS):
            return folder
    return None


def install(packages: list[str]) -> None:
    """Installs the packages without starting any service of theirs. Raises SandboxError."""
    with _no_services():
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
        if _apt(command).returncode != 0:
            _apt(["apt-get", "update", "-q"])
            done = _apt(command)
            if done.returncode != 0:
                last = "\n".join(done.stdout.splitlines()[-5:])
                raise SandboxError(
                    f"`{' '.join(command)}` failed; run it yourself to see why. It said:\n{last}"
                )


def _apt(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


@contextmanager
def _no_services() -> Iterator[None]:
    """While it is there, Debian's packages ask this file whether to start their services, and it says no."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)
