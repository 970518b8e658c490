"""A model as the flat record that Pulumi keeps: one field, one value, one line in a diff."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import SecretStr

from litemaas_infra import names
from litemaas_infra.specs.model import ModelSpec

Fields = dict[str, Any]

SECRET: Final = "api_key"  # noqa: S105 - the field's name
ID: Final = "litellm_model_id"
NAMES: Final = (*ModelSpec.model_fields, ID)
"""Every field that can drift, in the order people read them."""


def fields_of(spec: ModelSpec) -> Fields:
    """Every field of the spec, the key in plain: the caller must mark it secret."""
    values = {name: getattr(spec, name) for name in ModelSpec.model_fields}
    plain = {k: v.get_secret_value() if isinstance(v, SecretStr) else v for k, v in values.items()}
    return {**plain, ID: names.model_id(spec.model_name)}


def spec_of(fields: Mapping[str, Any]) -> ModelSpec:
    """The spec a record stands for. Raises pydantic's ValidationError when it stands for none."""
    given = {name: whole(fields.get(name)) for name in ModelSpec.model_fields}
    return ModelSpec.model_validate({name: value for name, value in given.items() if value is not None})


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of the fields that differ, an absent field counting as none."""
    return [name for name in NAMES if whole(old.get(name)) != whole(new.get(name))]


def whole(value: Any) -> Any:
    """The value with 120.0 read as 120: Pulumi and JSON have one kind of number."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
