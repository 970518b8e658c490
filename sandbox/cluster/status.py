"""How the sandbox is."""

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.cluster import kernel, processes, state
from sandbox.cluster.api import Cluster, is_true
from sandbox.cluster.names import NETWORK_FILE, NODE
from sandbox.paths import RUN


@dataclass(frozen=True)
class Status:
    """All that `sandbox status` says; healthy when `problems` is empty."""

    flavour: str | None
    node_ready: bool
    components: dict[str, dict[str, Any]]
    pods_not_ready: list[str]
    images: list[str]
    problems: list[str]


def report(*, as_json: bool) -> int:
    """Prints the status; the exit code tells whether the sandbox is healthy."""
    found = inspect()
    if as_json:
        sys.stdout.write(json.dumps(asdict(found), indent=2) + "\n")
    else:
        sys.stdout.write(describe(found) + "\n")
    return 1 if found.problems else 0


def problems() -> list[str]:
    """What is wrong; empty when the sandbox is healthy."""
    return inspect().problems


def inspect() -> Status:
    """Looks at everything; moves this process into the sandbox's network to ask the API."""
    sandbox = state.load()
    if sandbox is None or not NETWORK_FILE.exists():
        return Status(
            None, node_ready=False, components={}, pods_not_ready=[], images=[], problems=["it is not up"]
        )
    components = {p.name: {"pid": p.pid, "alive": p.alive} for p in processes.noted(RUN)}
    kernel.enter_network(NETWORK_FILE)
    cluster = Cluster(RUN)
    node = cluster.get(f"/api/v1/nodes/{NODE}")
    status = Status(
        sandbox.flavour,
        node_ready=is_true("Ready", node),
        components=components,
        pods_not_ready=[_name(pod) for pod in cluster.pods() if not _well(pod)],
        images=_images(node),
        problems=[
            f"{name} ended, see {RUN}/log/{name}.log" for name, c in components.items() if not c["alive"]
        ],
    )
    if not status.node_ready:
        status.problems.append(f"node {NODE} is not Ready")
    return status


def describe(status: Status) -> str:
    """The status for people."""
    if status.flavour is None:
        return "The sandbox is not up."
    lines = [f"flavour {status.flavour}; node {NODE} {'Ready' if status.node_ready else 'not Ready'}"]
    for name, component in status.components.items():
        lines.append(f"  {name:20} {'pid ' + str(component['pid']) if component['alive'] else 'ended'}")
    lines += [f"  pod not ready: {pod}" for pod in status.pods_not_ready]
    lines += [f"  image {name}" for name in status.images]
    lines += [f"problem: {problem}" for problem in status.problems]
    return "\n".join(lines)


def _name(pod: dict[str, Any]) -> str:
    return f"{pod['metadata']['namespace']}/{pod['metadata']['name']} ({pod['status'].get('phase')})"


def _well(pod: dict[str, Any]) -> bool:
    return pod["status"].get("phase") == "Succeeded" or is_true("Ready", pod)


def _images(node: dict[str, Any] | None) -> list[str]:
    images = (node or {}).get("status", {}).get("images", [])
    return sorted(name for image in images for name in image["names"] if "@" not in name)
