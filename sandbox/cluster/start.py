"""Starting a cluster on an empty machine: network, configuration, components, until its node takes pods."""

import time
from collections.abc import Callable
from pathlib import Path

from sandbox.cluster import certificates, components, configuration, network, processes, tunables
from sandbox.cluster.api import Cluster
from sandbox.cluster.components import Component
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.names import NETWORK
from sandbox.cluster.progress import Step
from sandbox.paths import CACHE, NAME

KEPT_LOGS = CACHE / "logs" / NAME
"""Where the logs of an `up` that failed are kept, for what is in RUN is removed."""

POLL = 0.1
"""Seconds between two looks at something that is waited for."""

CGROUP_CONTROLLERS = frozenset(
    {"cpu", "cpuacct", "cpuset", "memory", "pids", "devices", "freezer", "blkio", "io", "hugetlb", "systemd"}
)
"""Those that the kubelet uses, of either version."""


def prepare(run: Path, plugins: Path) -> None:
    """Moves this process into a new network and writes what the components read."""
    tunables.note(run / "sysctls.json")
    network.enter_new()
    certificates.create(run / "pki")
    configuration.write(run, plugins)
    _pods_cgroup()


def start(component: Component, run: Path) -> None:
    """Starts a component; it is in this process's network."""
    processes.start(component.name, component.command, run, component.environment)


def wait(step: Step, what: str, condition: Callable[[], bool], seconds: float, run: Path) -> None:
    """Waits until the condition holds. Raises SandboxError when a component dies meanwhile, or time is up."""
    step.detail = f"waiting for {what}"
    deadline = time.monotonic() + seconds
    while not condition():
        check_alive(run)
        if time.monotonic() > deadline:
            raise SandboxError(
                f"gave up waiting for {what} after {seconds:.0f} s; the logs are in {run / 'log'}"
            )
        time.sleep(POLL)


def control_plane(kube: Path, run: Path, step: Step) -> Cluster:
    """Starts what holds the cluster's state, until the API is ready."""
    for component in (
        components.etcd(kube, run),
        components.apiserver(kube, run),
        components.containerd(run),
    ):
        start(component, run)
    cluster = Cluster(run)
    wait(step, "the API server", cluster.ready, 60, run)
    return cluster


def node(kube: Path, run: Path, cluster: Cluster, step: Step) -> None:
    """Starts what works on that state, until the node takes pods."""
    parts = (components.kubelet, components.controller_manager, components.scheduler, components.proxy)
    for part in (*parts, components.coredns):
        start(part(kube, run), run)
    wait(step, "the node to be Ready", cluster.node_ready, 60, run)


def settle(cluster: Cluster, run: Path, step: Step) -> None:
    """Waits until pods may be made, which needs a service account; everything must be alive then."""
    account = "/api/v1/namespaces/default/serviceaccounts/default"
    wait(step, "service accounts", lambda: cluster.get(account) is not None, 60, run)
    check_alive(run)


def check_alive(run: Path) -> None:
    """Raises SandboxError, with the end of its log, when a component has ended."""
    for process in processes.noted(run):
        if not process.alive:
            log = f"{process.name}.log"
            end = "\n".join(f"  {line}" for line in processes.last_lines(run / "log" / log))
            raise SandboxError(f"{process.name} ended; its log, {KEPT_LOGS / log}, says:\n{end}")


def _pods_cgroup() -> None:
    """The kubelet wants its parent cgroup to exist, with version 1 in every hierarchy."""
    unified = processes.CGROUPS / "cgroup.controllers"
    if unified.exists():
        wanted = [f"+{name}" for name in unified.read_text().split() if name in CGROUP_CONTROLLERS]
        (processes.CGROUPS / "cgroup.subtree_control").write_text(" ".join(wanted))
    for hierarchy in [processes.CGROUPS] if unified.exists() else _hierarchies():
        (hierarchy / NETWORK).mkdir(exist_ok=True)


def _hierarchies() -> list[Path]:
    return [folder for name in CGROUP_CONTROLLERS if (folder := processes.CGROUPS / name).is_dir()]
