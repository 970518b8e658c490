"""What a deployment of the Ansible collection has that a stack's settings must know."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.predecessor import SERVERS
from litemaas_infra.errors import NotInCluster

Fields = dict[str, Any]
_ADMIN: Final = "admin"
_MCP: Final = "litemaas-mcp"
_PASSWORDS: Final = ("POSTGRES_PASSWORD", "password")
_BACKENDS: Final = ("litemaas-backend", "litellm-backend")
_FRONTENDS: Final = ("litemaas-frontend", "litellm-frontend")


def takeover(cluster: Cluster, namespace: str, server: str) -> Fields:
    """Where its databases are, and how they are read. Raises NotInCluster where that is not to be found."""
    secret = SERVERS[server]
    held = cluster.secret(namespace, secret) or {}
    key = next((key for key in _PASSWORDS if key in held), None)
    of_gateway = (cluster.secret(namespace, names.GATEWAY_SECRET) or {}).get(names.DATABASE_URL)
    url = urlsplit(of_gateway or held.get(names.DATABASE_URL) or "")
    if key is None or url.username is None:
        raise NotInCluster(
            f"Secret {secret} in namespace {namespace} lacks what opens the databases of StatefulSet "
            f"{server} ({' or '.join(_PASSWORDS)}, and {names.DATABASE_URL}); restore it, or set "
            "litemaas:takeover by hand"
        )
    return {
        "host": server,
        "user": url.username,
        "passwordSecret": f"{secret}/{key}",
        "gatewayDatabase": _database(url.path),
        "modelsDatabase": _database(urlsplit(held.get(names.DATABASE_URL) or of_gateway or "").path),
    }


def exposure(cluster: Cluster, namespace: str) -> Fields:
    """The host that users know the gateway by."""
    host = _host(cluster, namespace, (names.GATEWAY,))
    return {"host": host} if host else {}


def backend(cluster: Cluster, namespace: str) -> Fields:
    """The backend, where there is one, under the host and the client's name that it has."""
    if _backend(cluster, namespace) is None:
        return {}
    fields = {"host": _host(cluster, namespace, _FRONTENDS), "clientId": client(cluster, namespace)}
    return {"kind": "own", **{name: value for name, value in fields.items() if value}}


def client(cluster: Cluster, namespace: str) -> str | None:
    """The name that the backend is known by where users log in."""
    deployment = _backend(cluster, namespace)
    said = dict(_environment(deployment)) if deployment else {}
    return said.get("OAUTH_CLIENT_ID") if said.get("OAUTH_CLIENT_ID") != "disabled" else None


def notes(cluster: Cluster, namespace: str) -> Iterator[str]:
    """What is not as before afterwards."""
    admin = (cluster.secret(namespace, names.GATEWAY_SECRET) or {}).get(names.UI_USERNAME, _ADMIN)
    if admin != _ADMIN:
        yield f"the administrator logs in as {_ADMIN} then, no longer as {admin}, with the same password"
    if cluster.get("apps/v1", f"deployments/{_MCP}", namespace):
        yield f"deployment/{_MCP} has no counterpart, and stays as it is: remove it once nobody needs it"


def _backend(cluster: Cluster, namespace: str) -> Mapping[str, Any] | None:
    found = (cluster.get("apps/v1", f"deployments/{name}", namespace) for name in _BACKENDS)
    return next((one for one in found if one), None)


def _environment(deployment: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for container in deployment["spec"]["template"]["spec"]["containers"]:
        yield from ((one["name"], one["value"]) for one in container.get("env") or [] if "value" in one)


def _host(cluster: Cluster, namespace: str, services: tuple[str, ...]) -> str | None:
    """That of the first Route which leads to one of these Services."""
    for route in cluster.items(names.ROUTES, "routes", namespace):
        if route["spec"]["to"]["name"] in services:
            return str(route["spec"]["host"])
    return None


def _database(path: str) -> str:
    return path.removeprefix("/")
