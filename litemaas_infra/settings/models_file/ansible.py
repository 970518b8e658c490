"""The models files of LiteMaaS's Ansible role: variables that hold lists of models."""

import re
from collections.abc import Iterator
from typing import Any, Final

from litemaas_infra.settings.models_file.entries import Entry, given, listed
from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file.document import Document

KEYS: Final = ("ocp4_workload_litemaas_litellm_models", "ocp4_workload_litemaas_models_list")
_EXPRESSION: Final = re.compile(r"\{[{%#]")


def entries(document: Document) -> Iterator[Entry]:
    """The models of the file's lists. What only Ansible could evaluate is among the mistakes afterwards."""
    for key in KEYS:
        _refuse_expressions(document, document.value.get(key), (key,))
        for index, values in enumerate(listed(document, key)):
            yield Entry((key, index), given(values) if isinstance(values, dict) else values)


def _refuse_expressions(document: Document, value: Any, way: Way) -> None:
    if isinstance(value, str) and _EXPRESSION.search(value):
        document.mistake(way, "is an expression that only Ansible evaluates; write its value instead")
    for name, part in _parts(value):
        _refuse_expressions(document, part, (*way, name))


def _parts(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []
