"""The model as the LiteMaaS backend keeps it: a row of its `models` table."""

from collections.abc import Mapping
from typing import Any, Final

from litemaas_infra.specs.fields import Fields, fields_of
from litemaas_infra.specs.model import ModelSpec

FIELD_OF_COLUMN: Final[Mapping[str, str]] = {
    "id": "model_name",
    "name": "display_name",
    "provider": "provider",
    "description": "description",
    "category": "category",
    "context_length": "context_length",
    "supports_streaming": "supports_streaming",
    "availability": "availability",
    "api_base": "api_base",
    "rpm": "rpm",
    "tpm": "tpm",
    "litellm_model_id": "litellm_model_id",
}
"""The columns that one field of the model decides."""


def columns(spec: ModelSpec) -> dict[str, Any]:
    """The columns we keep, by name; every other column is the backend's own."""
    fields = fields_of(spec)
    return {
        **{column: fields[field] for column, field in FIELD_OF_COLUMN.items()},
        "backend_model_name": spec.litellm_model.partition("/")[2],
    }


def live_fields(declared: Mapping[str, Any], row: Mapping[str, Any]) -> Fields:
    """The fields of ours that a row tells; of the called model it knows all but the provider."""
    provider, called = str(declared["litellm_model"]).partition("/")[0], row.get("backend_model_name")
    told = {field: row[column] for column, field in FIELD_OF_COLUMN.items()}
    return {**told, "litellm_model": f"{provider}/{called}" if called else None}
