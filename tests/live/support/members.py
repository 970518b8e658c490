"""The life of a member of a team, on a gateway that has both."""

from collections.abc import Iterator
from contextlib import contextmanager

from litemaas_infra.clients.members import Members
from litemaas_infra.clients.people import Teams, Users
from litemaas_infra.clients.wire import Wire
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.member import MemberProvider
from litemaas_infra.specs.member import MemberSpec
from litemaas_infra.specs.team import TeamSpec
from litemaas_infra.specs.user import UserSpec
from tests.live.support.kinds import NAME
from tests.live.support.pulumi import crossing, new_process


@contextmanager
def with_both(wire: Wire) -> Iterator[None]:
    """A team and a user, who is not in it, for as long as the block runs."""
    teams, users = Teams(wire), Users(wire)
    teams.ensure(NAME, TeamSpec(alias=NAME))
    users.ensure(NAME, UserSpec(user_id=NAME))
    try:
        yield
        assert users.find(NAME), "the user went with the membership"
    finally:
        teams.forget(NAME)
        users.forget(NAME)


def inputs(site: Props, spec: MemberSpec) -> Props:
    """What a program declares, to a provider's process of its own."""
    new_process(site)
    return crossing({"site": site, "team": NAME, **spec.fields})


def lives_as_declared(members: Members, site: Props) -> None:
    """It is made, found, changed and ended, each once however often it is asked for."""
    provider, state = MemberProvider(), inputs(site, MemberSpec(user_id=NAME, max_budget=5.0))
    for _ in range(2):  # a try that was broken off is repeated
        made = provider.create(state)
    id_ = made.id
    for budget in (5.0, 2.5, None, 1.0):
        declared = inputs(site, MemberSpec(user_id=NAME, max_budget=budget))
        provider.update(id_, state, declared)
        state = crossing(provider.read(id_, declared).outs or {})
        assert not provider.diff(id_, state, declared).changes, state
    for _ in range(2):
        provider.delete(id_, state)
    assert members.find(NAME, NAME) is None
    assert not provider.read(id_, state).id
