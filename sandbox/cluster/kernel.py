"""The few kernel calls that Python 3.11 lacks: namespaces, mounts, and asking what the kernel can do."""

import ctypes
import os
import socket
import struct
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWNET = 0x40000000
MS_BIND, MS_REC, MS_SLAVE = 0x1000, 0x4000, 0x80000
MNT_DETACH = 2

NETLINK_ROUTE, NETLINK_NETFILTER = 0, 12
NFTABLES_GET_GENERATION = 10 << 8 | 16

_libc = ctypes.CDLL(None, use_errno=True)


def enter_network(namespace: Path) -> None:
    """Moves the calling thread, and what it starts from now on, into a network namespace."""
    with namespace.open() as handle:
        _call("setns", handle.fileno(), CLONE_NEWNET, about=str(namespace))


def leave_network() -> None:
    """Gives the calling thread an empty network namespace of its own."""
    _call("unshare", CLONE_NEWNET, about="a network namespace")


def private_mounts() -> None:
    """Gives the calling thread its own mounts: it sees the machine's, which don't see its own."""
    _call("unshare", CLONE_NEWNS, about="a mount namespace")
    _call("mount", b"none", b"/", None, MS_REC | MS_SLAVE, None, about="/")


def bind(source: Path, target: Path) -> None:
    """Lets `target` show what lies at `source`."""
    _call("mount", bytes(source), bytes(target), None, MS_BIND, None, about=str(target))


def mount_overlay(lower: Path, upper: Path, work: Path, target: Path) -> None:
    """Mounts an overlay file system, as containers' root file systems are."""
    options = f"lowerdir={lower},upperdir={upper},workdir={work}".encode()
    _call("mount", b"overlay", bytes(target), b"overlay", 0, options, about=str(target))


def unmount(target: Path) -> None:
    """Takes a mount away, even a busy one."""
    _call("umount2", bytes(target), MNT_DETACH, about=str(target))


def add_link(kind: str) -> None:
    """Adds a network link of this kind (bridge, veth) to the thread's namespace, under any name."""
    information = _attribute(18, _attribute(1, kind.encode()))  # IFLA_LINKINFO, IFLA_INFO_KIND
    create_exclusively = 0x600
    _netlink(NETLINK_ROUTE, 16, create_exclusively, bytes(16) + information, kind)


def ask_nftables() -> None:
    """Raises OSError when the kernel has no nftables."""
    _netlink(NETLINK_NETFILTER, NFTABLES_GET_GENERATION, 0, bytes(4), "nftables")


def _netlink(protocol: int, kind: int, flags: int, payload: bytes, about: str) -> None:
    request_acknowledge = 0x5
    header = struct.pack("=IHHII", 16 + len(payload), kind, request_acknowledge | flags, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol) as channel:
        channel.settimeout(5)
        channel.send(header + payload)
        answer = channel.recv(8192)
    is_error = struct.unpack_from("=H", answer, 4)[0] == 2  # noqa: PLR2004 - NLMSG_ERROR
    error = -struct.unpack_from("=i", answer, 16)[0] if is_error else 0
    if error:
        raise OSError(error, os.strerror(error), about)


def _attribute(kind: int, content: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(content), kind) + content + bytes(-len(content) % 4)


def _call(name: str, *arguments: bytes | int | None, about: str) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), about)
