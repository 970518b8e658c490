"""Whether the namespace can be deployed to, if it is there already."""

from litemaas_infra.clients.cluster import Cluster


def problems(cluster: Cluster, namespace: str) -> list[str]:
    """A namespace that is being deleted takes nothing new."""
    found = cluster.get("v1", f"namespaces/{namespace}") or {}
    if (found.get("status") or {}).get("phase") != "Terminating":
        return []
    told = (
        f"namespace {namespace} is being deleted; wait until it is gone: "
        f"oc wait namespace {namespace} --for=delete --timeout=300s"
    )
    return [told]
