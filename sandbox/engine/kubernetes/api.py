"""The API server, as far as a provider needs it: discovery, get, apply, list, delete."""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.engine.kubernetes.errors import ApiError, NoKindError, UnreachableError
from sandbox.engine.kubernetes.kubeconfig import Access
from sandbox.engine.kubernetes.objects import Object, name, namespace

BAD_REQUEST, NOT_FOUND, CONFLICT, INVALID, FORBIDDEN = 400, 404, 409, 422, 403
TIMEOUT = httpx.Timeout(60, connect=10)
CONNECTIONS = 64
WARNING = re.compile(r'299 \S+ "((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Kind:
    """Where objects of a kind live."""

    root: str
    plural: str
    namespaced: bool


@dataclass(frozen=True)
class Apply:
    """How to apply: on whose behalf, for real or not, and whether to take over others' fields."""

    manager: str
    dry_run: bool = False
    force: bool = False


def _silent(_: str) -> None:
    pass


class Cluster:
    """A client of one API server; safe to use from several threads."""

    def __init__(self, access: Access, namespace: str = "") -> None:
        self.server = access.server
        self.namespace = namespace or access.namespace
        transport = httpx.HTTPTransport(
            verify=access.tls, limits=httpx.Limits(max_connections=CONNECTIONS), retries=2, trust_env=False
        )
        self._http = httpx.Client(
            base_url=access.server, auth=access.auth, timeout=TIMEOUT, transport=transport, trust_env=False
        )
        self._kinds: dict[tuple[str, str], Kind] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def kind(self, version: str, kind: str) -> Kind:
        """Where the kind's objects live. Raises NoKindError if the server does not serve it (yet)."""
        with self._lock:
            if (version, kind) not in self._kinds:
                self._discover(version, kind)
            return self._kinds[version, kind]

    def _discover(self, version: str, kind: str) -> None:
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        try:
            resources = self.call("GET", root)["resources"]
        except ApiError as error:
            raise (NoKindError(version, kind) if error.code == NOT_FOUND else error) from error
        for entry in resources:
            if "/" not in entry["name"]:
                self._kinds[version, entry["kind"]] = Kind(root, entry["name"], entry["namespaced"])
        if (version, kind) not in self._kinds:
            raise NoKindError(version, kind)

    def path(self, obj: Object) -> str:
        """The object's path on the server."""
        kind = self.kind(obj["apiVersion"], obj["kind"])
        scope = f"/namespaces/{namespace(obj) or self.namespace}" if kind.namespaced else ""
        return f"{kind.root}{scope}/{kind.plural}/{name(obj)}"

    def get(self, obj: Object) -> Object:
        """The object as it is now. Raises ApiError."""
        return self.call("GET", self.path(obj))

    def find(self, obj: Object) -> Object | None:
        """The object as it is now; None if there is none, or not even its kind."""
        try:
            return self.get(obj)
        except ApiError as error:
            if error.code == NOT_FOUND:
                return None
            raise

    def apply(self, obj: Object, how: Apply, warn: Callable[[str], None] = _silent) -> Object:
        """The object after a server-side apply; the server's warnings go to `warn`. Raises ApiError."""
        parameters = {"fieldManager": how.manager, "force": str(how.force).lower(), "fieldValidation": "Warn"}
        if how.dry_run:
            parameters["dryRun"] = "All"
        headers = {"Content-Type": "application/apply-patch+yaml"}
        response = self._send(
            "PATCH", self.path(obj), params=parameters, content=json.dumps(obj), headers=headers
        )
        for text in WARNING.findall(", ".join(response.headers.get_list("Warning"))):
            warn(text.replace('\\"', '"'))
        return _body(response)

    def delete(self, obj: Object, policy: str) -> None:
        """Ask for the object's deletion. Raises ApiError."""
        options = {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": policy}
        _body(self._send("DELETE", self.path(obj), json=options))

    def items(self, path: str, **parameters: str) -> list[Object]:
        """The items of the list at `path`. Raises ApiError."""
        found = self.call("GET", path, params=parameters).get("items")
        return found or []

    def call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """One request's answer as JSON. Raises ApiError, UnreachableError."""
        return _body(self._send(method, path, **options))

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **options)
        except httpx.HTTPError as error:
            cause = str(error) or type(error).__name__
            raise UnreachableError(
                f"the Kubernetes API server {self.server} does not answer: {cause}"
            ) from error


def _body(response: httpx.Response) -> dict[str, Any]:
    try:
        body: dict[str, Any] = response.json()
    except ValueError:
        body = {"message": response.text.strip()}
    if response.is_error:
        message = body.get("message") or response.reason_phrase
        raise ApiError(response.status_code, str(body.get("reason", "")), str(message))
    return body
