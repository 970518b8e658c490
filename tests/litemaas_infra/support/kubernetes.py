"""A Kubernetes API with a few objects, and a kubeconfig that leads to it."""

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from tests.litemaas_infra.support.web import Answer, Request, serving

VERSION = {"major": "1", "minor": "34", "gitVersion": "v1.34.0"}
SERVED = {
    "/api/v1": (
        "namespaces secrets services serviceaccounts configmaps persistentvolumeclaims events pods pods/log "
        "pods/portforward"
    ),
    "/apis/apps/v1": "deployments statefulsets replicasets",
    "/apis/autoscaling/v2": "horizontalpodautoscalers",
    "/apis/batch/v1": "jobs cronjobs",
    "/apis/policy/v1": "poddisruptionbudgets",
    "/apis/networking.k8s.io/v1": "ingresses ingressclasses networkpolicies",
    "/apis/storage.k8s.io/v1": "storageclasses",
}
"""What every cluster knows, as far as we meet it."""
REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews"


def served(plurals: str) -> dict[str, Any]:
    """The list of an API's kinds."""
    return {"resources": [{"name": name} for name in plurals.split()]}


def _apis() -> dict[str, Mapping[str, Any] | str]:
    return {path: served(plurals) for path, plurals in SERVED.items()}


def secret(**values: str) -> dict[str, Any]:
    """A Secret with these values."""
    return {"data": {key: base64.b64encode(value.encode()).decode() for key, value in values.items()}}


@dataclass
class FakeKubernetes:
    """Call it with a request. `objects` are what it has, by the path of its API."""

    objects: dict[str, Mapping[str, Any] | str] = field(default_factory=_apis)
    forbidden: set[str] = field(default_factory=set)
    hanging: set[str] = field(default_factory=set)
    allows: Callable[[dict[str, str]], bool] = lambda _: True
    """Whether the user may do what a review asks."""
    becomes: Callable[[dict[str, Any]], dict[str, Any]] = lambda made: made
    """What an object is once it was made."""
    user: str = "someone"
    version: Mapping[str, str] = field(default_factory=lambda: VERSION)
    over: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def __call__(self, request: Request) -> Answer:
        path, _, query = request.path.partition("?")
        path = path.rstrip("/")
        if path in self.hanging:
            self.over.wait()
        if path in self.forbidden:
            return _status(403, f'User "someone" cannot get resource at {path}')
        if request.method == "POST":
            return Answer(201, self._made(path, request.body))
        if path == "/version":
            return Answer(200, self.version)
        if path not in self.objects:
            return _status(404, "not found")
        take = self.objects.pop if request.method == "DELETE" else self.objects.__getitem__
        return Answer(200, _selected(take(path), dict(parse_qsl(query))))

    def _made(self, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        """An object, which stays, or the answer to a question."""
        if path == REVIEWS:
            return {"status": {"allowed": self.allows(asked["spec"]["resourceAttributes"])}}
        if path == WHO:
            return {"status": {"userInfo": {"username": self.user}}}
        made = self.becomes(asked)
        self.objects[f"{path}/{made['metadata']['name']}"] = made
        return made

    def say(self, name: str, line: str, namespace: str = "litemaas") -> None:
        """Have a line in the log of a pod."""
        self.objects[f"/api/v1/namespaces/{namespace}/pods/{name}/log"] = line

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


def _selected(found: Mapping[str, Any] | str, query: Mapping[str, str]) -> Mapping[str, Any] | str:
    """Of a list, what its selectors leave."""
    labels = dict(pair.split("=") for pair in query.get("labelSelector", "").split(",") if pair)
    uid = query.get("fieldSelector", "").removeprefix("involvedObject.uid=")
    if isinstance(found, str) or not (labels or uid):
        return found
    items = [
        item
        for item in found["items"]
        if labels.items() <= item["metadata"].get("labels", {}).items()
        and (not uid or item["involvedObject"]["uid"] == uid)
    ]
    return {"items": items}


def _status(code: int, message: str) -> Answer:
    return Answer(code, {"kind": "Status", "status": "Failure", "message": message, "code": code})
