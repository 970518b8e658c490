"""The API, as far as probes, users that log in and lists of models need it."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import urlencode

import psycopg

Json = dict[str, Any]
_MODELS = "SELECT id, name, provider FROM models WHERE availability = 'available' ORDER BY provider, name"


def make_server(environment: dict[str, str]) -> ThreadingHTTPServer:
    """A server that is bound to its port and not yet serving."""

    class Handler(_Handler):
        settings = environment

    return ThreadingHTTPServer((environment["HOST"], int(environment["PORT"])), Handler)


class _Handler(BaseHTTPRequestHandler):
    settings: ClassVar[dict[str, str]]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/api/v1/health/live":
            self._send(HTTPStatus.OK, {"alive": True})
        elif path == "/api/v1/health/ready":
            self._send(*self._readiness())
        elif path == "/api/v1/models":
            self._send(HTTPStatus.OK, self._models())
        else:
            self._send(HTTPStatus.NOT_FOUND, {"message": f"Route GET:{path} not found"})

    def do_POST(self) -> None:
        if self.path == "/api/auth/login":
            self._send(HTTPStatus.OK, {"authUrl": self._login()})
        else:
            self._send(HTTPStatus.NOT_FOUND, {"message": f"Route POST:{self.path} not found"})

    def _readiness(self) -> tuple[HTTPStatus, Json]:
        try:
            with psycopg.connect(self.settings["DATABASE_URL"], connect_timeout=3) as rows:
                rows.execute("SELECT 1")
        except psycopg.Error:
            return HTTPStatus.SERVICE_UNAVAILABLE, {"ready": False}
        return HTTPStatus.OK, {"ready": True}

    def _models(self) -> Json:
        with psycopg.connect(self.settings["DATABASE_URL"]) as rows:
            found = rows.execute(_MODELS).fetchall()
        models = [{"id": id_, "name": name, "provider": provider} for id_, name, provider in found]
        return {"data": models, "pagination": {"page": 1, "limit": 20, "total": len(models), "totalPages": 1}}

    def _login(self) -> str:
        asked = {
            "response_type": "code",
            "client_id": self.settings["OAUTH_CLIENT_ID"],
            "redirect_uri": self.settings["OAUTH_CALLBACK_URL"],
        }
        return f"{self.settings['OAUTH_ISSUER']}/oauth/authorize?{urlencode(asked)}"

    def _send(self, status: HTTPStatus, body: Json) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own name
        if "/health/" not in self.path:
            super().log_message(format, *args)
