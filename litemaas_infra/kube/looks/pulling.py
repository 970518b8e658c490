"""Whether the Secrets are there that images are pulled with."""

from collections.abc import Sequence
from typing import Final

from litemaas_infra.clients.cluster import Cluster

_TYPES: Final = ("kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg")


def problems(cluster: Cluster, namespace: str, secrets: Sequence[str]) -> list[str]:
    """Pull secrets that are missing, or of a type that no pod pulls with."""
    return [problem for name in secrets if (problem := _problem(cluster, namespace, name))]


def _problem(cluster: Cluster, namespace: str, name: str) -> str | None:
    found = cluster.get("v1", f"secrets/{name}", namespace)
    if found is not None and found.get("type") in _TYPES:
        return None
    cause = f"is of type {found.get('type')}" if found else f"is not in namespace {namespace}"
    there = cluster.get("v1", f"namespaces/{namespace}") is not None
    first = "" if there else f"oc create namespace {namespace} && "
    return (
        f"litemaas:pullSecrets names {name}, which {cause}; with the file of `podman login --authfile FILE`: "
        f"{first}oc create secret generic {name} -n {namespace} --type {_TYPES[0]} "
        "--from-file .dockerconfigjson=FILE"
    )
