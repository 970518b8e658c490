"""A real HTTP server in a thread, answering as a test tells it to."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Answer:
    status: int
    body: object = field(default_factory=dict)
    """Text is sent as it is, anything else as JSON."""
    headers: dict[str, str] = field(default_factory=dict)


Responder = Callable[[Request], Answer]


@dataclass
class WebServer:
    url: str
    requests: list[Request] = field(default_factory=list)

    def sent(self, method: str, path: str) -> list[Request]:
        return [r for r in self.requests if (r.method, r.path) == (method, path)]


@contextmanager
def serving(responder: Responder, tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    server = WebServer("")
    listener = _Listener(("127.0.0.1", 0), _handler(responder, server), bind_and_activate=True)
    if tls:
        listener.socket = tls.wrap_socket(listener.socket, server_side=True)
    server.url = f"{'https' if tls else 'http'}://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # the look before a deployment asks for many things at the same moment

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away, or mistrusts the certificate, is no news."""


def _handler(responder: Responder, server: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            text = self.rfile.read(length)
            request = Request(self.command, self.path, dict(self.headers), json.loads(text) if text else None)
            server.requests.append(request)
            self._send(responder(request))

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the names http.server calls

        def _send(self, answer: Answer) -> None:
            body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body.encode())))
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Tests are silent."""

    return Handler


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
