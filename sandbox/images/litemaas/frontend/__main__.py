"""Start as the frontend does: write nginx's configuration, its log and its process id, then serve."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

WRITTEN = (
    "/opt/app-root/etc/nginx.default.d/default.conf",
    "/var/log/nginx/access.log",
    "/var/lib/nginx/tmp/client_body",
    "/run/nginx.pid",
)
PAGE = b"<!doctype html><title>LiteMaaS</title>"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/api/"):
            self._pass_on(None)
        else:
            self._send(200, "text/html", PAGE)

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _pass_on(self, body: bytes | None) -> None:
        request = Request(os.environ["BACKEND_URL"] + self.path, data=body)  # noqa: S310 - ours
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310 - ours
                self._send(answer.status, answer.headers["Content-Type"], answer.read())
        except HTTPError as error:
            self._send(error.code, error.headers["Content-Type"], error.read())

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Run until asked to stop."""
    for path in WRITTEN:
        Path(path).write_text("", encoding="utf-8")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", 8080), _Handler).serve_forever()


main()
