"""A model as a file writes it, and the model it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from litemaas_infra.settings.models_file.yaml_lines import Document
from litemaas_infra.settings.words import Way, location, problem
from litemaas_infra.specs.model import ModelSpec

_REMEDIES: Final = {
    "missing": "add it to this model",
    "string_type": "put it in quotes",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
}


@dataclass(frozen=True)
class Entry:
    """A model's values by the names of ModelSpec, and where in the document they stand.

    `places` has what stands elsewhere than under its own name in the entry.
    """

    way: Way
    values: Any
    places: Mapping[str, Way] = field(default_factory=dict)

    def place(self, part: Way) -> Way:
        """Where in the document a part of the model stands, or would if it were there."""
        if not part:
            return self.way
        return (*self.places.get(str(part[0]), (*self.way, part[0])), *part[1:])


def listed(document: Document, key: str) -> list[Any]:
    """What a list at the top of the document holds; nothing if there is none."""
    found = document.value.get(key, [])
    if isinstance(found, list):
        return found
    document.mistake((key,), "is not a list of models; begin each model with - , or write [] for none")
    return []


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is set: null means unset, as in the files of LiteMaaS and LiteLLM."""
    return {name: value for name, value in values.items() if value is not None}


def validated(entry: Entry, document: Document) -> ModelSpec | None:
    """The model, or None with its mistakes among the document's."""
    try:
        return ModelSpec.model_validate(entry.values)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            document.mistake(_way(entry, detail, document), _told(detail))
        return None


def _way(entry: Entry, detail: ErrorDetails, document: Document) -> Way:
    way = entry.place(location(detail))
    while detail["type"] not in ("missing", "of_field") and way not in document.lines:
        # Pydantic's location also says which of a field's several types it tried.
        way = way[:-1]
    return way


def _told(detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return f"there is no such field; {_instead(str(location(detail)[-1]))}"
    told = problem(detail)
    return told if ";" in told else f"{told}; {_REMEDIES.get(detail['type'], 'change it in this line')}"


def _instead(name: str) -> str:
    close = get_close_matches(name, ModelSpec.model_fields, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"remove it (a model has: {', '.join(ModelSpec.model_fields)})"
