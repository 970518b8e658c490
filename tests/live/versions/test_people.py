"""Keys, teams, users, budgets and credentials on each version of LiteLLM that deployments of LiteMaaS run."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from litemaas_infra.clients.members import Members
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.credential import DIFFERING, CredentialProvider
from litemaas_infra.providers.people import BudgetProvider
from litemaas_infra.specs.budget import BudgetSpec
from litemaas_infra.specs.credential import CredentialSpec
from litemaas_infra.specs.virtual_key import VirtualKeySpec, retired, token
from tests.live.support import members
from tests.live.support.kinds import LIMITS, NAME, Kind, each_kind, inputs, lives_as_declared, refused
from tests.live.support.people import GatewayAdmin
from tests.live.support.pulumi import ManagedModel
from tests.live.versions.conftest import DECLARED

KEY = VirtualKeySpec(
    alias=NAME,
    models=(DECLARED,),
    max_parallel_requests=3,
    user_id="user@example.com",
    expires=datetime.now(UTC).date() + timedelta(days=2),
    aliases={"gpt-4": DECLARED},
    model_rpm={DECLARED: 6},
    model_tpm={DECLARED: 600},
    metadata={"app": "a live test"},
    **LIMITS,
)


LASTING = {
    ("1.74.7", "user"): ("max_budget", "budget_duration", "rpm", "tpm"),
    ("1.74.7", "budget"): ("soft_budget", *LIMITS, "max_parallel_requests"),
    ("1.74.7", "key"): ("budget_duration", "expires"),
    ("1.81.16", "user"): ("budget_duration", "rpm", "tpm"),
    ("1.81.16", "key"): ("budget_duration", "expires"),
}
"""The fields that a version of LiteLLM never takes back of what it calls so."""


@pytest.fixture
def value(wire: Wire) -> Iterator[str]:
    made = f"sk-{secrets.token_urlsafe(32)}"
    yield made
    VirtualKeys(wire).forget(token(made))


@each_kind
def test_it_lives_as_it_is_declared(wire: Wire, site: dict[str, Any], kind: Kind, version: str) -> None:
    entities = kind.provider.CLIENT(wire)
    lives_as_declared(entities, site, kind, LASTING.get((version, entities.KIND), ()))


def test_a_budget_that_a_key_has_is_not_deleted(
    wire: Wire, value: str, site: dict[str, Any], gateway: GatewayAdmin
) -> None:
    provider, spec = BudgetProvider(), BudgetSpec(budget_id=NAME)
    provider.create(inputs(site, spec))
    key = {"key": value, "key_alias": "with-a-budget", "budget_id": NAME}
    gateway.http.post("/key/generate", json=key).raise_for_status()
    with pytest.raises(DataProtected, match="with-a-budget"):
        provider.delete(NAME, inputs(site, spec))
    VirtualKeys(wire).forget(token(value))
    provider.delete(NAME, inputs(site, spec))
    assert not provider.read(NAME, inputs(site, spec)).id


def test_a_member_lives_as_declared(wire: Wire, site: dict[str, Any]) -> None:
    with members.with_both(wire):
        members.lives_as_declared(Members(wire), site)


def _differing(keys: VirtualKeys, value: str, spec: VirtualKeySpec) -> list[str]:
    info = keys.find(token(value))
    assert info is not None
    return spec.differing(info)


def test_a_key_lives_as_it_is_declared(wire: Wire, value: str, gateway: GatewayAdmin, version: str) -> None:
    keys, lasting = VirtualKeys(wire), LASTING.get((version, "key"), ())
    for spec in (KEY, KEY, KEY.model_copy(update={"blocked": True}), KEY):
        keys.give(value, spec)
        assert _differing(keys, value, spec) == []
    holder = {"Authorization": f"Bearer {value}"}
    assert gateway.http.get("/v1/models", headers=holder).status_code == 200
    assert [key["key_alias"] for key in keys.every()].count(NAME) == 1
    with refused(lasting):
        keys.give(value, VirtualKeySpec(alias=NAME))
    assert _differing(keys, value, VirtualKeySpec(alias=NAME)) == list(lasting)


def test_a_deleted_key_opens_nothing_and_leaves_its_alias_to_another(
    wire: Wire, value: str, gateway: GatewayAdmin
) -> None:
    keys, before = VirtualKeys(wire), f"sk-{secrets.token_urlsafe(32)}"
    keys.give(before, KEY)
    for _ in range(2):
        keys.forget(token(before))
    holder = {"Authorization": f"Bearer {before}"}
    assert gateway.http.get("/v1/models", headers=holder).status_code == 401
    keys.give(value, KEY)
    assert _differing(keys, value, KEY) == []


def test_a_rotated_key_hands_on_what_was_spent(wire: Wire, value: str, gateway: GatewayAdmin) -> None:
    keys, before = VirtualKeys(wire), f"sk-{secrets.token_urlsafe(32)}"
    keys.give(before, KEY)
    gateway.http.post("/key/update", json={"key": token(before), "spend": 1.5}).raise_for_status()
    keys.give(value, KEY, [token(before)])
    old, new = keys.find(token(before)), keys.find(token(value))
    assert old is not None
    assert new is not None
    assert (old["key_alias"], new["spend"]) == (retired(NAME, token(before)), 1.5)
    keys.forget(token(before))


def test_a_credential_is_in_use_as_soon_as_it_is_made_or_changed(
    declare: Callable[..., ManagedModel], site: dict[str, Any], gateway: GatewayAdmin, endpoint_key: str
) -> None:
    provider, state = CredentialProvider(), _credential(site, "sk-wrong")
    provider.create(state)
    model = declare(api_key=None, litellm_credential_name=NAME)
    model.create()
    assert gateway.complete(model.name).status_code == 401
    state = _credential(site, endpoint_key)
    provider.update(NAME, {}, state)
    answer = gateway.complete(model.name)
    assert answer.status_code == 200, answer.text
    assert model.refresh() == []
    assert (provider.read(NAME, state).outs or {})[DIFFERING] == []
    model.delete()
    for _ in range(2):
        provider.delete(NAME, state)
    assert not provider.read(NAME, state).id


def _credential(site: dict[str, Any], key: str) -> dict[str, Any]:
    spec = CredentialSpec.model_validate({"name": NAME, "values": {"api_key": key}, "info": {"a": "b"}})
    return {**inputs(site, spec), DIFFERING: []}
