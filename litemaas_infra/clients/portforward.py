"""A port of a pod, reached through the Kubernetes API; nothing has to be exposed for it."""

import asyncio
import errno
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

from kr8s.asyncio.objects import Pod
from kr8s.asyncio.portforward import PortForward

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.errors import DatabaseUnreachable

_CLOSING = 3.0
"""Seconds given to a connection to say goodbye."""
_TRIES = 5
"""Ports of this machine to try: one that was free may be taken before it is listened on."""


@contextmanager
def forwarded(cluster: Cluster, namespace: str, pod: str, port: int) -> Iterator[int]:
    """A port of 127.0.0.1 that leads to the pod's. Raises DatabaseUnreachable if the pod isn't ready."""
    found = cluster.get("v1", f"pods/{pod}", namespace)
    if found is None or not _is_ready(found):
        raise DatabaseUnreachable(f"pod {pod} in namespace {namespace} is not ready: {_why(found)}")
    local_port, opened = cluster.call(lambda: _open(cluster, found, port))
    try:
        yield local_port
    finally:
        cluster.call(lambda: _close(opened))


async def _open(cluster: Cluster, pod: Object, port: int, tries: int = _TRIES) -> tuple[int, AsyncExitStack]:
    forward = PortForward(Pod(dict(pod), api=cluster.api), remote_port=port, local_port="auto")
    opened = AsyncExitStack()
    try:
        # Not by kr8s' own start, in the background: that tells nobody when it cannot listen.
        return await opened.enter_async_context(forward), opened
    except OSError as error:
        if error.errno != errno.EADDRINUSE or tries == 1:
            raise
    return await _open(cluster, pod, port, tries - 1)


async def _close(opened: AsyncExitStack) -> None:
    await opened.aclose()
    # What still carries data ends by itself now that its connection is closed. Left alone, it would be cut
    # off with the loop, and asyncio would print that to the user's terminal.
    carrying = [task for task in asyncio.all_tasks() if "_sync_sockets" in repr(task.get_coro())]
    if carrying:
        await asyncio.wait(carrying, timeout=_CLOSING)


def _is_ready(pod: Object) -> bool:
    return any(c["type"] == "Ready" and c["status"] == "True" for c in _status(pod).get("conditions", []))


def _why(pod: Object | None) -> str:
    if pod is None:
        return "there is no such pod; see `oc get statefulset,events`"
    for container in _status(pod).get("containerStatuses", []):
        waiting = container["state"].get("waiting") or container["state"].get("terminated")
        if waiting:
            return f"{waiting.get('reason')}: {waiting.get('message', 'no message')}"
    unmet = [c for c in _status(pod).get("conditions", []) if c["status"] != "True" and c.get("message")]
    return str(unmet[0]["message"]) if unmet else f"it is {_status(pod).get('phase', 'unknown')}"


def _status(pod: Object) -> Object:
    status: Object = pod.get("status") or {}
    return status
