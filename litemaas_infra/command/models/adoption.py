"""The settings that would make a stack's own what was made elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from litemaas_infra.settings.models_file.secret_params import secret_names
from litemaas_infra.specs.deployment import INFO, MARK, PARAMS, Deployment
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.fields import SECRETS, whole
from litemaas_infra.specs.model import ModelSpec
from litemaas_infra.specs.row import FIELD_OF_COLUMN
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.values import ENVIRONMENT
from litemaas_infra.specs.virtual_key import VirtualKeySpec

_OF_ROW: Final = ("name", "provider", "description", "category", "availability", "restricted_access")
"""The columns that no deployment tells."""


@dataclass(frozen=True)
class Adoptable:
    """Settings to paste, and what has to be supplied beside them."""

    settings: dict[str, Any]
    secrets: list[str]
    """The settings left out because they are secret, by their names."""


def of_model(one: Deployment, row: Mapping[str, Any] | None, *, first: bool, alone: bool) -> Adoptable:
    """Those of a deployment: whether it is the first of its name, and the only one that is not ours."""
    said = {name: value for name, value in one.params.items() if value not in (None, "", [], {}, False)}
    hidden = {PARAMS[name] for name in said.keys() & PARAMS.keys() if _is_secret(name, said[name])}
    further = {name: value for name, value in said.items() if name not in PARAMS}
    secret = secret_names(further)
    settings = {
        "model_name": one.model_name,
        **_deployment(one, first=first, alone=alone),
        **{PARAMS[name]: said[name] for name in PARAMS if name in said and PARAMS[name] not in hidden},
        **{field: one.info[name] for name, field in INFO.items() if one.info.get(name) is not None},
        **_params({name: value for name, value in further.items() if name not in secret}),
        **_row(row or {}, one.model_name),
    }
    left_out = [*sorted(hidden), *(f"secret_params.{name}" for name in sorted(secret))]
    return Adoptable({name: whole(value) for name, value in settings.items()}, left_out)


def of_key(told: Mapping[str, Any]) -> Adoptable:
    """Those of a virtual key, whose value LiteLLM does not tell."""
    return Adoptable(_said(VirtualKeySpec.seen(told)), ["value"])


def of_team(told: Mapping[str, Any]) -> Adoptable:
    """Those of a team."""
    return Adoptable({**_said(TeamSpec.seen(told)), "adopt": True}, [])


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: whole(value) for name, value in fields.items() if value not in (None, [], {}, False)}


def _is_secret(name: str, value: Any) -> bool:
    return PARAMS[name] in SECRETS and not str(value).startswith(ENVIRONMENT)


def _deployment(one: Deployment, *, first: bool, alone: bool) -> dict[str, Any]:
    """What tells it from others of its name, and that it is to be taken over."""
    if one.ours:
        return {"deployment": one.info[MARK]} if one.info[MARK] else {}
    return {**({} if first else {"deployment": one.id}), "adopt": True if alone else one.id}


def _params(further: dict[str, Any]) -> dict[str, Any]:
    return {"params": further} if further else {}


def _row(row: Mapping[str, Any], model_name: str) -> dict[str, Any]:
    told = {FIELD_OF_COLUMN[column]: row.get(column) for column in _OF_ROW}
    said = {field: value for field, value in told.items() if value is not None}
    unsaid = {field: ModelSpec.model_fields[field].default for field in said} | {"display_name": model_name}
    return {field: value for field, value in said.items() if value != unsaid[field]}


def fits(kind: type[Entity], settings: Mapping[str, Any]) -> bool:
    """Whether a key or team of these settings can be declared as it is."""
    try:
        kind.model_validate(settings)
    except ValueError:
        return False
    return True
