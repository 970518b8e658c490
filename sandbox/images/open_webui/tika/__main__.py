"""Start as Tika does: unpack its libraries into the folder for such, then serve."""

import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PORT = 9998


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._send(b"This is Tika Server (Apache Tika 3.2.3). Please PUT\n")

    def do_PUT(self) -> None:
        self._send(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _send(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Run until asked to stop."""
    Path("/tmp/tika").write_text("", encoding="utf-8")  # noqa: S108 - the pod's own
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", PORT), _Handler).serve_forever()


main()
