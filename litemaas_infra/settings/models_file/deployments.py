"""Names for the deployments that share a model_name, where a file gives them none."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final

from litemaas_infra.settings.models_file.entries import Entry

_WHERE: Final = (
    "litellm_model",
    "api_base",
    "organization",
    "aws_region_name",
    "vertex_project",
    "vertex_location",
)
"""What tells where a deployment runs: the rest of it can change without its becoming another one."""

Named = dict[str | None, Mapping[str, Any]]
"""The deployments of a model_name, by their names; the first has none."""


def named(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, each further one of a model_name with a `deployment` that follows from where it runs.

    So they may be put in another order. One that repeats an earlier one gets its name too, so that it is
    found to be listed twice.
    """
    seen: dict[str, Named] = {}
    for entry in entries:
        if isinstance(entry.values, Mapping):
            yield _named(entry, seen.setdefault(str(entry.values.get("model_name")), {}))
        else:
            yield entry


def _named(entry: Entry, earlier: Named) -> Entry:
    name = entry.values.get("deployment", _name(entry.values, earlier))
    earlier.setdefault(name, entry.values)
    return replace(entry, values={**entry.values, "deployment": name}) if name else entry


def _name(values: Mapping[str, Any], earlier: Named) -> str | None:
    if not earlier:
        return None
    for name, others in earlier.items():
        if others == values:
            return name
    where = json.dumps([values.get(name) for name in _WHERE])
    name = hashlib.sha256(where.encode()).hexdigest()[:8]
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in earlier else next(free for free in numbered if free not in earlier)
