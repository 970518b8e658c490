"""What makes the cluster look like its platform: definitions in stages, and who acts on them."""

import socket
import subprocess
from pathlib import Path

from sandbox.cluster import components, trust
from sandbox.cluster.api import Cluster
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.kubectl import Kubectl
from sandbox.cluster.names import APPS_DOMAIN, NODE_ADDRESS
from sandbox.cluster.progress import Step
from sandbox.cluster.start import start, wait
from sandbox.ingress import TRAEFIK


def lay(kubectl: Kubectl, cluster: Cluster, flavour: str, run: Path, step: Step) -> None:
    """Lays down the flavour's definitions and starts what acts on them. Raises SandboxError."""
    start(components.provisioner(kubectl.kube, run), run)
    start(components.policies(kubectl.kube, run), run)
    if flavour == "plain":
        _plain(kubectl, run, step)
    else:
        _openshift(kubectl, cluster, flavour, run, step)


def _plain(kubectl: Kubectl, run: Path, step: Step) -> None:
    """Kubernetes as k3s has it: with a default storage class, and Traefik for Ingresses."""
    _resources(kubectl, "plain", step)
    start(components.traefik(TRAEFIK.folder / "traefik", run), run)
    wait(step, "the Ingress controller", lambda: _listens(NODE_ADDRESS, 443), 30, run)
    trust.write_bundle((run / "pki" / "ca.crt").read_text(), run)


def _openshift(kubectl: Kubectl, cluster: Cluster, flavour: str, run: Path, step: Step) -> None:
    start(components.admission(kubectl.kube, run), run)
    _resources(kubectl, flavour, step)
    start(components.router(kubectl.kube, run), run)
    wait(step, "the admission webhook", _admission_listens, 20, run)
    _webhooks(kubectl, flavour, run / "pki" / "ca.crt")
    wait(step, "the router", lambda: trust.router_authority(cluster) != "", 30, run)
    trust.write_bundle(trust.router_authority(cluster), run)


def _resources(kubectl: Kubectl, flavour: str, step: Step) -> None:
    """The platform's types that LiteMaaS meets, then the cluster's own objects."""
    step.detail = "laying down the platform's types"
    kubectl.apply(_stage(kubectl.kube, "crds", flavour))
    if flavour != "plain":
        kubectl.wait("condition=Established", "crd", "--all", seconds=30)
    kubectl.apply(_stage(kubectl.kube, "objects", flavour))
    kubectl.apply(_stage(kubectl.kube, "status", flavour), "--subresource=status")


def _webhooks(kubectl: Kubectl, flavour: str, authority: Path) -> None:
    """From now on the API server asks the admission webhook, so that must be running."""
    url = f"https://{components.ADMISSION}"
    kubectl.apply(_stage(kubectl.kube, "webhooks", flavour, "--webhook-url", url, "--ca", str(authority)))


def _stage(kube: Path, stage: str, flavour: str, *flags: str) -> str:
    command = [str(kube), "definitions", "--stage", stage, "--flavour", flavour, "--domain", APPS_DOMAIN]
    done = subprocess.run([*command, *flags], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"`kube definitions --stage {stage}` failed: {done.stderr.strip()}")
    return done.stdout


def _admission_listens() -> bool:
    host, _, port = components.ADMISSION.partition(":")
    return _listens(host, int(port))


def _listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0
