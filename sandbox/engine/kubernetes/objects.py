"""Kubernetes objects as the provider sees them: identity, annotations, and one form for equal inputs."""

import base64
from typing import Any

from sandbox.engine.kubernetes.quantities import canonical_amounts
from sandbox.engine.kubernetes.wire import is_unknown

Object = dict[str, Any]
"""A Kubernetes object, or inputs for one, as JSON has it."""

SERVER_FILLED = (
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "uid",
)
"""Metadata that only the API server writes."""

MERGE_KEYS = ("name", "mountPath", "containerPort", "port", "key")
"""Fields that tell a list's items apart; the first that all items have, each another, is taken."""


def metadata(obj: Object) -> dict[str, Any]:
    """The object's metadata; empty if it has none, or none that is known yet."""
    found = obj.get("metadata")
    return found if isinstance(found, dict) else {}


def name(obj: Object) -> str:
    """The object's name; empty if it has none."""
    return str(metadata(obj).get("name") or "")


def namespace(obj: Object) -> str:
    """The object's namespace; empty if it has none."""
    return str(metadata(obj).get("namespace") or "")


def identity(obj: Object) -> str:
    """Pulumi's id of the object: namespace/name, or the name alone."""
    return f"{namespace(obj)}/{name(obj)}" if namespace(obj) else name(obj)


def annotation(obj: Object, key: str) -> str:
    """The value of the annotation pulumi.com/`key`; empty if there is none."""
    annotations = metadata(obj).get("annotations")
    return str(annotations.get(f"pulumi.com/{key}", "")) if isinstance(annotations, dict) else ""


def is_secret_kind(obj: Object) -> bool:
    """Whether all the object's data is secret."""
    return obj.get("kind") == "Secret" and obj.get("apiVersion") == "v1"


def normalise(inputs: Object) -> Object:
    """Inputs in the one form that equal inputs share: no nulls, canonical quantities, encoded data."""
    shaped: Object = _without_nulls(inputs)
    if isinstance(shaped.get("metadata"), dict):
        shaped["metadata"] = {key: v for key, v in shaped["metadata"].items() if key not in SERVER_FILLED}
    if shaped.get("kind") == "CustomResourceDefinition":
        shaped = _dashed(shaped)
    if _is_builtin(shaped):
        shaped = canonical_amounts(shaped)
    return _encode_data(shaped) if is_secret_kind(shaped) else shaped


def _is_builtin(obj: Object) -> bool:
    group = str(obj.get("apiVersion", "")).rpartition("/")[0]
    return group != "apiextensions.k8s.io" and ("." not in group or group.endswith(".k8s.io"))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value] if isinstance(value, list) else value


def _dashed(value: Any) -> Any:
    # The SDK cannot write x-kubernetes-preserve-unknown-fields as a name of Python's.
    if isinstance(value, list):
        return [_dashed(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key.replace("_", "-") if key.startswith("x_kubernetes_") else key: _dashed(inner)
        for key, inner in value.items()
    }


def _encode_data(inputs: Object) -> Object:
    # As the API server does; a value that is not known yet stays unknown under its own key.
    plain = inputs.get("stringData")
    if not isinstance(plain, dict):
        return inputs
    data = {**(inputs.get("data") or {}), **{key: _encoded(value) for key, value in plain.items()}}
    return {**{key: value for key, value in inputs.items() if key != "stringData"}, "data": data}


def _encoded(value: Any) -> str:
    return str(value) if is_unknown(value) else base64.b64encode(str(value).encode()).decode()


def prune(live: Any, like: Any) -> Any:
    """The live value cut down to what `like` mentions, so that what a cluster adds is no difference."""
    if isinstance(live, dict) and isinstance(like, dict):
        return {key: _pruned(key, inner, like[key]) for key, inner in live.items() if key in like}
    if isinstance(live, list) and isinstance(like, list):
        return _prune_list(live, like)
    return live


def _pruned(key: str, live: Any, like: Any) -> Any:
    if key == "finalizers" and isinstance(live, list) and isinstance(like, list):
        return [item for item in like if item in live]  # controllers add their own
    return prune(live, like)


def _prune_list(live: list[Any], like: list[Any]) -> list[Any]:
    key = _merge_key(live, like)
    if key is None:
        return [prune(item, like[index] if index < len(like) else item) for index, item in enumerate(live)]
    found = {item[key]: item for item in live}
    return [prune(found[item[key]], item) for item in like if item[key] in found]


def _merge_key(live: list[Any], like: list[Any]) -> str | None:
    return next((key for key in MERGE_KEYS if _distinct(live, key) and _distinct(like, key)), None)


def _distinct(items: list[Any], key: str) -> bool:
    if not items or not all(
        isinstance(item, dict) and isinstance(item.get(key), str | int) for item in items
    ):
        return False
    return len({item[key] for item in items}) == len(items)
