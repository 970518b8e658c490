"""Whom commands in the sandbox trust: the machine's certificate authorities, and that of the applications."""

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


def bundle(run: Path) -> Path:
    """The one file that holds them all."""
    return run / "ca-bundle.crt"


def write_bundle(authority: str, run: Path) -> None:
    """Writes the bundle with the authority of the applications' addresses, in PEM, at its end."""
    system = next((found.read_text() for found in SYSTEM_BUNDLES if found.exists()), "")
    bundle(run).write_text(f"{system.rstrip()}\n{authority}".lstrip())
