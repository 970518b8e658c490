"""A port of 127.0.0.1 that serves each connection in a thread of its own, until it is closed."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Serve = Callable[[socket.socket], None]


class Door:
    """Where a proxy listens."""

    def __init__(self, serve: Serve) -> None:
        self.closed = threading.Event()
        self._serve = serve
        self._connections: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Refuse every new connection, and close those there are."""
        self.closed.set()
        _shut(self._listener)
        for connection in list(self._connections):
            _shut(connection)

    def _accept(self) -> None:
        while not self.closed.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._attend, args=(connection,), daemon=True).start()

    def _attend(self, connection: socket.socket) -> None:
        self._connections.add(connection)
        # A provider that goes away in the middle, or was killed, is no news here.
        with connection, suppress(OSError, EOFError):
            self._serve(connection)
        self._connections.discard(connection)


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        connection.close()


@contextmanager
def open_door(serve: Callable[[Door, socket.socket], None]) -> Iterator[Door]:
    """A door that is closed at the end; `serve` gets the door with each connection."""
    ready: list[Door] = []
    door = Door(lambda connection: serve(ready[0], connection))
    ready.append(door)
    try:
        yield door
    finally:
        door.close()
