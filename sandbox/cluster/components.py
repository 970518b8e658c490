"""What runs on the node, and with which arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.cluster.names import APPS_DOMAIN, CLUSTER_DOMAIN, NODE, NODE_ADDRESS, PODS, SERVICES

ETCD = "http://127.0.0.1:2379"
ADMISSION = "127.0.0.1:9443"


@dataclass(frozen=True)
class Component:
    """A program of the node, its arguments, and what it finds in its environment."""

    name: str
    command: tuple[str | Path, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def etcd(kube: Path, run: Path) -> Component:
    """The cluster's memory; it need not survive a crash of the machine, so it never waits for the disk."""
    client = ("--listen-client-urls", ETCD, "--advertise-client-urls", ETCD)
    peers = ("--listen-peer-urls", "http://127.0.0.1:2380", "--unsafe-no-fsync")
    return Component(
        "etcd", (kube, "etcd", "--data-dir", run / "etcd", *client, *peers, "--log-level", "warn")
    )


def containerd(run: Path) -> Component:
    """The container runtime."""
    return Component("containerd", ("containerd", "-c", run / "conf" / "containerd.toml"))


def apiserver(kube: Path, run: Path) -> Component:
    """The Kubernetes API."""
    pki = run / "pki"
    arguments = _flags(
        {
            "etcd-servers": ETCD,
            "bind-address": "0.0.0.0",  # noqa: S104 - all of the sandbox's own network namespace
            "advertise-address": NODE_ADDRESS,
            "secure-port": "6443",
            "cert-dir": pki,
            "tls-cert-file": pki / "apiserver.crt",
            "tls-private-key-file": pki / "apiserver.key",
            "client-ca-file": pki / "ca.crt",
            "service-account-key-file": pki / "sa.pub",
            "service-account-signing-key-file": pki / "sa.key",
            "service-account-issuer": "https://kubernetes.default.svc",
            "service-cluster-ip-range": SERVICES,
            "authorization-mode": "Node,RBAC",
            "allow-privileged": "true",
            "kubelet-client-certificate": pki / "admin.crt",
            "kubelet-client-key": pki / "admin.key",
            "kubelet-certificate-authority": pki / "ca.crt",
            "kubelet-preferred-address-types": "InternalIP",
        }
    )
    return Component("apiserver", (kube, "apiserver", *arguments))


def controller_manager(kube: Path, run: Path) -> Component:
    """The controllers; alone on its node, it need not elect a leader."""
    arguments = _flags(
        {
            "kubeconfig": run / "controller-manager.kubeconfig",
            "cert-dir": run / "pki",
            "root-ca-file": run / "pki" / "ca.crt",
            "service-account-private-key-file": run / "pki" / "sa.key",
            "use-service-account-credentials": "true",
            "leader-elect": "false",
            "flex-volume-plugin-dir": run / "volumeplugins",
        }
    )
    return Component("controller-manager", (kube, "controller-manager", *arguments))


def scheduler(kube: Path, run: Path) -> Component:
    """The scheduler."""
    arguments = _flags(
        {"kubeconfig": run / "scheduler.kubeconfig", "cert-dir": run / "pki", "leader-elect": "false"}
    )
    return Component("scheduler", (kube, "scheduler", *arguments))


def kubelet(kube: Path, run: Path) -> Component:
    """The node's agent."""
    arguments = _flags(
        {
            "config": run / "conf" / "kubelet.yaml",
            "kubeconfig": run / "kubelet.kubeconfig",
            "cert-dir": run / "kubelet" / "pki",
            "root-dir": run / "kubelet",
            "hostname-override": NODE,
            "node-ip": NODE_ADDRESS,
        }
    )
    return Component("kubelet", (kube, "kubelet", *arguments))


def proxy(kube: Path, run: Path) -> Component:
    """Services, as nftables rules of the sandbox's network."""
    arguments = _flags(
        {
            "kubeconfig": run / "proxy.kubeconfig",
            "hostname-override": NODE,
            "proxy-mode": "nftables",
            "cluster-cidr": PODS,
            "conntrack-max-per-core": "0",  # that limit is the machine's, not ours
        }
    )
    return Component("proxy", (kube, "proxy", *arguments))


def coredns(kube: Path, run: Path) -> Component:
    """Names, for pods and for what `sandbox run` starts."""
    environment = {
        "NODE_ADDRESS": NODE_ADDRESS,
        "APPS_DOMAIN": APPS_DOMAIN,
        "CLUSTER_DOMAIN": CLUSTER_DOMAIN,
        "KUBECONFIG": str(run / "admin.kubeconfig"),
    }
    corefile = Path(__file__).parent / "Corefile"
    return Component("coredns", (kube, "coredns", "-conf", corefile), environment)


def admission(kube: Path, run: Path) -> Component:
    """The webhook that does to applications what OpenShift does."""
    arguments = _flags(
        {
            "kubeconfig": run / "admin.kubeconfig",
            "cert": run / "pki" / "admission.crt",
            "key": run / "pki" / "admission.key",
            "listen": ADMISSION,
            "domain": APPS_DOMAIN,
        }
    )
    return Component("admission", (kube, "admission", *arguments))


def provisioner(kube: Path, run: Path) -> Component:
    """The volumes that claims ask for."""
    arguments = _flags({"kubeconfig": run / "admin.kubeconfig", "root": run / "volumes"})
    return Component("provisioner", (kube, "provisioner", *arguments))


def policies(kube: Path, run: Path) -> Component:
    """The NetworkPolicies, as nftables rules of the sandbox's network."""
    arguments = _flags({"kubeconfig": run / "admin.kubeconfig"})
    return Component("policies", (kube, "policies", *arguments))


def router(kube: Path, run: Path) -> Component:
    """The Routes, served by HAProxy."""
    arguments = _flags(
        {
            "kubeconfig": run / "admin.kubeconfig",
            "cert-dir": run / "router",
            "listen-address": NODE_ADDRESS,
            "domain": APPS_DOMAIN,
        }
    )
    return Component("router", (kube, "router", *arguments))


def traefik(program: Path, run: Path) -> Component:
    """The Ingresses of plain Kubernetes, served by Traefik."""
    environment = {"KUBECONFIG": str(run / "admin.kubeconfig")}
    return Component("traefik", (program, f"--configFile={run / 'conf' / 'traefik.yaml'}"), environment)


def _flags(values: Mapping[str, str | Path]) -> list[str]:
    return [f"--{name}={value}" for name, value in values.items()]
