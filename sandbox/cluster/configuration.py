"""The configuration files of the node's programs, as plain data."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sandbox.cluster.names import CLUSTER_DOMAIN, NETWORK, NODE_ADDRESS, PAUSE_IMAGE, PODS

KUBECONFIGS = ("admin", "controller-manager", "scheduler", "proxy", "kubelet")


def write(run: Path, plugins: Path) -> None:
    """Writes every file the components read, below RUN; `plugins` is the folder of the CNI plugins."""
    for folder in ("conf/cni", "log", "log/pods", "pid", "volumeplugins", "kubelet"):
        (run / folder).mkdir(parents=True, exist_ok=True)
    for user in KUBECONFIGS:
        dump(kubeconfig(run / "pki", user), run / f"{user}.kubeconfig")
    (run / "conf" / "resolv.conf").write_text(f"nameserver {NODE_ADDRESS}\n")
    dump(kubelet(run), run / "conf" / "kubelet.yaml")
    dump(traefik(run), run / "conf" / "traefik.yaml")
    dump(default_certificate(run / "pki"), run / "conf" / "traefik-tls.yaml")
    (run / "conf" / "cni" / "10-sandbox.conflist").write_text(json.dumps(network(run)))
    (run / "conf" / "containerd.toml").write_text(toml(containerd(run, plugins)))


def dump(content: Mapping[str, Any], path: Path) -> None:
    """Writes YAML that only its owner may read."""
    path.touch(mode=0o600)
    path.write_text(yaml.safe_dump(dict(content), sort_keys=False))


def kubeconfig(pki: Path, user: str) -> dict[str, Any]:
    """A self-contained kubeconfig: certificates are inside it, so it may be copied."""

    def content(name: str) -> str:
        return base64.b64encode((pki / name).read_bytes()).decode()

    cluster = {"server": f"https://{NODE_ADDRESS}:6443", "certificate-authority-data": content("ca.crt")}
    credentials = {
        "client-certificate-data": content(f"{user}.crt"),
        "client-key-data": content(f"{user}.key"),
    }
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "sandbox", "cluster": cluster}],
        "users": [{"name": user, "user": credentials}],
        "contexts": [{"name": "sandbox", "context": {"cluster": "sandbox", "user": user}}],
        "current-context": "sandbox",
    }


def kubelet(run: Path) -> dict[str, Any]:
    """The kubelet's configuration: every folder it would choose elsewhere lies below RUN."""
    pki = run / "pki"
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{NETWORK}",  # one cgroup holds every pod, so `down` finds and ends them all
        "failCgroupV1": False,
        "failSwapOn": False,
        "containerRuntimeEndpoint": f"unix://{run}/containerd.sock",
        "podLogsDir": str(run / "log" / "pods"),
        "volumePluginDir": str(run / "volumeplugins"),
        "clusterDNS": [NODE_ADDRESS],
        "clusterDomain": CLUSTER_DOMAIN,
        "resolvConf": str(run / "conf" / "resolv.conf"),
        "authentication": {
            "anonymous": {"enabled": False},
            "x509": {"clientCAFile": str(pki / "ca.crt")},
            "webhook": {"enabled": True},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": str(pki / "kubelet.crt"),
        "tlsPrivateKeyFile": str(pki / "kubelet.key"),
        "address": NODE_ADDRESS,
        # The machine's disk is not the sandbox's to judge: only a really full one evicts pods.
        "evictionHard": {"nodefs.available": "1%", "imagefs.available": "1%", "memory.available": "200Mi"},
        "imageGCHighThresholdPercent": 100,
        "enforceNodeAllocatable": [],
        "localStorageCapacityIsolation": False,
    }


def traefik(run: Path) -> dict[str, Any]:
    """The Ingress controller's: as its own chart has it, but on the node's ports."""
    return {
        "global": {"checkNewVersion": False, "sendAnonymousUsage": False},
        "entryPoints": {"web": {"address": ":80"}, "websecure": {"address": ":443", "http": {"tls": {}}}},
        "providers": {
            "kubernetesIngress": {"ingressEndpoint": {"ip": NODE_ADDRESS}},
            "file": {"filename": str(run / "conf" / "traefik-tls.yaml"), "watch": False},
        },
    }


def default_certificate(pki: Path) -> dict[str, Any]:
    """What Traefik serves hosts with that have no certificate of their own."""
    pair = {"certFile": str(pki / "ingress.crt"), "keyFile": str(pki / "ingress.key")}
    return {"tls": {"stores": {"default": {"defaultCertificate": pair}}}}


def network(run: Path) -> dict[str, Any]:
    """The pods' network: one bridge, and a route to nowhere but the node."""
    addresses = {
        "type": "host-local",
        "ranges": [[{"subnet": PODS}]],
        "routes": [{"dst": "0.0.0.0/0"}],
        "dataDir": str(run / "cni"),
    }
    bridge = {"type": "bridge", "bridge": "cni0", "isGateway": True, "hairpinMode": True, "ipam": addresses}
    portmap = {"type": "portmap", "capabilities": {"portMappings": True}}
    return {"cniVersion": "1.0.0", "name": NETWORK, "plugins": [bridge, portmap]}


def containerd(run: Path, plugins: Path) -> dict[str, Any]:
    """The container runtime's: own socket, root and state, so it runs beside any other containerd."""
    runc = {"runtime_type": "io.containerd.runc.v2", "options": {"Root": str(run / "runc")}}
    cri = {
        # The process may not lower its score; without this runc fails with "can't get final child's PID".
        "restrict_oom_score_adj": True,
        "netns_mounts_under_state_dir": True,
        "sandbox_image": PAUSE_IMAGE,
        "cni": {"bin_dir": str(plugins), "conf_dir": str(run / "conf" / "cni")},
        "containerd": {"runtimes": {"runc": runc}},
    }
    snapshotters = [f"io.containerd.snapshotter.v1.{name}" for name in ("aufs", "btrfs", "devmapper", "zfs")]
    return {
        "version": 2,
        "root": str(run / "containerd" / "root"),
        "state": str(run / "containerd" / "state"),
        "disabled_plugins": [*snapshotters, "io.containerd.tracing.processor.v1.otlp"],
        "grpc": {"address": str(run / "containerd.sock")},
        "plugins": {
            "io.containerd.grpc.v1.cri": cri,
            "io.containerd.internal.v1.opt": {"path": str(run / "containerd" / "opt")},
        },
    }


def toml(content: Mapping[str, Any], table: str = "") -> str:
    """TOML of nested tables, which Python can read but not write; its strings and lists are JSON's."""
    plain = {key: value for key, value in content.items() if not isinstance(value, Mapping)}
    lines = [f"{_json(key)} = {_json(value)}\n" for key, value in plain.items()]
    text = "".join([f"[{table}]\n" if table and lines else "", *lines])
    for key, value in content.items():
        if isinstance(value, Mapping):
            text += toml(value, f"{table}.{_json(key)}" if table else _json(key))
    return text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # JSON's escapes for rare characters are not TOML's
