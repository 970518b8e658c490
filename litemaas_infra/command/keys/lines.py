"""Virtual keys, one a line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from litemaas_infra.command.answers import table
from litemaas_infra.specs.virtual_key import VirtualKeySpec


@dataclass(frozen=True)
class KeyLine:
    """A virtual key."""

    alias: str | None
    user: str | None
    models: list[str]
    spend: float
    max_budget: float | None
    blocked: bool
    declared: bool


def key_line(told: Mapping[str, Any], declared: Collection[str]) -> KeyLine:
    """What LiteLLM says of a key; `declared` are the aliases that the stack declares."""
    fields = VirtualKeySpec.seen(told)
    return KeyLine(
        fields["alias"],
        fields["user_id"],
        fields["models"],
        float(told.get("spend") or 0.0),
        fields["max_budget"],
        blocked=fields["blocked"],
        declared=fields["alias"] in declared,
    )


def key_table(keys: Sequence[KeyLine]) -> Table:
    """Them for people."""
    made = table("key", "user", "models", "spent", "budget", "")
    for key in keys:
        budget = "" if key.max_budget is None else f"${key.max_budget:g}"
        models = ", ".join(key.models) or "every one"
        notes = [*(["blocked"] if key.blocked else []), *([] if key.declared else ["in no stack"])]
        alias, spent = key.alias or "(no alias)", f"${key.spend:.2f}"
        made.add_row(alias, key.user or "", models, spent, budget, ", ".join(notes))
    return made
