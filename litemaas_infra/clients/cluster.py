"""The Kubernetes API, read with the user's own kubeconfig.

All requests run in one event loop of the client's own thread, so that any number of threads may share
one client, and every request is bounded in time.
"""

import asyncio
import base64
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

import anyio.from_thread
import httpx
import kr8s
from kr8s.asyncio import Api

from litemaas_infra.errors import ClusterRefused, ClusterUnreachable, NotInCluster

TIMEOUT = 10.0
"""Seconds that any one request may take."""

_REMEDY = "check `oc whoami` or `kubectl cluster-info`, and the KUBECONFIG and litemaas:context in use"
_UNREACHABLE = (httpx.HTTPError, ssl.SSLError, OSError, ValueError, kr8s.APITimeoutError)
_TOLD = (*_UNREACHABLE, kr8s.ServerError)
"""What kr8s raises with a message that says enough."""

T = TypeVar("T")

Object = Mapping[str, Any]
"""A Kubernetes object as the API gives it."""


class Cluster:
    """A connection to the cluster of a kubeconfig context; a context manager.

    `kubeconfig` is a path, `context` a context's name; each defaults to what kubectl would take.
    Raises ClusterUnreachable when the API does not answer, ClusterRefused when it does not let us.
    """

    def __init__(self, kubeconfig: str | None = None, context: str | None = None) -> None:
        self._stack = ExitStack()
        self._portal = self._stack.enter_context(anyio.from_thread.start_blocking_portal("asyncio"))
        # Not by kr8s' own factory: it shares connections by thread and loop id, and both ids come again.
        self.api = Api(kubeconfig=kubeconfig, context=context, bypass_factory=True)
        self._stack.callback(_remove_copies, self.api)
        self._stack.callback(self._portal.call, _close, self.api)
        try:
            self.call(lambda: _connect(self.api))
            _remove_copies(self.api)
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def call(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run `work` in the client's loop, for TIMEOUT seconds at most, our errors for its own."""
        return self._portal.call(_bounded, work)

    def get(
        self, version: str, path: str, namespace: str | None = None, selector: str | None = None
    ) -> Object | None:
        """The object or list at a path (`secrets/name`) of an API version; None where there is none.

        A list can be limited to what a label selector (`app=litellm`) selects.
        """
        return self.call(lambda: _get(self.api, version, path, namespace, selector))

    def items(self, version: str, kind: str, namespace: str | None = None, **selectors: str) -> list[Object]:
        """What a list (`pods`) holds, by `labelSelector` or `fieldSelector`; nothing where there is none."""
        parameters = f"?{urlencode(selectors)}" if selectors else ""
        found = self.get(version, f"{kind}{parameters}", namespace) or {}
        return list(found.get("items") or [])

    def ask(self, version: str, kind: str, question: Mapping[str, Any]) -> Object | None:
        """The API's answer to a review (`selfsubjectaccessreviews`), which is kept nowhere."""
        return self.call(lambda: _ask(self.api, version, kind, question))

    def create(self, version: str, kind: str, namespace: str, made: Mapping[str, Any]) -> Object:
        """Make an object of a kind (`jobs`); gives it. Raises NotInCluster without the namespace."""
        created = self.call(lambda: _ask(self.api, version, kind, made, namespace))
        if created is None:
            raise NotInCluster(
                f"{kind} cannot be made: there is no namespace {namespace}; `pulumi up` makes it"
            )
        return created

    def delete(self, version: str, path: str, namespace: str) -> None:
        """Delete the object at a path (`pods/name`), if it is there."""
        self.call(lambda: _delete(self.api, version, path, namespace))

    def log(self, namespace: str, pod: str, container: str, *, previous: bool, lines: int) -> str:
        """The last lines of a container's log, of its previous run if so asked; empty if there is none."""
        parameters = urlencode(
            {"container": container, "tailLines": lines, "previous": str(previous).lower()}
        )
        return self.call(lambda: _text(self.api, f"pods/{pod}/log?{parameters}", namespace))

    def serves(self, version: str) -> bool:
        """Whether the cluster knows an API version, `route.openshift.io/v1` for instance."""
        return self.get(version, "") is not None

    def secret(self, namespace: str, name: str) -> dict[str, str] | None:
        """The decoded values of a Secret, all of ours being text; None where there is no Secret."""
        found = self.get("v1", f"secrets/{name}", namespace)
        if found is None:
            return None
        return {k: base64.b64decode(v).decode(errors="replace") for k, v in (found.get("data") or {}).items()}

    def secret_value(self, namespace: str, name: str, key: str) -> str:
        """One value of a Secret. Raises NotInCluster when the Secret or the key is missing."""
        values = self.secret(namespace, name)
        if values is None:
            raise NotInCluster(f"Secret {name} is not in namespace {namespace}; `pulumi up` makes it")
        if key not in values:
            raise NotInCluster(f"Secret {name} in namespace {namespace} lacks {key}; `pulumi up` mends it")
        return values[key]

    def version(self) -> str:
        """The version of Kubernetes, v1.34.4 for instance."""
        return str(self.call(self.api.async_version)["gitVersion"])

    @property
    def server(self) -> str:
        """The API's address."""
        return str(self.api.auth.server)


async def _connect(api: Api) -> None:
    try:
        await api
        # It reads the keys now, and not at the first request: then its copies of them need not stay.
        await api._create_session()  # noqa: SLF001
    except _TOLD:
        raise
    except Exception as error:
        # kr8s takes a kubeconfig to be whole. What it then says may hold a line of it, so it is not shown.
        raise ClusterUnreachable(
            f"the kubeconfig, or the server it names, is not what it should be ({type(error).__name__}); "
            f"see `kubectl config view`, or {_REMEDY}"
        ) from error


async def _close(api: Api) -> None:
    # kr8s keeps its connections for good, and has no way of its own to end them.
    if api._session:  # noqa: SLF001
        await api._session.aclose()  # noqa: SLF001


def _remove_copies(api: Api) -> None:
    """Remove what kr8s copied out of the kubeconfig into files, a private key for instance."""
    auth = api.auth
    copies = {
        "client-key-data": auth.client_key_file,
        "client-certificate-data": auth.client_cert_file,
        "certificate-authority-data": auth.server_ca_file,
    }
    with suppress(AttributeError, LookupError, ValueError):  # no kubeconfig was there, or a broken one
        used = auth.kubeconfig.get_context(auth.active_context)
        given = {**auth.kubeconfig.get_cluster(used["cluster"]), **auth.kubeconfig.get_user(used["user"])}
        for file in (file for name, file in copies.items() if name in given and file):
            Path(str(file)).unlink(missing_ok=True)


async def _get(
    api: Api, version: str, path: str, namespace: str | None, selector: str | None
) -> Object | None:
    request = api.call_api(
        "GET",
        version=version,
        url=path,
        namespace=namespace,
        raise_for_status=False,
        params={"labelSelector": selector} if selector else None,
    )
    async with request as response:
        return _accepted(response, path)


async def _ask(
    api: Api, version: str, kind: str, body: Mapping[str, Any], namespace: str | None = None
) -> Object | None:
    request = api.call_api(
        "POST", version=version, url=kind, namespace=namespace, json=dict(body), raise_for_status=False
    )
    async with request as response:
        return _accepted(response, kind, "make" if namespace else "read")


async def _delete(api: Api, version: str, path: str, namespace: str) -> None:
    request = api.call_api("DELETE", version=version, url=path, namespace=namespace, raise_for_status=False)
    async with request as response:
        _accepted(response, path, "delete")


async def _text(api: Api, path: str, namespace: str) -> str:
    request = api.call_api("GET", version="v1", url=path, namespace=namespace, raise_for_status=False)
    async with request as response:
        return "" if response.is_error else response.text


def _accepted(response: httpx.Response, path: str, doing: str = "read") -> Object | None:
    if response.status_code == httpx.codes.NOT_FOUND:
        return None
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise ClusterRefused(f"the cluster does not let you {doing} {path}: {_reason(response)}")
    if response.is_error:
        raise ClusterRefused(f"the cluster cannot give {path} now: {_reason(response)}; run again")
    found: Object = response.json()
    return found


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["message"])
    except (ValueError, KeyError):
        return f"status {response.status_code}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).partition("\nFor more information")[0].split())


async def _bounded(work: Callable[[], Awaitable[T]]) -> T:
    try:
        async with asyncio.timeout(TIMEOUT):
            return await work()
    except TimeoutError as error:
        raise ClusterUnreachable(
            f"the Kubernetes API did not answer within {TIMEOUT:.0f} s; {_REMEDY}"
        ) from error
    except _UNREACHABLE as error:
        raise ClusterUnreachable(
            f"the Kubernetes API cannot be reached: {_one_line(error)}; {_REMEDY}"
        ) from error
    except kr8s.ServerError as error:
        raise ClusterRefused(f"the Kubernetes API refused: {_one_line(error)}; {_REMEDY}") from error
