"""Fields that a program leaves to others: they keep the value that the cluster has."""

import copy
import re
from collections.abc import Sequence
from typing import Any

from sandbox.engine.kubernetes.objects import Object

STEP = re.compile(r"""\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.\[\]]+)""")
"""One step of a property path: [0], ["a.b"] or a name."""

Step = str | int
MISSING = object()


def keep(inputs: Object, live: Object, paths: Sequence[str]) -> Object:
    """The inputs with the live values at `paths`, Pulumi's property paths, where the cluster has any."""
    kept = copy.deepcopy(inputs)
    for path in paths:
        value = _at(live, steps(path))
        if value is not MISSING:
            _put(kept, steps(path), value)
    return kept


def steps(path: str) -> list[Step]:
    """The path's steps: a number for a list's item, text for a field."""
    return [int(index) if index else quoted or name for index, quoted, name in STEP.findall(path)]


def _at(value: Any, path: list[Step]) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return MISSING
    return value


def _put(target: Any, path: list[Step], value: Any) -> None:
    parent: Any = _at(target, path[:-1])
    fits = isinstance(parent, dict) or (isinstance(parent, list) and _at(target, path) is not MISSING)
    if fits:
        parent[path[-1]] = value
