"""What only OpenShift has: Routes, and the certificate authority they are served under."""

import ssl

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch, ClusterRefused, NotInCluster

ROUTES = "route.openshift.io/v1"


def route_url(cluster: Cluster, namespace: str, name: str) -> str:
    """The https address of a Route. Raises NotInCluster when there is none."""
    route = cluster.get(ROUTES, f"routes/{name}", namespace)
    host = ((route or {}).get("spec") or {}).get("host")
    if not host:
        raise NotInCluster(f"Route {name} is not in namespace {namespace}; `pulumi up` makes it")
    return f"https://{host}"


def trusted(cluster: Cluster) -> ssl.SSLContext:
    """A context that trusts what this machine trusts and the authority of the cluster's own Routes.

    The cluster's authority is public there, but a user may be kept from reading it: then a Route must
    have a certificate that this machine trusts anyway.
    """
    context = ssl.create_default_context()
    authority = _ingress_authority(cluster)
    try:
        if authority:
            context.load_verify_locations(cadata=authority)
    except ssl.SSLError as error:
        raise ClusterMismatch(
            f"ConfigMap {names.INGRESS_CA} in namespace {names.INGRESS_CA_NAMESPACE} holds no certificate"
        ) from error
    return context


def _ingress_authority(cluster: Cluster) -> str | None:
    try:
        found = cluster.get("v1", f"configmaps/{names.INGRESS_CA}", names.INGRESS_CA_NAMESPACE)
    except ClusterRefused:
        return None
    return ((found or {}).get("data") or {}).get(names.INGRESS_CA_KEY)
