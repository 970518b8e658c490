"""LiteLLM's admin API, as far as the members of teams go."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from litemaas_infra.clients.key_list import listed
from litemaas_infra.clients.wire import Wire
from litemaas_infra.specs.member import MemberSpec

_GONE: Final = ("not found in team", "does not exist")
"""Parts of what LiteLLM answers to the removal of one who is no member, or from a team that is not there."""


class Members:
    """The members of a gateway's teams, each known by the team's id and their own."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def find(self, team: str, user_id: str) -> Mapping[str, Any] | None:
        """What LiteLLM says of the member, as it is told it; None where they are none."""
        response = self._wire.send("GET", f"/team/info?{urlencode({'team_id': team})}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        told = self._wire.accepted(response).json()
        found = _of(told["team_info"]["members_with_roles"], user_id)
        if found is None:
            return None
        budget = (_of(told["team_memberships"], user_id) or {}).get("litellm_budget_table") or {}
        return {**found, "max_budget_in_team": budget.get("max_budget")}

    def ensure(self, team: str, spec: MemberSpec) -> None:
        """Make the user a member as declared. Safe to repeat."""
        there = self.find(team, spec.user_id)
        if there is None:
            member = {"user_id": spec.user_id, "role": spec.role}
            self._tell("add", {"team_id": team, "member": member, "max_budget_in_team": spec.max_budget})
        elif changes := spec.changes(there):
            # LiteLLM takes a budget that it is not told again for none.
            kept = {"max_budget_in_team": spec.max_budget}
            self._tell("update", {"team_id": team, "user_id": spec.user_id, **kept, **changes})

    def forget(self, team: str, user_id: str) -> None:
        """Take the user out of the team; no error if they are not in it. The user stays."""
        response = self._wire.send("POST", "/team/member_delete", {"team_id": team, "user_id": user_id})
        if not any(gone in response.text for gone in _GONE):
            self._wire.accepted(response)

    def keys(self, team: str, user_id: str) -> list[str]:
        """The aliases, or else the hashes, of the member's keys of the team, which would end."""
        keys = listed(self._wire, team_id=team, user_id=user_id)
        return sorted(
            key["key_alias"] or key["token"]
            for key in keys
            if (key["team_id"], key["user_id"]) == (team, user_id)
        )

    def _tell(self, what: str, body: Mapping[str, Any]) -> None:
        self._wire.accepted(self._wire.send("POST", f"/team/member_{what}", body))


def _of(several: list[dict[str, Any]] | None, user_id: str) -> dict[str, Any] | None:
    return next((one for one in several or [] if one.get("user_id") == user_id), None)
