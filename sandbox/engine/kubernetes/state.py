"""What Pulumi keeps of an object: its live form, the inputs it was made from, and who applied them."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sandbox.engine.kubernetes.objects import Object, annotation, is_secret_kind, metadata, normalise
from sandbox.engine.kubernetes.wire import conceal, reveal, secret

INPUTS, VERSION, MANAGER = "__inputs", "__initialApiVersion", "__fieldManager"
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


@dataclass(frozen=True)
class State:
    """An object's properties in Pulumi's state, secrets revealed."""

    inputs: Object
    live: Object
    version: str
    manager: str

    @classmethod
    def read(cls, properties: dict[str, Any]) -> "State":
        """The state in the engine's `properties`, as `decode` gives them."""
        plain = reveal(properties)
        live = {key: value for key, value in plain.items() if key not in (INPUTS, VERSION, MANAGER)}
        inputs = normalise(plain.get(INPUTS) or {})
        return cls(inputs, live, str(plain.get(VERSION, "")), str(plain.get(MANAGER, "")))


def manager(inputs: Object, state: State | None, urn: str) -> str:
    """On whose behalf the object is applied; the same for a resource even if Pulumi's state was lost."""
    derived = f"pulumi-kubernetes-{hashlib.sha256(urn.encode()).hexdigest()[:8]}"
    return annotation(inputs, "patchFieldManager") or (state.manager if state else "") or derived


def checkpoint(inputs: Object, live: Object, like: Any, *, manager: str, version: str) -> dict[str, Any]:
    """The properties for Pulumi's state, secret wherever `like` is, and all of a Secret's data."""
    return {
        **concealed(_tidy(live), like),
        INPUTS: concealed(inputs, like),
        VERSION: version,
        MANAGER: manager,
    }


def concealed(obj: Object, like: Any) -> Object:
    """The object with envelopes wherever `like` has them, and around all of a Secret's data."""
    hidden: Object = conceal(obj, like)
    if not is_secret_kind(obj):
        return hidden
    return {key: secret(value) if key in ("data", "stringData") else value for key, value in hidden.items()}


def _tidy(live: Object) -> Object:
    # kubectl repeats a Secret's data in an annotation, which no envelope would cover.
    annotations = metadata(live).get("annotations") or {}
    if not is_secret_kind(live) or LAST_APPLIED not in annotations:
        return live
    kept = {key: value for key, value in annotations.items() if key != LAST_APPLIED}
    return {**live, "metadata": {**metadata(live), "annotations": kept}}
