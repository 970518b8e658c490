"""A member of a team on the real gateway: made once, changed in place, found again, taken out."""

import secrets
from collections.abc import Iterator

import pytest

from litemaas_infra.clients.members import Members
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.member import MemberProvider
from litemaas_infra.specs.member import MemberSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token
from tests.live.support.kinds import NAME
from tests.live.support.members import inputs, lives_as_declared, with_both
from tests.live.support.people import GatewayAdmin
from tests.live.support.pulumi import crossing

MEMBER = MemberSpec(user_id=NAME, max_budget=5.0)


@pytest.fixture
def members(wire: Wire) -> Iterator[Members]:
    """Those of a gateway with a team and a user, who is not in it."""
    with with_both(wire):
        yield Members(wire)


def test_it_lives_as_it_is_declared(members: Members, site: Props) -> None:
    lives_as_declared(members, site)


def test_what_others_changed_is_seen_and_mended(members: Members, site: Props, gateway: GatewayAdmin) -> None:
    provider, declared = MemberProvider(), inputs(site, MEMBER)
    id_ = provider.create(declared).id
    by_hand = {"team_id": NAME, "user_id": NAME, "max_budget_in_team": 7}
    gateway.http.post("/team/member_update", json=by_hand).raise_for_status()
    found = crossing(provider.read(id_, declared).outs or {})
    assert found["max_budget"] == 7
    assert provider.diff(id_, found, declared).changes
    provider.update(id_, found, declared)
    assert not provider.diff(id_, crossing(provider.read(id_, declared).outs or {}), declared).changes
    members.forget(NAME, NAME)
    assert not provider.read(id_, declared).id


@pytest.mark.usefixtures("members")
def test_it_is_not_ended_with_keys_that_others_made(wire: Wire, site: Props) -> None:
    MemberProvider().create(inputs(site, MEMBER))
    value = f"sk-{secrets.token_urlsafe(32)}"
    keys = VirtualKeys(wire)
    keys.give(value, VirtualKeySpec(alias=NAME, team=NAME, user_id=NAME))
    try:
        with pytest.raises(DataProtected, match=f"keys that are not this stack's: {NAME}; LiteLLM would"):
            MemberProvider().delete("", inputs(site, MEMBER))
        assert keys.find(token(value))
    finally:
        keys.forget(token(value))
