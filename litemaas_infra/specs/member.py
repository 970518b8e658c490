"""A member of a team: a user, what they may do in it, and for how much."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from litemaas_infra.specs.entity import Dollars, Entity
from litemaas_infra.specs.values import Name


class MemberSpec(Entity):
    """A member as it is declared."""

    ID: ClassVar = "user_id"
    NAMES: ClassVar[Mapping[str, str]] = {
        "user_id": "user_id",
        "role": "role",
        "max_budget": "max_budget_in_team",
    }

    user_id: Name
    """Who it is; LiteLLM makes a user of this id where there is none."""
    role: Literal["user", "admin"] = "user"
    """What they may do in the team; `admin` LiteLLM allows only with a licence of its own."""
    max_budget: Dollars | None = None
    """Dollars that they may spend in the team; none is as much as the team."""
