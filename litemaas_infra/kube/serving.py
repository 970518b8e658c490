"""Whether there is, or will be, a certificate for the gateway's own TLS."""

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.specs import serving


def check_serving(cluster: Cluster, namespace: str, secret: str | None) -> None:
    """Look at the Secret, or for OpenShift's service CA that makes one. Raises ClusterMismatch."""
    host = names.inside(namespace)
    if secret is None:
        _check_service_ca(cluster, namespace, host)
        return
    values = cluster.secret(namespace, secret)
    wrong = "is not there" if values is None else serving.problem(values, host)
    if wrong:
        raise ClusterMismatch(
            f"litemaas:exposure.servingSecret is {secret}, and that Secret {wrong} in namespace {namespace}; "
            f"make it of a certificate for {host}: {_made(secret, namespace)}"
        )


def _check_service_ca(cluster: Cluster, namespace: str, host: str) -> None:
    kinds = (cluster.get(names.SERVICE_CAS, "") or {}).get("resources") or []
    if not any(kind["name"] == "servicecas" for kind in kinds):
        raise ClusterMismatch(
            f"litemaas:exposure.tls is reencrypt, and the cluster at {cluster.server} has no service CA that "
            f"gives the gateway a certificate; give it one for {host}: {_made('NAME', namespace)}; then "
            "pulumi config set --path litemaas:exposure.servingSecret NAME"
        )


def _made(secret: str, namespace: str) -> str:
    files = " ".join(f"--from-file={key}=FILE" for key in (serving.CHAIN, serving.KEY, serving.AUTHORITY))
    return f"oc create secret generic {secret} -n {namespace} --type kubernetes.io/tls {files}"
