"""The HTTP side: who may ask, which model answers, whole or as a stream."""

import hmac
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from .answers import Answer, BadRequestError, answer_chat, answer_prompt
from .wire import Chat, Completion, Json, Shape, error, model_list, usage_chunk

Endpoint = tuple[Callable[[Mapping[str, Any]], Answer], Shape]

ENDPOINTS: Mapping[str, Endpoint] = {
    "/v1/chat/completions": (answer_chat, Chat()),
    "/v1/completions": (answer_prompt, Completion()),
}


def make_server(address: tuple[str, int], key: str, models: tuple[str, ...]) -> ThreadingHTTPServer:
    """A server that is bound to the address and not yet serving."""

    class Handler(_Handler):
        api_key = key
        served = models

    return ThreadingHTTPServer(address, Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections, as gateways do
    disable_nagle_algorithm = True  # a stream's events leave one by one
    api_key: ClassVar[str]
    served: ClassVar[tuple[str, ...]]

    def do_GET(self) -> None:
        if self.path == "/health":
            self._send(HTTPStatus.OK, {"status": "ok"})
        elif self._authorized():
            if self.path == "/v1/models":
                self._send(HTTPStatus.OK, model_list(self.served))
            else:
                self._refuse(HTTPStatus.NOT_FOUND, f"no such path: {self.path}", "not_found")

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._authorized():
            return
        if self.path not in ENDPOINTS:
            self._refuse(HTTPStatus.NOT_FOUND, f"no such path: {self.path}", "not_found")
            return
        try:
            self._answer(_read_body(content), ENDPOINTS[self.path])
        except BadRequestError as problem:
            self._refuse(HTTPStatus.BAD_REQUEST, str(problem), "invalid_body")

    def _answer(self, body: Json, endpoint: Endpoint) -> None:
        if body["model"] not in self.served:
            self._refuse(
                HTTPStatus.NOT_FOUND, f"The model `{body['model']}` does not exist.", "model_not_found"
            )
            return
        read, shape = endpoint
        answer = read(body)
        if body.get("stream"):
            self._stream(answer, shape, with_usage=_wants_usage(body))
        else:
            self._send(HTTPStatus.OK, shape.whole(answer))

    def _stream(self, answer: Answer, shape: Shape, *, with_usage: bool) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        chunks = list(shape.chunks(answer))
        if with_usage:
            chunks.append(usage_chunk(answer, chunks[-1]))
        for data in (*map(json.dumps, chunks), "[DONE]"):
            event = f"data: {data}\n\n".encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
        self.wfile.write(b"0\r\n\r\n")

    def _authorized(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if hmac.compare_digest(given.encode(), self.api_key.encode()):
            return True
        self._refuse(HTTPStatus.UNAUTHORIZED, "Incorrect API key provided.", "invalid_api_key")
        return False

    def _refuse(self, status: HTTPStatus, message: str, code: str) -> None:
        self._send(status, error(message, "invalid_request_error", code))

    def _send(self, status: HTTPStatus, body: Json) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own name
        if self.path != "/health":  # which would drown everything else
            super().log_message(format, *args)


def _read_body(content: bytes) -> Json:
    try:
        body = json.loads(content)
    except ValueError as problem:
        raise BadRequestError(f"the body is not JSON: {problem}") from problem
    if not isinstance(body, dict) or not isinstance(body.get("model"), str):
        raise BadRequestError("the body must be an object with the name of a 'model'")
    return body


def _wants_usage(body: Json) -> bool:
    options = body.get("stream_options")
    return isinstance(options, dict) and bool(options.get("include_usage"))
