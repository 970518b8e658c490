"""All models of a stack together: what no single one can tell is wrong."""

from collections.abc import Iterable, Iterator, Sequence

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


def taken(models: Sequence[Placed], configured: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The models that the gateway's configuration has too, which has its model_names by their places."""
    registered: dict[str, str] = {}
    for place, spec in models:
        registered.setdefault(spec.model_name, place)
    for place, model_name in configured:
        if model_name in registered:
            also = registered[model_name]
            yield f"{place}: is the model of {also} too, and users would get either; {_removal(also)}"


def _removal(place: str) -> str:
    return f"pulumi config rm --path '{place}'" if place.startswith(f"{PROJECT}:") else "remove one of them"
