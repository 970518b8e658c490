"""Objects as the cluster has them now, for refresh and import."""

import threading
from dataclasses import dataclass
from typing import Any

from sandbox.engine.kubernetes.api import Cluster
from sandbox.engine.kubernetes.awaiting import Waiting
from sandbox.engine.kubernetes.checking import token
from sandbox.engine.kubernetes.differences import with_empties
from sandbox.engine.kubernetes.errors import NotReadyError
from sandbox.engine.kubernetes.objects import Object, metadata, normalise, prune
from sandbox.engine.kubernetes.state import LAST_APPLIED, State, checkpoint, concealed, manager
from sandbox.engine.kubernetes.wire import reveal

SERVER_ANNOTATIONS = (LAST_APPLIED, "deployment.kubernetes.io/revision")


@dataclass(frozen=True)
class Read:
    """One object to read; `properties` and `inputs` are empty when it is imported."""

    urn: str
    identity: str
    properties: dict[str, Any]
    inputs: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """The object's properties and the inputs that would make it so."""

    properties: dict[str, Any]
    inputs: dict[str, Any]


def read(asked: Read, cluster: Cluster) -> Found | None:
    """The object now; None if it is gone. Raises NotReadyError if it is there, but not ready."""
    state = State.read(asked.properties)
    known = normalise(reveal(asked.inputs))
    live = cluster.find(_target(asked, known, state))
    if live is None:
        return None
    inputs = with_empties(prune(_without_status(live), known), known) if known else _importable(live)
    properties = checkpoint(
        inputs,
        live,
        asked.inputs,
        manager=manager(inputs, state, asked.urn),
        version=state.version or str(live["apiVersion"]),
    )
    found = Found(properties, concealed(inputs, asked.inputs))
    outcome = Waiting(cluster, threading.Event(), lambda _: None).once(live, known)
    if known and outcome.reasons:
        raise NotReadyError(asked.identity, found.properties, found.inputs, list(outcome.reasons))
    return found


def _target(asked: Read, known: Object, state: State) -> Object:
    space, _, name = asked.identity.rpartition("/")
    _, version, kind = token(asked.urn).split(":")
    return {
        "apiVersion": known.get("apiVersion")
        or state.live.get("apiVersion")
        or version.removeprefix("core/"),
        "kind": known.get("kind") or state.live.get("kind") or kind,
        "metadata": {"name": name, **({"namespace": space} if space else {})},
    }


def _without_status(live: Object) -> Object:
    return {key: value for key, value in live.items() if key != "status"}


def _importable(live: Object) -> Object:
    inputs = normalise(_without_status(live))
    annotations = {
        key: value
        for key, value in (metadata(inputs).get("annotations") or {}).items()
        if key not in SERVER_ANNOTATIONS
    }
    kept = {key: value for key, value in metadata(inputs).items() if key != "annotations"}
    return {**inputs, "metadata": {**kept, **({"annotations": annotations} if annotations else {})}}
