"""What the backend's settings leave to the cluster: its host, OpenShift's OAuth server, whom to trust."""

from collections.abc import Iterator
from typing import Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.trust import OPENSHIFT, published
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.kube.looks.platform import apps_domain
from litemaas_infra.specs.backend import Backend
from litemaas_infra.specs.exposure import Exposure

_KUBERNETES: Final = ("default", names.CLUSTER_AUTHORITY, names.AUTHORITY_KEY)


def checked_backend(cluster: Cluster, namespace: str, exposure: Exposure, backend: Backend) -> Backend:
    """The backend with its host, issuer, client and authorities. Raises ClusterMismatch, naming a setting."""
    if not backend.enabled:
        return backend
    domain = apps_domain(cluster)
    own = f"{names.PROJECT}-{namespace}"
    found = {"client_id": backend.client_id or own, "host": backend.host, "issuer": backend.issuer}
    if backend.host is None and exposure.kind == "route":
        found["host"] = f"{own}.{_known(domain, 'host')}"
    if backend.issuer is None:
        found["issuer"] = f"https://oauth-openshift.{_known(domain, 'issuer')}"
    found["authority"] = "\n".join(_authorities(cluster, exposure, backend))
    if backend.at_openshift:
        _refuse_taken(cluster, str(found["client_id"]))
    return backend.model_copy(update=found)


def _refuse_taken(cluster: Cluster, client: str) -> None:
    """An OAuthClient is in no namespace: one of that name may be someone else's."""
    there = cluster.get(names.OAUTH, f"oauthclients/{client}")
    if there and (there["metadata"].get("labels") or {}).get(names.PART_OF) != names.PROJECT:
        raise ClusterMismatch(
            f"litemaas:backend.clientId is {client}, and the cluster's OAuthClient of that name is someone "
            "else's; take another: pulumi config set --path litemaas:backend.clientId NAME"
        )


def _authorities(cluster: Cluster, exposure: Exposure, backend: Backend) -> Iterator[str]:
    """Those of the Kubernetes API, of OpenShift's router, of the gateway's address and of the settings."""
    own = exposure.authority if exposure.kind != "internal" else None
    known = (published(cluster, *place) for place in (_KUBERNETES, OPENSHIFT))
    yield from (pem.strip() for pem in (*known, own, backend.authority) if pem)


def _known(domain: str | None, setting: str) -> str:
    if domain is None:
        raise ClusterMismatch(
            f"litemaas:backend.{setting} is not set, and the cluster does not tell its domain, from which it "
            f"would follow; pulumi config set --path litemaas:backend.{setting} VALUE"
        )
    return domain
