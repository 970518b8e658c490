"""What the cluster runs on, and the domain of its Routes: OpenShift says so to those who may ask."""

from typing import Any, Final

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterRefused

_CONFIG: Final = "config.openshift.io/v1"


def problems(cluster: Cluster, expected: str | None) -> list[str]:
    """Another platform than the stack expects. One that nobody tells is no contradiction."""
    found = platform(cluster) if expected else None
    if expected is None or found is None or found.casefold() == expected.casefold():
        return []
    told = (
        f"litemaas:platform is {expected}, but the cluster says that it runs on {found}: log in to the one "
        "that is meant (oc login, or litemaas:context), take the stack of this platform, or, if this is the "
        f"one: pulumi config set litemaas:platform {found}"
    )
    return [told]


def platform(cluster: Cluster) -> str | None:
    """The platform as OpenShift names it, AWS for instance; None if it does not tell us."""
    status = _config(cluster, "infrastructures").get("status") or {}
    return (status.get("platformStatus") or {}).get("type") or status.get("platform") or None


def apps_domain(cluster: Cluster) -> str | None:
    """The domain of the Routes; None if the cluster does not tell us."""
    spec = _config(cluster, "ingresses").get("spec") or {}
    return spec.get("appsDomain") or spec.get("domain") or None


def _config(cluster: Cluster, kind: str) -> dict[str, Any]:
    try:
        return dict(cluster.get(_CONFIG, f"{kind}/cluster") or {})
    except ClusterRefused:  # it is an administrator's to read
        return {}
