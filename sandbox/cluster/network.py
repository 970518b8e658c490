"""The node's network: a namespace of its own that leads nowhere."""

import subprocess
from pathlib import Path

from sandbox.cluster import kernel
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.names import NETWORK, NETWORK_FILE, NODE_ADDRESS

GATEWAY = "10.90.0.254"
"""Nobody answers there: the node must have a default route, and it must lead nowhere."""


def enter_new() -> None:
    """Makes the namespace and moves this process in, so that everything started from now on is inside."""
    _ip("netns", "add", NETWORK)
    kernel.enter_network(NETWORK_FILE)
    _ip("link", "set", "lo", "up")
    _ip(
        "link", "add", "node0", "type", "bridge"
    )  # idle; a dummy link would do, but not every kernel has those
    _ip("addr", "add", f"{NODE_ADDRESS}/24", "dev", "node0")
    _ip("link", "set", "node0", "up")
    _ip("route", "add", "default", "via", GATEWAY, "dev", "node0")
    Path("/proc/sys/net/ipv4/ip_forward").write_text("1")


def _ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"`ip {' '.join(arguments)}` failed: {done.stderr.strip()}")
