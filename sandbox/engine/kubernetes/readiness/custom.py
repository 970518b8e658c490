"""Readiness as the annotation pulumi.com/waitFor puts it: a condition, or a JSONPath and its value."""

import json

import jsonpath

from sandbox.engine.kubernetes.errors import RefusedError
from sandbox.engine.kubernetes.objects import Object
from sandbox.engine.kubernetes.readiness.verdict import READY, Verdict, waiting
from sandbox.engine.kubernetes.readiness.workloads import condition


def custom(obj: Object, wanted: str) -> Verdict:
    """Ready when every expression of `wanted`, one or a JSON list of them, holds. Raises RefusedError."""
    for expression in _expressions(wanted):
        if not _holds(obj, expression):
            return waiting(f"{expression} does not hold yet")
    return READY


def _expressions(wanted: str) -> list[str]:
    try:
        parsed = json.loads(wanted)
    except ValueError:
        return [wanted]
    return [str(entry) for entry in parsed] if isinstance(parsed, list) else [wanted]


def _holds(obj: Object, expression: str) -> bool:
    kind, _, rest = expression.partition("=")
    if kind == "condition":
        name, _, value = rest.partition("=")
        return str(condition(obj, name).get("status", "")).lower() == (value or "True").lower()
    if kind == "jsonpath":
        return _path_holds(obj, rest)
    raise RefusedError(f"pulumi.com/waitFor: {expression!r} begins with neither `jsonpath=` nor `condition=`")


def _path_holds(obj: Object, expression: str) -> bool:
    path, _, value = expression.rpartition("}")
    if not path.startswith("{"):
        raise RefusedError(
            f"pulumi.com/waitFor: {expression!r} is no JSONPath in braces, like {{.status.phase}}"
        )
    try:
        found = jsonpath.findall(f"$.{path.lstrip('{').lstrip('.')}", obj)
    except jsonpath.JSONPathError as error:
        raise RefusedError(f"pulumi.com/waitFor: {expression!r}: {error}") from error
    wanted = value.removeprefix("=")
    return any(str(entry) == wanted for entry in found) if wanted else bool(found)
