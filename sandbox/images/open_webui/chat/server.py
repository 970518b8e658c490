"""The API, as far as probes, users that log in, models and chats need it."""

import hashlib
import hmac
import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.request import Request, urlopen

from . import data

Answer = tuple[HTTPStatus, Any]
_UNKNOWN: Answer = (HTTPStatus.NOT_FOUND, {"detail": "Not Found"})
_STRANGER: Answer = (HTTPStatus.UNAUTHORIZED, {"detail": "Not authenticated"})


def make_server(environment: dict[str, str]) -> ThreadingHTTPServer:
    """A server that is bound to its port and not yet serving."""

    class Handler(_Handler):
        settings = environment
        database = environment["DATABASE_URL"]

    return ThreadingHTTPServer(("", int(environment["PORT"])), Handler)


class _Handler(BaseHTTPRequestHandler):
    settings: ClassVar[dict[str, str]]
    database: ClassVar[str]

    def do_GET(self) -> None:
        if self.path == "/health":
            self._send(HTTPStatus.OK, {"status": True})
        elif self.path == "/ready":
            ready = data.answers(self.database)
            self._send(HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE, {"status": ready})
        elif not self._logged_in():
            self._send(*_STRANGER)
        elif self.path == "/api/models":
            self._send(HTTPStatus.OK, self._models())
        elif self.path == "/api/v1/chats/":
            self._send(HTTPStatus.OK, data.chats(self.database))
        else:
            self._send(*_UNKNOWN)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")
        if self.path == "/api/v1/auths/signin":
            self._send(*self._sign_in(body))
        elif not self._logged_in():
            self._send(*_STRANGER)
        elif self.path == "/api/v1/chats/new":
            self._send(HTTPStatus.OK, data.add_chat(self.database, body["chat"]["title"]))
        else:
            self._send(*_UNKNOWN)

    def _sign_in(self, body: dict[str, str]) -> Answer:
        if not data.knows(self.database, body["email"], body["password"]):
            return HTTPStatus.BAD_REQUEST, {"detail": "The email or password provided is incorrect."}
        return HTTPStatus.OK, {"token": self._token(), "role": "admin"}

    def _logged_in(self) -> bool:
        return hmac.compare_digest(self.headers.get("Authorization", ""), f"Bearer {self._token()}")

    def _token(self) -> str:
        """That of the one user there is here."""
        key, user = self.settings["WEBUI_SECRET_KEY"], self.settings["WEBUI_ADMIN_EMAIL"]
        return hmac.new(key.encode(), user.encode(), hashlib.sha256).hexdigest()

    def _models(self) -> Any:
        key = {"Authorization": f"Bearer {self.settings['OPENAI_API_KEY']}"}
        request = Request(f"{self.settings['OPENAI_API_BASE_URL']}/models", headers=key)  # noqa: S310 - checked
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - checked
            return json.load(answer)

    def _send(self, status: HTTPStatus, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own name
        if self.path not in ("/health", "/ready"):
            super().log_message(format, *args)
