"""A model as a file writes it, and the model it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file import Document, validity
from litemaas_infra.specs.model import ModelSpec


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
        validity(document, error, entry.place, lambda name: f"there is no such field; {_instead(name)}")
        return None


def _instead(name: str) -> str:
    close = get_close_matches(name, ModelSpec.model_fields, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"remove it (a model has: {', '.join(ModelSpec.model_fields)})"
