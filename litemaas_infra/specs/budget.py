"""A budget: limits under a name, which several keys have, each for itself."""

from collections.abc import Mapping
from typing import ClassVar

from litemaas_infra.specs.entity import LIMITS, Alias, Dollars, Limited
from litemaas_infra.specs.values import Limit


class BudgetSpec(Limited):
    """A budget as it is declared."""

    ID: ClassVar = "budget_id"
    NAMES: ClassVar[Mapping[str, str]] = {
        "budget_id": "budget_id",
        "soft_budget": "soft_budget",
        **LIMITS,
        "max_parallel_requests": "max_parallel_requests",
    }

    budget_id: Alias
    """What the gateway, and this stack's keys, know it by."""
    soft_budget: Dollars | None = None
    """Dollars after which LiteLLM warns, where it is told whom."""
    max_parallel_requests: Limit | None = None
    """Requests at a time; none is unlimited."""
    adopt: bool = False
    """Whether a budget of this id that was made elsewhere is taken over."""
