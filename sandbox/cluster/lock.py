"""Only one `up` or `down` at a time."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.cluster.errors import SandboxError
from sandbox.cluster.names import NETWORK


@contextmanager
def exclusively() -> Iterator[None]:
    """Raises SandboxError when another one is at work.

    The lock is a name in the kernel's abstract socket names: it leaves no file, and ends with its process.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as lock:
        try:
            lock.bind(f"\0{NETWORK}")
        except OSError:
            raise SandboxError(
                "another `sandbox up` or `sandbox down` is at work; wait for it, or end it"
            ) from None
        yield
