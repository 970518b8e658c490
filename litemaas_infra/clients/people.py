"""LiteLLM's admin API, as far as teams, users and budgets go."""

from typing import Any
from urllib.parse import urlencode

from litemaas_infra.clients.entities import Entities, Info
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.entity import Entity


class Teams(Entities):
    """The teams of a gateway."""

    KIND, KEY, INFO, REMOVED = "team", "team_id", "team_info", "team_ids"

    def every(self) -> list[Info]:
        """What LiteLLM says of every team."""
        teams: list[Info] = []
        page, pages = 1, 1
        while page <= pages:
            asked = f"/v2/team/list?page_size=100&page={page}"
            told = self._wire.accepted(self._wire.send("GET", asked)).json()
            teams += told["teams"]
            page, pages = page + 1, int(told["total_pages"])
        return teams

    def identity(self, spec: Entity) -> str:
        """The alias, unless a team that was made elsewhere has it: LiteLLM would let both have it."""
        asked = urlencode({"team_alias": spec.called, "page_size": 100})
        listed = self._wire.accepted(self._wire.send("GET", f"/v2/team/list?{asked}")).json()["teams"]
        found = [str(team["team_id"]) for team in listed if team["team_alias"] == spec.called]
        if len(found) > 1:
            raise GatewayRefused(
                f"the gateway has {len(found)} teams of alias {spec.called!r}; give all but one of them "
                "another alias in the admin UI under Teams, or this one here"
            )
        return next(iter(found), spec.called)


class Users(Entities):
    """The users of a gateway."""

    KIND, KEY, INFO, REMOVED = "user", "user_id", "user_info", "user_ids"

    def find(self, id_: str) -> Info | None:
        """What LiteLLM says of them; None where there are none. Raises GatewayError."""
        info = super().find(id_)
        # Older versions tell what nobody has spent.
        return info if info and info.get(self.KEY) else None

    def _identity(self, id_: str) -> Info:
        # LiteLLM would make a key for them, whose value nobody had.
        return {**super()._identity(id_), "auto_create_key": False}


class Budgets(Entities):
    """The budgets of a gateway."""

    KIND, KEY = "budget", "budget_id"

    def find(self, id_: str) -> Info | None:
        """What LiteLLM says of it; None where there is none. Raises GatewayError."""
        found = self._wire.accepted(self._wire.send("POST", "/budget/info", {"budgets": [id_]})).json()
        return next(iter(found), None)

    def _removal(self, id_: str) -> dict[str, Any]:
        return {"id": id_}
