"""A team, a user and a budget with all their fields, and with none."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from litemaas_infra.clients.entities import Entities
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.entity import EntityProvider
from litemaas_infra.providers.people import BudgetProvider, TeamProvider, UserProvider
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec
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


each_kind = pytest.mark.parametrize(
    "kind",
    [
        Kind(TeamProvider(), TEAM, TeamSpec(alias=NAME)),
        Kind(UserProvider(), USER, UserSpec(user_id=NAME)),
        Kind(BudgetProvider(), BUDGET, BudgetSpec(budget_id=NAME)),
    ],
    ids=["team", "user", "budget"],
)


def inputs(site: Props, spec: Entity) -> Props:
    """What a program declares, to a provider's process of its own."""
    new_process(site)
    return crossing({"site": site, **spec.fields})


def shown(entities: Entities, spec: Entity) -> dict[str, Any]:
    """The fields that the gateway has otherwise, with what it has."""
    info = entities.find(NAME)
    assert info is not None
    return {name: value for name, value in spec.seen(info).items() if value != spec.fields[name]}


@contextmanager
def refused(lasting: Collection[str]) -> Iterator[None]:
    """What the block takes back is refused, naming these fields, if there are any."""
    if not lasting:
        yield
        return
    with pytest.raises(GatewayRefused, match="this version of LiteLLM keeps") as refusal:
        yield
    assert all(field in str(refusal.value) for field in lasting)


def lives_as_declared(
    entities: Entities, site: Props, kind: Kind, lasting: Collection[str] = frozenset()
) -> None:
    """It is made, found, changed and deleted, each once however often it is asked for.

    `lasting` are the fields that the gateway's version never takes back, which is refused.
    """
    provider = kind.provider
    for _ in range(2):  # a try that was broken off is repeated
        made = provider.create(inputs(site, kind.whole))
        assert made.id == NAME
    assert shown(entities, kind.whole) == {}
    found = provider.read(NAME, made.outs or {}).outs or {}
    assert not provider.diff(NAME, crossing(found), made.outs or {}).changes

    with refused(lasting):
        provider.update(NAME, inputs(site, kind.whole), inputs(site, kind.plain))
    assert shown(entities, kind.plain).keys() == set(lasting)

    for _ in range(2):
        provider.delete(NAME, inputs(site, kind.plain))
    assert entities.find(NAME) is None
    assert not provider.read(NAME, inputs(site, kind.plain)).id
