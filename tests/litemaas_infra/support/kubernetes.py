"""A Kubernetes API with a few objects, and a kubeconfig that leads to it."""

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.litemaas_infra.support.web import Answer, Request, serving

VERSION = {"major": "1", "minor": "34", "gitVersion": "v1.34.0"}


def secret(**values: str) -> dict[str, Any]:
    """A Secret with these values."""
    return {"data": {key: base64.b64encode(value.encode()).decode() for key, value in values.items()}}


@dataclass
class FakeKubernetes:
    """Call it with a request. `objects` are what it has, by the path of its API."""

    objects: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    hanging: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def __call__(self, request: Request) -> Answer:
        path = request.path.partition("?")[0].rstrip("/")
        if path in self.hanging:
            self.over.wait()
        if path in self.forbidden:
            return _status(403, f'User "someone" cannot get resource at {path}')
        if path == "/version":
            return Answer(200, VERSION)
        return Answer(200, self.objects[path]) if path in self.objects else _status(404, "not found")

    def put(self, path: str, found: Mapping[str, Any], namespace: str = "litemaas") -> None:
        """Have an object of the core API: put("secrets/name", {...})."""
        self.objects[f"/api/v1/namespaces/{namespace}/{path}"] = found


@contextmanager
def kubernetes() -> Iterator[FakeKubernetes]:
    """Serve an API until the block ends."""
    fake = FakeKubernetes()
    with serving(fake) as server:
        fake.url = server.url
        try:
            yield fake
        finally:
            fake.over.set()


TOKEN: Mapping[str, Any] = {"token": "sha256~token"}


def kubeconfig(path: Path, user: Mapping[str, Any] = TOKEN, **servers: str) -> Path:
    """Write a kubeconfig with a context for each server; the first is the current one."""
    contexts = [{"name": name, "context": {"cluster": name, "user": "someone"}} for name in servers]
    clusters = [{"name": name, "cluster": {"server": server}} for name, server in servers.items()]
    content = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": next(iter(servers)),
        "contexts": contexts,
        "clusters": clusters,
        "users": [{"name": "someone", "user": user}],
    }
    path.write_text(json.dumps(content))
    return path


def _status(code: int, message: str) -> Answer:
    return Answer(code, {"kind": "Status", "status": "Failure", "message": message, "code": code})
