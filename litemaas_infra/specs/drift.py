"""What a model really is, put together from the gateway and the row."""

from collections.abc import Mapping
from typing import Any

from litemaas_infra.specs import deployment as deployments
from litemaas_infra.specs import row as rows
from litemaas_infra.specs.fields import Fields, whole


def live_fields(
    declared: Mapping[str, Any], deployment: Mapping[str, Any], row: Mapping[str, Any] | None
) -> Fields:
    """The declared fields with what was found in place of what was declared.

    A field kept on both sides is shown as declared only if both sides agree with it. A missing row
    shows as a model without any of the fields that live in the row alone.
    """
    sides = [_gateway_fields(declared, deployment), _row_fields(declared, row)]
    found = dict(declared)
    for side in sides:
        found.update({k: v for k, v in side.items() if whole(v) != whole(declared.get(k))})
    return found


def _gateway_fields(declared: Mapping[str, Any], deployment: Mapping[str, Any]) -> Fields:
    told = deployments.live_fields(deployment)
    if declared.get("context_length") is None:
        # Then what the gateway tells is out of LiteLLM's table of models, not anyone's change.
        del told["context_length"]
    return told


def _row_fields(declared: Mapping[str, Any], row: Mapping[str, Any] | None) -> Fields:
    if row is not None:
        return rows.live_fields(declared, row)
    of_row_alone = set(rows.FIELD_OF_COLUMN.values()) - {"model_name", "api_base", "rpm", "tpm"}
    return dict.fromkeys(of_row_alone)
