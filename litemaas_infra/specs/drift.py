"""What a model really is, put together from the gateway and the row."""

from collections.abc import Mapping
from typing import Any, Final

from litemaas_infra.specs import row as rows
from litemaas_infra.specs.deployment import INFO, PARAMS, Deployment
from litemaas_infra.specs.fields import Fields, fields_of, whole
from litemaas_infra.specs.model import ModelSpec

_REFERENCES: Final = {"api_key": "api_key_secret", "api_base": "inference_service"}
"""A field's value may come out of the cluster; then this is the field that is declared."""
_OF_ROW: Final = {*rows.FIELD_OF_COLUMN.values()} - {"model_name", *PARAMS.values(), *INFO.values()}
"""The fields that live in the row alone."""


def live_fields(
    declared: ModelSpec,
    effective: ModelSpec,
    deployment: Deployment,
    row: Mapping[str, Any] | None,
    *,
    backend: bool = False,
) -> Fields:
    """The declared fields with what was found in place of what was declared.

    `effective` is the declared model with what its references mean now. A field kept on both sides shows
    as declared only if both agree. A missing row shows as a model without the fields that only a row has.
    """
    wanted, found = fields_of(effective), {}
    for side in (deployment.fields(effective), _row_fields(effective, deployment.id, row, backend=backend)):
        found.update({name: value for name, value in side.items() if whole(value) != whole(wanted.get(name))})
    return {**fields_of(declared), **_at_references(declared, found)}


def _row_fields(spec: ModelSpec, id_: str, row: Mapping[str, Any] | None, *, backend: bool) -> Fields:
    if not rows.owns_row(spec):
        return {}
    if row is None:
        return dict.fromkeys(_OF_ROW)
    return rows.live_fields(spec, id_, row, backend=backend)


def _at_references(declared: ModelSpec, found: Fields) -> Fields:
    """A wrong value that is declared by a reference shows at the reference, never as itself."""
    moved = dict(found)
    for value, reference in _REFERENCES.items():
        said = getattr(declared, reference)
        if said is not None and value in moved:
            del moved[value]
            moved[reference] = f"{said} (the gateway has another {value})"
    return moved
