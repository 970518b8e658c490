"""The addresses that this program exposed the gateway under, read from the cluster itself."""

from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster, Object

_KINDS: Final = ((names.ROUTES, "routes"), (names.INGRESSES, "ingresses"))


def address(cluster: Cluster, namespace: str, name: str) -> str | None:
    """The address of our Route, or else of our Ingress; None where there is neither.

    One that someone else made does not count, for whoever made it would get the master key.
    """
    found = (cluster.get(version, f"{kind}/{name}", namespace) for version, kind in _KINDS)
    return next((url for item in found if item and _ours(item) and (url := _url(item))), None)


def _ours(item: Object) -> bool:
    return (item["metadata"].get("labels") or {}).get(names.PART_OF) == names.PROJECT


def _url(item: Object) -> str | None:
    """The same for both kinds, but that an Ingress has a list of hosts, of which ours is the only one."""
    spec: dict[str, Any] = item["spec"]
    host = (spec.get("rules") or [spec])[0].get("host")
    return f"{'https' if spec.get('tls') else 'http'}://{host}" if host else None
