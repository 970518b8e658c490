"""A proxy in front of LiteLLM that lets every request go as a script has it."""

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

from tests.live.support.door import Door, open_door
from tests.live.support.faults import Exchange, Script

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def upstream(namespace: str) -> tuple[str, int]:
    """Where the gateway of that namespace is, for whoever is in the cluster."""
    return f"litellm.{namespace}.svc.cluster.local", 4000


class GatewayExchange(Exchange):
    """One HTTP request."""

    def __init__(self, handler: BaseHTTPRequestHandler, door: Door, service: tuple[str, int]) -> None:
        self.what = f"{handler.command} {_ID.sub('ID', handler.path)}"
        self.writes = handler.command != "GET"
        self.content = b""
        self._door = door
        self._handler = handler
        self._status, self._type = 0, ""
        self._request = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        self._service = http.client.HTTPConnection(*service, timeout=60)

    def send(self) -> None:
        headers = {k: v for k, v in self._handler.headers.items() if k.lower() not in ("host", "connection")}
        self._service.request(self._handler.command, self._handler.path, self._request, headers)

    def receive(self) -> None:
        response = self._service.getresponse()
        self._status, self._type = response.status, response.headers.get("Content-Type", "")
        self.content = response.read()
        self._service.close()

    def answer(self) -> None:
        self.reply(self._status, self.content, self._type)

    def reply(self, status: int, content: bytes, kind: str = "application/json") -> None:
        """Give another answer than the service's."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Content-Length", str(len(content)))
        self._handler.end_headers()
        self._handler.wfile.write(content)

    def drop(self) -> None:
        self._handler.close_connection = True
        self._handler.connection.shutdown(socket.SHUT_RDWR)

    def hang(self) -> None:
        self._door.closed.wait()
        self.drop()

    def refuse(self) -> None:
        self._door.close()


@contextmanager
def gateway_proxy(script: Script, namespace: str) -> Iterator[str]:
    """The proxy's address, as a site's gateway_url."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            script.play(GatewayExchange(self, cast("Door", self.server), upstream(namespace)))

        do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815 - the names http.server calls

        def log_message(self, *_: object) -> None:
            """Tests are silent."""

    def serve(door: Door, connection: socket.socket) -> None:
        Handler(connection, ("127.0.0.1", 0), cast("Any", door))

    with open_door(serve) as door:
        yield f"http://127.0.0.1:{door.port}"


def saved_but_500(exchange: Exchange) -> None:
    exchange.carry_out()
    _reply(exchange, 500, b'{"error": {"message": "Internal Server Error", "code": "500"}}')


def status_502(exchange: Exchange) -> None:
    _reply(exchange, 502, b"<html><h1>Bad Gateway</h1></html>", "text/html")


def status_503(exchange: Exchange) -> None:
    _reply(exchange, 503, b"<html><h1>Application is not available</h1></html>", "text/html")


def html(exchange: Exchange) -> None:
    exchange.carry_out()
    _reply(exchange, 200, b"<!doctype html><title>Log in</title>", "text/html")


def cut_short(exchange: Exchange) -> None:
    exchange.carry_out()
    content = cast("GatewayExchange", exchange).content
    _reply(exchange, 200, content[: len(content) // 2])


def other_shape(exchange: Exchange) -> None:
    exchange.carry_out()
    _reply(exchange, 200, b'{"data": [{"model_info": null}, 7], "model_info": [], "version": {}}')


def _reply(exchange: Exchange, status: int, content: bytes, kind: str = "application/json") -> None:
    cast("GatewayExchange", exchange).reply(status, content, kind)
