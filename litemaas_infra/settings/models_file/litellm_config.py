"""The `model_list` of a LiteLLM config.yaml, each entry under the names that our models have."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from litemaas_infra.settings.models_file.deployments import named
from litemaas_infra.settings.models_file.entries import Entry, given, listed
from litemaas_infra.settings.models_file.secret_params import secret_names
from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file.document import Document
from litemaas_infra.specs.deployment import INFO, PARAMS
from litemaas_infra.specs.model import ModelSpec

KEY: Final = "model_list"
_PRICES: Final = {"input_cost_per_token", "output_cost_per_token"}
_OWN: Final = set(ModelSpec.model_fields) - {"model_name", "params", "secret_params", "model_info"}
_FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "litellm_params": PARAMS,
    # LiteLLM takes prices in either place. All else that we can say of a model, its description for
    # instance, it leaves alone there.
    "model_info": {**{name: name for name in _OWN - set(PARAMS.values()) | _PRICES}, **INFO},
}
"""The field of ours that a name of LiteLLM's stands for."""
_OTHER: Final = {"litellm_params": "model_info", "model_info": "litellm_params"}
_NOT_KEPT: Final = {
    "id": "a model's id follows from its name",
    "db_model": "every model of this stack is kept in the database",
}


def entries(document: Document) -> Iterator[Entry]:
    """The models of the list. What has no place in it is among the mistakes afterwards."""
    items = enumerate(listed(document, KEY))
    yield from named([_entry(document, item, (KEY, index)) for index, item in items])


def _entry(document: Document, item: Any, way: Way) -> Entry:
    if not isinstance(item, dict):
        return Entry(way, item)
    for name in item.keys() - {"model_name", *_FIELDS}:
        document.mistake((*way, name), "has no place here; move it into litellm_params or model_info")
    return _Reading(document, way).entry(item)


class _Reading:
    """One entry while it is sorted into fields of ours and what is passed on."""

    def __init__(self, document: Document, way: Way) -> None:
        self.document = document
        self.way = way
        self.values: dict[str, Any] = {}
        self.places: dict[str, Way] = {}
        for group, fields in _FIELDS.items():
            for name, field in fields.items():
                self.places.setdefault(field, (*way, group, name))

    def entry(self, item: Mapping[str, Any]) -> Entry:
        params, info = (self._rest(group, item.get(group)) for group in _FIELDS)
        secret = secret_names(params)
        self.places |= dict.fromkeys(("params", "secret_params"), (*self.way, "litellm_params"))
        values = {
            "model_name": item.get("model_name"),
            "params": {name: value for name, value in params.items() if name not in secret},
            "secret_params": {name: value for name, value in params.items() if name in secret},
            "model_info": info,
            **_provider(self.values.get("litellm_model")),
            **self.values,
        }
        return Entry(self.way, given(values), self.places)

    def _rest(self, group: str, content: Any) -> dict[str, Any]:
        """What is passed on of a group, once the fields of ours are taken."""
        if content is not None and not isinstance(content, dict):
            self.document.mistake((*self.way, group), "is not a map; indent its names and values below it")
        content = given(content) if isinstance(content, dict) else {}
        return {name: value for name, value in content.items() if not self._taken(group, name, value)}

    def _taken(self, group: str, name: str, value: Any) -> bool:
        place, field = (*self.way, group, name), _FIELDS[group].get(name)
        if field in self.values:
            line = self.document.line(self.places[field])
            self.document.mistake(place, f"is said in line {line} already; keep one of them")
        elif field:
            self.values[field], self.places[field] = value, place
        elif name in _FIELDS[_OTHER[group]].values():
            self.document.mistake(place, f"has no place here; move it into {_OTHER[group]}")
        elif group == "model_info" and name in _NOT_KEPT:
            self.document.note(place, f"is not kept: {_NOT_KEPT[name]}")
        else:
            return False
        return True


def _provider(litellm_model: Any) -> dict[str, str]:
    """What the backend, too, makes of a model that LiteLLM alone describes."""
    provider, slash, _ = str(litellm_model).partition("/")
    return {"provider": provider} if slash and provider else {}
