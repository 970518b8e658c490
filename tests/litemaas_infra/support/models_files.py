"""Files of models: written from models, and read as the settings read them."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from litemaas_infra.settings.models_file import ModelsFile, read
from litemaas_infra.specs.deployment import INFO, PARAMS
from litemaas_infra.specs.fields import fields_of
from litemaas_infra.specs.model import ModelSpec

ANSIBLE = "ocp4_workload_litemaas_litellm_models"
FILE = "models.yml"


def read_text(text: str | bytes) -> ModelsFile:
    """What a file with this content is read as."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(text.encode() if isinstance(text, str) else text)
        return read(FILE, Path(folder))


def mistakes(text: str | bytes) -> list[str]:
    """What is wrong with a file, each without the file's name, which it begins with."""
    found = read_text(text)
    assert all(mistake.startswith(f"{FILE}:") for mistake in found.mistakes)
    return [mistake.removeprefix(f"{FILE}:").strip() for mistake in found.mistakes]


def mistake(text: str | bytes) -> str:
    """The only thing that is wrong with a file."""
    (only,) = mistakes(text)
    return only


def specs(text: str) -> list[ModelSpec]:
    """The models of a file that has no mistake."""
    found = read_text(text)
    assert found.mistakes == ()
    return [spec for _, spec in found.models]


def as_ansible(models: Iterable[ModelSpec]) -> str:
    """The models as the Ansible role's variables; what is unset is null there."""
    return _dumped({ANSIBLE: [fields_of(spec) for spec in models]})


def as_config(models: Iterable[ModelSpec]) -> str:
    """The models as LiteLLM's config.yaml has them."""
    return _dumped({"model_list": [_item(fields_of(spec)) for spec in models]})


def _item(fields: dict[str, Any]) -> dict[str, Any]:
    params = {name: fields.pop(field) for name, field in PARAMS.items()}
    info = {name: fields.pop(field) for name, field in INFO.items()}
    params |= fields.pop("params") | fields.pop("secret_params")
    return {
        "model_name": fields.pop("model_name"),
        "litellm_params": params,
        "model_info": {**info, **fields.pop("model_info"), **fields},
    }


def _dumped(value: Any) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
