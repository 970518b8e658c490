"""Whom the gateway's certificate may come from: what this machine trusts, and what the cluster publishes."""

import ssl
from typing import Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch, ClusterRefused

OPENSHIFT: Final = (names.INGRESS_CA_NAMESPACE, names.INGRESS_CA, names.INGRESS_CA_KEY)
"""The ConfigMap, and its key, of the authority of OpenShift's router: namespace, name and key."""


def trusted(cluster: Cluster, namespace: str) -> ssl.SSLContext:
    """A context that also trusts OpenShift's own authority, and those of `litemaas:exposure.authority`.

    The cluster's authority is public there, but a user may be kept from reading it: then the gateway must
    have a certificate that this machine trusts anyway.
    """
    context = ssl.create_default_context()
    for place, name, key in (OPENSHIFT, (namespace, names.AUTHORITY, names.AUTHORITY_KEY)):
        authorities = published(cluster, place, name, key)
        try:
            if authorities:
                context.load_verify_locations(cadata=authorities)
        except ssl.SSLError as error:
            raise ClusterMismatch(f"ConfigMap {name} in namespace {place} holds no certificate") from error
    return context


def published(cluster: Cluster, namespace: str, name: str, key: str) -> str | None:
    """A value of a ConfigMap; None where there is none, or it is not for us to read."""
    try:
        found = cluster.get("v1", f"configmaps/{name}", namespace)
    except ClusterRefused:
        return None
    return ((found or {}).get("data") or {}).get(key)
