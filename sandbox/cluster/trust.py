"""Whom commands in the sandbox trust: the machine's certificate authorities, and the router's."""

from pathlib import Path

from sandbox.cluster.api import Cluster

SYSTEM_BUNDLES = (
    Path("/etc/ssl/certs/ca-certificates.crt"),  # Debian and its kin
    Path("/etc/pki/tls/certs/ca-bundle.crt"),  # Red Hat and its kin
)
PUBLISHED = "/api/v1/namespaces/openshift-config-managed/configmaps/default-ingress-cert"
"""Where OpenShift publishes the authority of its router."""


def router_authority(cluster: Cluster) -> str:
    """The router's authority, in PEM; empty while it is not published."""
    return str(((cluster.get(PUBLISHED) or {}).get("data") or {}).get("ca-bundle.crt", ""))


def write_bundle(authority: str, target: Path) -> None:
    """Writes one file that holds them all."""
    system = next((bundle.read_text() for bundle in SYSTEM_BUNDLES if bundle.exists()), "")
    target.write_text(f"{system.rstrip()}\n{authority}".lstrip())
