"""Teams, users and budgets on the real gateway: made once, changed in place, taken back, adopted, deleted."""

import secrets
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.entities import Entities
from litemaas_infra.clients.people import Budgets, Teams, Users
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import DataProtected, GatewayRefused
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.entity import EntityProvider
from litemaas_infra.providers.people import BudgetProvider, TeamProvider, UserProvider
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token
from tests.live.support.people import GatewayAdmin
from tests.live.support.pulumi import crossing, new_process

NAME = "of-a-live-test"
LIMITS: dict[str, Any] = {"max_budget": 5.0, "budget_duration": "30d", "rpm": 60, "tpm": 6000}
TEAM = TeamSpec(alias=NAME, models=("granite",), blocked=True, metadata={"app": "a"}, **LIMITS)
USER = UserSpec(user_id=NAME, email="a@example.com", role="proxy_admin", models=("granite",), **LIMITS)
BUDGET = BudgetSpec(budget_id=NAME, soft_budget=4.0, max_parallel_requests=3, **LIMITS)


@dataclass(frozen=True)
class Kind:
    """One of them with all its fields, and with none."""

    provider: EntityProvider
    whole: Entity
    plain: Entity


KINDS = (
    Kind(TeamProvider(), TEAM, TeamSpec(alias=NAME)),
    Kind(UserProvider(), USER, UserSpec(user_id=NAME)),
    Kind(BudgetProvider(), BUDGET, BudgetSpec(budget_id=NAME)),
)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=["team", "user", "budget"])


@pytest.fixture
def wire(cluster: Cluster, gateway_url: str, trust: ssl.SSLContext) -> Iterator[Wire]:
    master = cluster.secret_value("litemaas", names.GATEWAY_SECRET, names.MASTER_KEY)
    with Wire(gateway_url, master, trust) as wire:
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


def _inputs(site: Props, spec: Entity) -> Props:
    new_process(site)
    return crossing({"site": site, **spec.fields})


def _shown(entities: Entities, spec: Entity) -> dict[str, Any]:
    info = entities.find(NAME)
    assert info is not None
    return {name: value for name, value in spec.seen(info).items() if value != spec.fields[name]}


@each_kind
def test_it_lives_as_it_is_declared(wire: Wire, site: Props, kind: Kind) -> None:
    entities, provider = kind.provider.CLIENT(wire), kind.provider
    for _ in range(2):  # a try that was broken off is repeated
        made = provider.create(_inputs(site, kind.whole))
        assert made.id == NAME
    assert _shown(entities, kind.whole) == {}
    found = provider.read(NAME, made.outs or {}).outs or {}
    assert not provider.diff(NAME, crossing(found), made.outs or {}).changes

    provider.update(NAME, _inputs(site, kind.whole), _inputs(site, kind.plain))
    assert _shown(entities, kind.plain) == {}

    for _ in range(2):
        provider.delete(NAME, _inputs(site, kind.plain))
    assert entities.find(NAME) is None
    assert not provider.read(NAME, _inputs(site, kind.plain)).id


@each_kind
def test_one_that_others_made_is_taken_over_only_on_request(wire: Wire, site: Props, kind: Kind) -> None:
    kind.provider.CLIENT(wire).ensure(NAME, kind.plain)
    with pytest.raises(GatewayRefused, match=r"already, with other .*max_budget.*; set its `adopt` to true"):
        kind.provider.create(_inputs(site, kind.whole))
    kind.provider.create(_inputs(site, kind.whole.model_copy(update={"adopt": True})))
    assert _shown(kind.provider.CLIENT(wire), kind.whole) == {}


@each_kind
def test_it_is_not_deleted_while_others_have_keys_of_it(
    wire: Wire, site: Props, kind: Kind, give: Callable[..., str]
) -> None:
    kind.provider.create(_inputs(site, kind.plain))
    field = "user_id" if isinstance(kind.plain, UserSpec) else kind.provider.CLIENT.KIND
    value = give(**{field: NAME})
    with pytest.raises(DataProtected, match=f"keys that are not this stack's: {NAME}-1; delete or"):
        kind.provider.delete(NAME, _inputs(site, kind.plain))
    assert VirtualKeys(wire).find(token(value))
    assert kind.provider.CLIENT(wire).find(NAME)


def test_a_team_of_its_alias_that_was_made_in_the_ui_keeps_its_id(
    wire: Wire, site: Props, gateway: GatewayAdmin
) -> None:
    made = gateway.http.post("/team/new", json={"team_alias": NAME}).raise_for_status().json()["team_id"]
    try:
        adopting = TEAM.model_copy(update={"adopt": True})
        assert TeamProvider().create(_inputs(site, adopting)).id == made
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
