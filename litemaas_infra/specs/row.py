"""The model as the LiteMaaS backend keeps it: a row of its `models` table.

While a backend runs, it rewrites at each start most columns of every row out of what LiteLLM tells.
Then the row is written as the backend would, and only what the backend keeps is ours alone.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from litemaas_infra.specs.fields import Fields, fields_of
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.needs import called, provider_of

FIELD_OF_COLUMN: Final[Mapping[str, str]] = {
    "id": "model_name",
    "name": "display_name",
    "provider": "provider",
    "description": "description",
    "category": "category",
    "context_length": "context_length",
    "max_tokens": "context_length",
    "input_cost_per_token": "input_cost_per_token",
    "output_cost_per_token": "output_cost_per_token",
    "supports_vision": "supports_vision",
    "supports_function_calling": "supports_function_calling",
    "supports_tool_choice": "supports_tool_choice",
    "supports_parallel_function_calling": "supports_parallel_function_calling",
    "supports_streaming": "supports_streaming",
    "availability": "availability",
    "api_base": "api_base",
    "rpm": "rpm",
    "tpm": "tpm",
    "restricted_access": "restricted_access",
}
"""The columns that one field of the model decides."""
OF_BACKEND: Final = ("description", "restricted_access")
"""The columns that a running backend leaves as they are."""


def owns_row(spec: ModelSpec) -> bool:
    """Whether the row is kept for this deployment: the first of a model_name speaks for all of them."""
    return spec.deployment is None


def columns(spec: ModelSpec, id_: str, *, backend: bool = False) -> dict[str, Any]:
    """The columns we keep, by name; every other column is the backend's own."""
    fields = fields_of(spec)
    kept = {column: fields[of] for column, of in FIELD_OF_COLUMN.items()}
    flags = {column: bool(value) for column, value in kept.items() if column.startswith("supports_")}
    synced = _as_synced(spec) if backend else {}
    named = {"litellm_model_id": id_, "backend_model_name": called(spec.litellm_model)}
    return {**kept, **flags, **named, **synced}


def live_fields(spec: ModelSpec, id_: str, row: Mapping[str, Any], *, backend: bool = False) -> Fields:
    """The fields of ours that a row contradicts, with what it tells instead."""
    expected = columns(spec, id_, backend=backend)
    told = {column: _told(row.get(column)) for column in (OF_BACKEND if backend else expected)}
    wrong = {column: value for column, value in told.items() if value != expected[column]}
    found = {FIELD_OF_COLUMN[column]: value for column, value in wrong.items() if column in FIELD_OF_COLUMN}
    if "backend_model_name" in wrong:
        found["litellm_model"] = _called(spec, wrong["backend_model_name"])
    if "litellm_model_id" in wrong:
        found["litellm_model_id"] = wrong["litellm_model_id"]
    return found


def _as_synced(spec: ModelSpec) -> dict[str, Any]:
    return {
        "name": spec.model_name,
        "provider": provider_of(spec.litellm_model) or "openai",
        "category": "Language Model",
        "supports_streaming": True,
        "availability": "available",
    }


def _called(spec: ModelSpec, told: Any) -> str | None:
    # Of the called model the row knows all but the provider.
    provider = provider_of(spec.litellm_model)
    return f"{provider}/{told}" if told and provider else told or None


def _told(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
