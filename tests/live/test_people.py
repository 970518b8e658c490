"""Teams, users and budgets on the real gateway: made once, changed in place, taken back, adopted, deleted."""

import secrets
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from litemaas_infra.clients.people import Budgets, Teams, Users
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import DataProtected, GatewayRefused
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.people import TeamProvider
from litemaas_infra.specs.user import UserSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token
from tests.live.support.kinds import BUDGET, NAME, TEAM, Kind, each_kind, inputs, lives_as_declared, shown
from tests.live.support.people import GatewayAdmin


@pytest.fixture
def wire(wire: Wire) -> Iterator[Wire]:
    """The gateway, on which none of them is left."""
    yield wire
    for kind in (Teams, Users, Budgets):
        kind(wire).forget(NAME)


@pytest.fixture
def give(wire: Wire) -> Iterator[Callable[..., str]]:
    """Makes keys as others do; they are deleted at the end."""
    given: list[str] = []

    def key(**fields: Any) -> str:
        given.append(f"sk-{secrets.token_urlsafe(32)}")
        VirtualKeys(wire).give(given[-1], VirtualKeySpec(alias=f"{NAME}-{len(given)}", **fields))
        return given[-1]

    yield key
    for value in given:
        VirtualKeys(wire).forget(token(value))


@each_kind
def test_it_lives_as_it_is_declared(wire: Wire, site: Props, kind: Kind) -> None:
    lives_as_declared(kind.provider.CLIENT(wire), site, kind)


@each_kind
def test_one_that_others_made_is_taken_over_only_on_request(wire: Wire, site: Props, kind: Kind) -> None:
    kind.provider.CLIENT(wire).ensure(NAME, kind.plain)
    with pytest.raises(GatewayRefused, match=r"already, with other .*max_budget.*; set its `adopt` to true"):
        kind.provider.create(inputs(site, kind.whole))
    kind.provider.create(inputs(site, kind.whole.model_copy(update={"adopt": True})))
    assert shown(kind.provider.CLIENT(wire), kind.whole) == {}


@each_kind
def test_it_is_not_deleted_while_others_have_keys_of_it(
    wire: Wire, site: Props, kind: Kind, give: Callable[..., str]
) -> None:
    kind.provider.create(inputs(site, kind.plain))
    field = "user_id" if isinstance(kind.plain, UserSpec) else kind.provider.CLIENT.KIND
    value = give(**{field: NAME})
    with pytest.raises(DataProtected, match=f"keys that are not this stack's: {NAME}-1; delete or"):
        kind.provider.delete(NAME, inputs(site, kind.plain))
    assert VirtualKeys(wire).find(token(value))
    assert kind.provider.CLIENT(wire).find(NAME)


def test_a_team_of_its_alias_that_was_made_in_the_ui_keeps_its_id(
    wire: Wire, site: Props, gateway: GatewayAdmin
) -> None:
    made = gateway.http.post("/team/new", json={"team_alias": NAME}).raise_for_status().json()["team_id"]
    try:
        adopting = TEAM.model_copy(update={"adopt": True})
        assert TeamProvider().create(inputs(site, adopting)).id == made
        info = Teams(wire).find(made)
        assert info is not None
        assert TEAM.differing(info) == []
    finally:
        Teams(wire).forget(made)


def test_a_key_s_limits_are_those_of_its_team_and_budget(
    wire: Wire, gateway_url: str, trust: ssl.SSLContext, give: Callable[..., str]
) -> None:
    Teams(wire).ensure(NAME, TEAM)
    Budgets(wire).ensure(NAME, BUDGET)
    value = give(team=NAME, budget=NAME)
    with Wire(gateway_url, value, trust) as holder:
        assert "blocked" in holder.send("POST", "/v1/chat/completions", {"model": "granite"}).text.lower()
    info = VirtualKeys(wire).find(token(value))
    assert info is not None
    assert (info["litellm_budget_table"]["max_budget"], info["team_id"]) == (5.0, NAME)
