"""An API server in a thread: it keeps objects in a dictionary, and refuses what a test tells it to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Object = dict[str, Any]

KINDS = {
    "/api/v1": {
        "configmaps": ("ConfigMap", True),
        "secrets": ("Secret", True),
        "namespaces": ("Namespace", False),
    },
    "/apis/apps/v1": {"deployments": ("Deployment", True)},
}


@dataclass
class ApiServer:
    """What the server has, and how it answers."""

    objects: dict[str, Object] = field(default_factory=dict)
    applied: list[dict[str, str]] = field(default_factory=list)
    """The parameters of every apply, in order."""
    conflicts: dict[str, str] = field(default_factory=dict)
    """By path: the manager that owns what is applied there without force."""
    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By path: status and message for an apply there."""
    statuses: dict[str, Object] = field(default_factory=dict)
    """By kind: the status that new objects get."""
    warning: str = ""
    url: str = ""

    def get(self, path: str) -> tuple[int, Object]:
        if path in KINDS:
            return 200, {"resources": [_resource(*entry) for entry in KINDS[path].items()]}
        if path in self.objects:
            return 200, self.objects[path]
        if path.rpartition("/")[2] in ("events", "pods", "replicasets"):
            return 200, {"items": []}
        return 404, {"message": f"{path} not found", "reason": "NotFound"}

    def apply(self, path: str, obj: Object, parameters: dict[str, str]) -> tuple[int, Object]:
        self.applied.append(parameters)
        if path in self.refusals:
            code, message = self.refusals[path]
            return code, {"message": message}
        if path in self.conflicts and parameters["force"] == "false":
            return 409, {"message": f'Apply failed with 1 conflict: conflict with "{self.conflicts[path]}"'}
        known = self.objects.get(path, {})
        metadata = {"uid": "1", **known.get("metadata", {}), **obj.get("metadata", {})}
        live = {**known, **obj, "metadata": metadata, **self._status(obj)}
        if "dryRun" not in parameters:
            self.objects[path] = live
        return 200, live

    def _status(self, obj: Object) -> Object:
        return {"status": self.statuses[obj["kind"]]} if obj["kind"] in self.statuses else {}

    def delete(self, path: str) -> tuple[int, Object]:
        if path not in self.objects:
            return 404, {"message": "not found"}
        if self.objects[path]["metadata"].get("finalizers"):
            self.objects[path]["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"
        else:
            del self.objects[path]
        return 200, {}


def _resource(plural: str, kind: tuple[str, bool]) -> Object:
    return {"name": plural, "kind": kind[0], "namespaced": kind[1]}


@contextmanager
def serving() -> Iterator[ApiServer]:
    """A server, listening."""
    api = ApiServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(*api.get(urlsplit(self.path).path))

        def do_DELETE(self) -> None:
            self._body()
            self._answer(*api.delete(self.path))

        def do_PATCH(self) -> None:
            url = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(url.query).items()}
            self._answer(*api.apply(url.path, json.loads(self._body()), parameters))

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))

        def _answer(self, code: int, body: Object) -> None:
            content = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if api.warning:
                self.send_header("Warning", f'299 - "{api.warning}"')
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}"
    yield api
    server.shutdown()
    thread.join()
    server.server_close()
