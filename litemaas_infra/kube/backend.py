"""What the backend's settings leave to the cluster: its host, and OpenShift's own OAuth server."""

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.kube.looks.platform import apps_domain
from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.exposure import Exposure


def checked_backend(cluster: Cluster, namespace: str, exposure: Exposure, backend: Backend) -> Backend:
    """The backend with its host, issuer and client. Raises ClusterMismatch, naming the setting to make."""
    if not backend.deployed:
        return backend
    domain = apps_domain(cluster)
    own = f"{names.PROJECT}-{namespace}"
    found = {"client_id": backend.client_id or own, "host": backend.host, "issuer": backend.issuer}
    if backend.host is None and exposure.kind == "route":
        found["host"] = f"{own}.{_known(domain, 'host')}"
    if backend.issuer is None:
        found["issuer"] = f"https://oauth-openshift.{_known(domain, 'issuer')}"
    return backend.model_copy(update=found)


def _known(domain: str | None, setting: str) -> str:
    if domain is None:
        raise ClusterMismatch(
            f"litemaas:backend.{setting} is not set, and the cluster does not tell its domain, from which it "
            f"would follow; pulumi config set --path litemaas:backend.{setting} VALUE"
        )
    return domain
