"""Deleting objects, and waiting until they are gone."""

from sandbox.engine.kubernetes.api import NOT_FOUND, Cluster
from sandbox.engine.kubernetes.awaiting import Waiting, limit
from sandbox.engine.kubernetes.errors import ApiError, ProviderError
from sandbox.engine.kubernetes.objects import Object, annotation, identity
from sandbox.engine.kubernetes.state import State

POLICIES = {"orphan": "Orphan", "background": "Background"}

SKIPPING = frozenset({"Namespace", "Pod", "DaemonSet", "Deployment", "StatefulSet", "Job"})
"""Kinds whose annotation to skip the wait counts for deletion too, as with the real provider."""


def delete(state: State, cluster: Cluster, waiting: Waiting, seconds: float) -> None:
    """Delete the object and wait until it is gone; nothing to do if it is. Raises ProviderError."""
    live, inputs = state.live, state.inputs
    if cluster.find(live) is None:
        return
    try:
        cluster.delete(live, _policy(inputs))
    except ApiError as error:
        if error.code != NOT_FOUND:
            raise
        return
    if annotation(inputs, "skipAwait") == "true" and live["kind"] in SKIPPING:
        return
    if left := waiting.until_gone(live, limit(inputs, seconds)):
        raise ProviderError(f"{live['kind']} {identity(live)}: {left}")


def _policy(inputs: Object) -> str:
    return POLICIES.get(annotation(inputs, "deletionPropagationPolicy").lower(), "Foreground")
