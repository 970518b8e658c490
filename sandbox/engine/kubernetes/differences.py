"""What differs between an object as it is and the inputs for it, path by path."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["ADD", "DELETE", "UPDATE"]

PLAIN = re.compile(r"[A-Za-z_]\w*")
"""Names that a property path writes without quotes."""


@dataclass(frozen=True)
class Difference:
    """A change at `path`, written as Pulumi writes property paths: spec.ports[0].port, data["a.b"]."""

    path: str
    kind: Kind


def differences(old: Any, new: Any, path: str = "") -> Iterator[Difference]:
    """Every change that leads from `old` to `new`."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from _entry(old, new, key, _field(path, key))
    elif isinstance(old, list) and isinstance(new, list):
        before, after = dict(enumerate(old)), dict(enumerate(new))
        for index in range(max(len(old), len(new))):
            yield from _entry(before, after, index, f"{path}[{index}]")
    elif old != new:
        yield Difference(path, "UPDATE")


def _entry(old: dict[Any, Any], new: dict[Any, Any], key: Any, path: str) -> Iterator[Difference]:
    if key not in new:
        yield Difference(path, "DELETE")
    elif key not in old:
        yield Difference(path, "ADD")
    else:
        yield from differences(old[key], new[key], path)


def _field(path: str, key: str) -> str:
    if not PLAIN.fullmatch(key):
        return f'{path}["{key}"]'
    return f"{path}.{key}" if path else key


def within(path: str, roots: Iterator[str] | tuple[str, ...] | list[str]) -> bool:
    """Whether the path is one of `roots`, or lies below one."""
    return any(path == root or path.startswith((f"{root}.", f"{root}[")) for root in roots)


def with_empties(live: Any, sent: Any) -> Any:
    """The live value with the empty ones put back that were sent and that the server does not keep."""
    if not (isinstance(live, dict) and isinstance(sent, dict)):
        return live
    empties = {key: value for key, value in sent.items() if value in ({}, [])}
    return {**empties, **{key: with_empties(value, sent.get(key)) for key, value in live.items()}}
