"""Whether the cluster can expose the gateway in the way that is wished."""

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.kube.classes import INGRESS, chosen
from litemaas_infra.kube.serving import check_serving
from litemaas_infra.specs.exposure import Exposure


def checked_exposure(cluster: Cluster, namespace: str, exposure: Exposure) -> Exposure:
    """The exposure, an Ingress' with its class. Raises ClusterMismatch, naming the setting to change."""
    if exposure.kind == "route":
        _check_routes(cluster)
    if exposure.reencrypts:
        check_serving(cluster, namespace, exposure.serving_secret)
    if exposure.kind != "ingress":
        return exposure
    if exposure.certificate_secret and exposure.tls == "edge":
        _check_certificate(cluster, namespace, exposure.certificate_secret)
    return exposure.model_copy(update={"ingress_class": chosen(cluster, INGRESS, exposure.ingress_class)})


def _check_routes(cluster: Cluster) -> None:
    if not cluster.serves(names.ROUTES):
        raise ClusterMismatch(
            f"litemaas:exposure.kind is route, and the cluster at {cluster.server} has no Routes, "
            "which only OpenShift has; pulumi config set --path litemaas:exposure.kind ingress, or internal, "
            "or take the stack local"
        )


def _check_certificate(cluster: Cluster, namespace: str, secret: str) -> None:
    values = cluster.secret(namespace, secret) or {}
    if not {"tls.crt", "tls.key"} <= values.keys():
        raise ClusterMismatch(
            f"litemaas:exposure.certificateSecret is {secret}, and namespace {namespace} has no Secret of "
            f"that name with tls.crt and tls.key; kubectl create secret tls {secret} -n {namespace} "
            "--cert FILE --key FILE"
        )
