"""A port of a pod or a Service, reached through the Kubernetes API; nothing has to be exposed for it."""

import asyncio
import errno
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any

from kr8s.asyncio.objects import Pod, Service
from kr8s.asyncio.portforward import PortForward

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.errors import DatabaseUnreachable, GatewayUnreachable, LiteMaaSError, NotInCluster

_CLOSING = 3.0
"""Seconds given to a connection to say goodbye."""
_TRIES = 5
"""Ports of this machine to try: one that was free may be taken before it is listened on."""


@contextmanager
def forwarded(cluster: Cluster, namespace: str, pod: str, port: int) -> Iterator[int]:
    """A port of 127.0.0.1 that leads to the pod's. Raises DatabaseUnreachable if the pod isn't ready."""
    found = cluster.get("v1", f"pods/{pod}", namespace)
    if found is None or not is_ready(found):
        raise DatabaseUnreachable(f"pod {pod} in namespace {namespace} is not ready: {_why(found)}")
    with _opened(cluster, Pod(dict(found), api=cluster.api), port) as local_port:
        yield local_port


@contextmanager
def forwarded_service(
    cluster: Cluster,
    namespace: str,
    name: str,
    port: int,
    *,
    unready: type[LiteMaaSError] = GatewayUnreachable,
    missing: str = "`pulumi up` makes it",
) -> Iterator[int]:
    """The same for a Service and its port: each connection leads to a pod of it that is ready.

    Raises `unready` if none is, and NotInCluster, which ends with what mends it, for a `missing` Service.
    """
    found = cluster.get("v1", f"services/{name}", namespace)
    if found is None:
        raise NotInCluster(f"Service {name} is not in namespace {namespace}; {missing}")
    labels = (found.get("spec") or {}).get("selector") or {"app": name}
    selector = ",".join(f"{key}={value}" for key, value in labels.items())
    pods = cluster.items("v1", "pods", namespace, labelSelector=selector)
    ready = [pod for pod in pods if is_ready(pod)]
    if not ready:
        reason = _why(pods[0] if pods else None)
        raise unready(f"no pod of Service {name} in namespace {namespace} is ready: {reason}")
    with _opened(
        cluster, Service(dict(found), api=cluster.api), _of_pod(ready[0], found, port)
    ) as local_port:
        yield local_port


def _of_pod(pod: Object, service: Object, port: int) -> int:
    """The pod's own port behind a Service's, which may have another number or a name."""
    ports = (service.get("spec") or {}).get("ports") or []
    target = next((p.get("targetPort", port) for p in ports if p.get("port") == port), port)
    containers = (pod.get("spec") or {}).get("containers") or []
    named = {p.get("name"): p["containerPort"] for c in containers for p in c.get("ports") or []}
    return int(named.get(target, target))


@contextmanager
def _opened(cluster: Cluster, target: Pod | Service, port: int) -> Iterator[int]:
    local_port, forward, opened = cluster.call(lambda: _open(target, port))
    try:
        yield local_port
    finally:
        cluster.call(lambda: _close(forward, opened))


async def _open(
    target: Pod | Service, port: int, tries: int = _TRIES
) -> tuple[int, PortForward, AsyncExitStack]:
    forward = PortForward(target, remote_port=port, local_port="auto")
    opened = AsyncExitStack()
    try:
        # Not by kr8s' own start, in the background: that tells nobody when it cannot listen.
        return await opened.enter_async_context(forward), forward, opened
    except OSError as error:
        if error.errno != errno.EADDRINUSE or tries == 1:
            raise
    return await _open(target, port, tries - 1)


async def _close(forward: PortForward, opened: AsyncExitStack) -> None:
    await opened.aclose()
    # What still carries data ends by itself now that its connection is closed. Left alone, it would be cut
    # off with the loop, and asyncio would print that to the user's terminal.
    carrying = [task for task in asyncio.all_tasks() if _carries(task, forward)]
    if carrying:
        await asyncio.wait(carrying, timeout=_CLOSING)


def _carries(task: asyncio.Task[Any], forward: PortForward) -> bool:
    frame = getattr(task.get_coro(), "cr_frame", None)
    return frame is not None and frame.f_code.co_name == "_sync_sockets" and frame.f_locals["self"] is forward


def is_ready(pod: Object) -> bool:
    """Whether Kubernetes sends the pod requests, which it does to none that is on its way out."""
    staying = "deletionTimestamp" not in (pod.get("metadata") or {})
    conditions = _status(pod).get("conditions", [])
    return staying and any(c["type"] == "Ready" and c["status"] == "True" for c in conditions)


def _why(pod: Object | None) -> str:
    if pod is None:
        return "there is no such pod; see `kubectl get deployments,statefulsets,events`"
    for container in _status(pod).get("containerStatuses", []):
        waiting = container["state"].get("waiting") or container["state"].get("terminated")
        if waiting:
            return f"{waiting.get('reason')}: {waiting.get('message', 'no message')}"
    unmet = [c for c in _status(pod).get("conditions", []) if c["status"] != "True" and c.get("message")]
    return str(unmet[0]["message"]) if unmet else f"it is {_status(pod).get('phase', 'unknown')}"


def _status(pod: Object) -> Object:
    status: Object = pod.get("status") or {}
    return status
