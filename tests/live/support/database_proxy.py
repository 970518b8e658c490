"""A proxy in front of PostgreSQL that lets every statement go as a script has it.

It reads as much of PostgreSQL's protocol as it needs: https://www.postgresql.org/docs/16/protocol-message-formats.html
"""

import re
import socket
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.live.support.door import Door, open_door
from tests.live.support.faults import Exchange, Script

_ASK_FOR_ENCRYPTION = (80877103, 80877104)
_READS = re.compile(r"\s*(SELECT|BEGIN|ROLLBACK|SET|SHOW|DEALLOCATE|WITH|$)", re.IGNORECASE)
_WANTS_WORD = (3, 5, 10, 11)
"""The kinds of authentication messages that the client must answer."""


def upstream(namespace: str) -> tuple[str, int]:
    """Where the database of that namespace is, for whoever is in the cluster."""
    return f"litemaas-postgres.{namespace}.svc.cluster.local", 5432


class Stream:
    """A connection as messages: a letter, a length and a body; the first of a client has no letter."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._file = connection.makefile("rb")

    def close(self) -> None:
        self._file.close()

    def first(self) -> bytes:
        length = self._exactly(4)
        return length + self._exactly(int.from_bytes(length) - 4)

    def message(self) -> bytes:
        return self._exactly(1) + self.first()

    def write(self, content: bytes) -> None:
        self.connection.sendall(content)

    def _exactly(self, size: int) -> bytes:
        content = self._file.read(size)
        if len(content) < size:
            raise EOFError
        return content


class DatabaseExchange(Exchange):
    """What a client sends until it waits: one statement, or several of a pipeline."""

    def __init__(self, what: str, request: bytes, client: Stream, service: Stream, door: Door) -> None:
        self.what = " ".join(what.split())[:60]
        self.writes = _READS.match(what) is None
        self.client = client
        self.service = service
        self.request = request
        self._door = door
        self._answer = b""

    def send(self) -> None:
        self.service.write(self.request)

    def receive(self) -> None:
        while not (message := self.service.message()).startswith(b"Z"):
            self._answer += message
        self._answer += message

    def answer(self) -> None:
        self.reply(self._answer)

    def reply(self, content: bytes) -> None:
        """Give another answer than the service's."""
        self.client.write(content)

    def drop(self) -> None:
        self.client.connection.shutdown(socket.SHUT_RDWR)

    def hang(self) -> None:
        self._door.closed.wait()
        self.drop()

    def refuse(self) -> None:
        self._door.close()


class Login(DatabaseExchange):
    """The way into the database, which takes several messages of both sides."""

    def receive(self) -> None:
        """The server asks back: it cannot be waited for without the client."""

    def answer(self) -> None:
        while not (message := self.service.message()).startswith(b"Z"):
            self.client.write(message)
            if message.startswith(b"R") and int.from_bytes(message[5:9]) in _WANTS_WORD:
                self.service.write(self.client.message())
        self.client.write(message)


@contextmanager
def database_proxy(script: Script, namespace: str) -> Iterator[str]:
    """The proxy's address, as a site's database_address."""

    def serve(door: Door, connection: socket.socket) -> None:
        with (
            socket.create_connection(upstream(namespace)) as real,
            closing(Stream(connection)) as client,
            closing(Stream(real)) as service,
        ):
            _serve(client, service, door, script)

    with open_door(serve) as door:
        yield f"127.0.0.1:{door.port}"


def _serve(client: Stream, service: Stream, door: Door, script: Script) -> None:
    request = client.first()
    while int.from_bytes(request[4:8]) in _ASK_FOR_ENCRYPTION:
        client.write(b"N")
        request = client.first()
    script.play(Login("SELECT login", request, client, service, door))
    statements: dict[bytes, str] = {}
    while True:
        request, said = _request(client, statements)
        if request.startswith(b"X"):
            return service.write(request)
        script.play(DatabaseExchange("; ".join(said), request, client, service, door))


def _request(client: Stream, statements: dict[bytes, str]) -> tuple[bytes, list[str]]:
    """Everything until the client waits for an answer, and the statements in it."""
    request, said = b"", []
    while True:
        message = client.message()
        request += message
        said += _statement(message, statements)
        if message[:1] in (b"Q", b"S", b"X"):
            return request, said


def _statement(message: bytes, statements: dict[bytes, str]) -> list[str]:
    """The statement that the message runs, if it does; one that is prepared is kept for when it is run."""
    kind, parts = message[:1], message[5:].split(b"\0")
    if kind == b"P":
        statements[parts[0]] = parts[1].decode()
    if kind == b"B":
        return [statements[parts[1]]]
    return [parts[0].decode()] if kind == b"Q" else []


def error_after(exchange: Exchange) -> None:
    """An error although it was done: PostgreSQL says so where it cannot tell."""
    exchange.carry_out()
    _reply(exchange, _error("ERROR", "58030", "could not fsync") + b"Z\0\0\0\5I")


def shutting_down(exchange: Exchange) -> None:
    _reply(exchange, _error("FATAL", "57P01", "terminating connection due to administrator command"))
    exchange.drop()


def too_many(exchange: Exchange) -> None:
    _reply(exchange, _error("FATAL", "53300", "sorry, too many clients already"))
    exchange.drop()


def garbage(exchange: Exchange) -> None:
    exchange.send()
    _reply(exchange, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    exchange.drop()


def _error(severity: str, code: str, text: str) -> bytes:
    fields = {b"S": severity, b"V": severity, b"C": code, b"M": text}
    body = b"".join(key + value.encode() + b"\0" for key, value in fields.items()) + b"\0"
    return b"E" + struct.pack("!i", len(body) + 4) + body


def _reply(exchange: Exchange, content: bytes) -> None:
    assert isinstance(exchange, DatabaseExchange)
    exchange.reply(content)
