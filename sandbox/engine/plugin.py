"""What every Pulumi plugin does: listen on the loopback, tell the engine its port, end when told to."""

import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import grpc

UNLIMITED = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))
"""Channel options: Pulumi sends whole stacks' worth of properties, beyond gRPC's usual 4 MiB."""

GRACE = 1.0
"""Seconds that calls under way get to answer once the plugin is told to end."""


def engine_address(arguments: list[str]) -> str:
    """The address of the engine that started this plugin: the first argument that is no flag, or empty."""
    return next((argument for argument in arguments if not argument.startswith("-")), "")


def serve(register: Callable[[grpc.Server], None], cancel: Callable[[], None], *, workers: int) -> None:
    """Serve until SIGTERM or SIGINT; `cancel` then ends what is under way."""
    server = grpc.server(ThreadPoolExecutor(workers), options=UNLIMITED)
    register(server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    told = _on_signal()
    print(port, flush=True)  # noqa: T201 - the engine reads the port from the first line of standard output
    told.recv(1)
    cancel()
    server.stop(GRACE).wait()
    sys.stdout.flush()


def _on_signal() -> socket.socket:
    """What can be read from once a signal came.

    A lock or a queue would wait forever for one that comes as the wait begins.
    """
    told, tells = socket.socketpair()
    tells.setblocking(False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(tells.detach())
    return told
