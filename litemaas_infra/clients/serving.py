"""What the gateway's pods speak to whoever reaches them by no Route: plain HTTP, or TLS."""

import ssl

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.trust import published
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.specs import serving


def trust(cluster: Cluster, namespace: str) -> ssl.SSLContext | None:
    """Whom their certificate may come from; None where they speak plain HTTP."""
    secret = _secret(cluster, namespace)
    if secret is None:
        return None
    own = (cluster.secret(namespace, secret) or {}).get(serving.AUTHORITY)
    authority = own or published(cluster, namespace, names.SERVICE_CA, names.SERVICE_CA_KEY)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=authority or "")
    except (ssl.SSLError, ValueError) as error:
        raise ClusterMismatch(
            f"nothing tells whom the gateway's certificate may come from: Secret {secret} in namespace "
            f"{namespace} has no {serving.AUTHORITY}, and there is no ConfigMap {names.SERVICE_CA}; "
            "put the authority into the Secret"
        ) from error
    return context


def _secret(cluster: Cluster, namespace: str) -> str | None:
    """The Secret that the pods have their certificate from, as their Deployment says."""
    found = cluster.get("apps/v1", f"deployments/{names.GATEWAY}", namespace) or {}
    pod = ((found.get("spec") or {}).get("template") or {}).get("spec") or {}
    volumes = {volume["name"]: volume for volume in pod.get("volumes") or []}
    return str(volumes[names.SERVING]["secret"]["secretName"]) if names.SERVING in volumes else None
