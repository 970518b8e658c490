"""All models of a stack together: what no single one can tell is wrong."""

from collections.abc import Iterator, Sequence

from litemaas_infra.names import PROJECT
from litemaas_infra.specs.model import ModelSpec

Placed = tuple[str, ModelSpec]
"""A model, and the place that people find it at: a setting's path, or a line of a file."""


def conflicts(models: Sequence[Placed]) -> Iterator[str]:
    """What is wrong between the models, each with the places concerned and what mends it."""
    first: dict[tuple[str, str | None], str] = {}
    for place, spec in models:
        also = first.setdefault((spec.model_name, spec.deployment), place)
        if also != place:
            yield f"{place}: is the model of {also} again; {_removal(place)}, or give it a `deployment`"
    for place, spec in models:
        if (spec.model_name, None) not in first:
            yield f"{place}: is a further deployment of a model without a first; remove its `deployment`"


def _removal(place: str) -> str:
    return f"pulumi config rm --path '{place}'" if place.startswith(f"{PROJECT}:") else "remove one of them"
