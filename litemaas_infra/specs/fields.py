"""A model as the flat record that Pulumi keeps: one field, one value, one line in a diff."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Secret, SecretStr

from litemaas_infra.specs.model import ModelSpec

Fields = dict[str, Any]

SECRETS: Final = (
    "api_key",
    "aws_access_key_id",
    "aws_secret_access_key",
    "vertex_credentials",
    "secret_params",
)
"""The fields that Pulumi keeps encrypted, and nobody else is shown."""
IDENTITY: Final = ("model_name", "deployment")
"""The fields that make a model this model and no other."""
NAMES: Final = tuple(ModelSpec.model_fields)
"""Every field, in the order people read them."""


def fields_of(spec: ModelSpec) -> Fields:
    """Every field of the spec, secrets in plain: the caller must mark them."""
    return {name: _plain(getattr(spec, name)) for name in NAMES}


def spec_of(fields: Mapping[str, Any]) -> ModelSpec:
    """The spec a record stands for. Raises pydantic's ValidationError when it stands for none."""
    given = {name: whole(fields.get(name)) for name in NAMES}
    return ModelSpec.model_validate({name: value for name, value in given.items() if value is not None})


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of the fields that differ, an absent field counting as none."""
    return [name for name in NAMES if whole(old.get(name)) != whole(new.get(name))]


def whole(value: Any) -> Any:
    """The value with 120.0 read as 120: Pulumi and JSON have one kind of number."""
    if isinstance(value, Mapping):
        return {key: whole(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [whole(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _plain(value: Any) -> Any:
    return value.get_secret_value() if isinstance(value, (SecretStr, Secret)) else value
