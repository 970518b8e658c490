"""The backend's rows of models that no stack declares: made in the admin UI, or gone from the gateway."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from litemaas_infra.specs.group import Group
from litemaas_infra.specs.needs import called, provider_of
from litemaas_infra.specs.values import MAX_INTEGER

Orphans = Literal["keep", "retire", "delete"]
Row = Mapping[str, Any]
RETIRED: Final = "unavailable"
_OF_NEW: Final = {"category": "Language Model", "supports_streaming": True}
"""What a new row has besides, and people may change afterwards, as its name."""
_FLAGS: Final = (
    "supports_vision",
    "supports_function_calling",
    "supports_tool_choice",
    "supports_parallel_function_calling",
)
_DECIMALS: Final = 10
"""Of the table's costs."""


class Rows(Group):
    """How the backend's rows follow the gateway's models."""

    sync: bool = False
    """Whether rows follow all of the gateway's models, those of its admin UI too."""
    orphans: Orphans = "retire"
    """What becomes of rows whose models are gone: `keep`, `retire`: made unavailable, or `delete`."""
    most: Annotated[int, Field(gt=0)] = 5
    """How many rows may be retired or deleted at a time."""


@dataclass(frozen=True)
class Plan:
    """What brings the rows in step."""

    saved: Mapping[str, Row]
    """Rows that are missing, or are others, by their models' names."""
    orphans: tuple[str, ...]

    def __str__(self) -> str:
        told = {"missing or changed": sorted(self.saved), "without a model": self.orphans}
        return "; ".join(f"{what}: {', '.join(names)}" for what, names in told.items() if names)


def planned(
    served: Iterable[Mapping[str, Any]], rows: Mapping[str, Row], declared: Collection[str], orphans: Orphans
) -> Plan:
    """What to do about the rows beside the declared models', whose own resources keep them."""
    wanted: dict[str, Row] = {}
    for model in sorted(served, key=_id):  # of several deployments, always the same one speaks
        wanted.setdefault(str(model["model_name"]), of_served(model))
    others = {name: row for name, row in wanted.items() if name not in declared}
    saved = {name: _lacking(row, rows.get(name)) for name, row in others.items()}
    left = [name for name, row in rows.items() if name not in wanted and name not in declared]
    settled = {"keep": left, "retire": [n for n in left if rows[n].get("availability") == RETIRED]}
    gone = sorted(set(left) - set(settled.get(orphans, ())))
    return Plan({name: row for name, row in saved.items() if row}, tuple(gone))


def of_served(model: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from a model as the gateway lists it, as the backend's own sync has them."""
    params, info = model.get("litellm_params") or {}, model.get("model_info") or {}
    model_id = str(params.get("model") or "")
    context = _integer(info.get("max_tokens"))
    return {
        "id": str(model["model_name"]),
        "provider": str(params.get("custom_llm_provider") or provider_of(model_id) or "openai"),
        "context_length": context,
        "max_tokens": context,
        **{name: _cost(info.get(name), params.get(name)) for name in _COSTS},
        **{flag: bool(info.get(flag)) for flag in _FLAGS},
        "availability": "available",
        "api_base": params.get("api_base"),
        "rpm": _integer(params.get("rpm")),
        "tpm": _integer(params.get("tpm")),
        "litellm_model_id": _id(model),
        "backend_model_name": called(model_id),
    }


_COSTS: Final = ("input_cost_per_token", "output_cost_per_token")


def _lacking(wanted: Row, row: Row | None) -> Row:
    """What a row is to be made of, or what is to be written over it; nothing if nothing is."""
    if row is None:
        return {**wanted, "name": wanted["id"], **_OF_NEW}
    different = any(_told(row.get(column)) != value for column, value in wanted.items())
    # PostgreSQL asks for what a row cannot lack even where there is one.
    return {**wanted, "name": row["name"]} if different else {}


def _id(model: Mapping[str, Any]) -> str:
    return str((model.get("model_info") or {}).get("id") or "")


def _told(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _cost(*told: Any) -> float | None:
    costs = [value for value in told if isinstance(value, (int, float)) and not isinstance(value, bool)]
    return round(float(costs[0]), _DECIMALS) if costs else None


def _integer(told: Any) -> int | None:
    whole = isinstance(told, (int, float)) and not isinstance(told, bool) and float(told).is_integer()
    return int(told) if whole and 0 <= told <= MAX_INTEGER else None
