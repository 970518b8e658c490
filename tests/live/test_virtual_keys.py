"""A virtual key on the real gateway: made once, changed in place, taken back, deleted, made again."""

import secrets
import ssl
from collections.abc import Iterator

import httpx
import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token

ALIAS = "of-a-live-test"
SPEC = VirtualKeySpec(
    alias=ALIAS,
    models=("granite",),
    max_budget=5.0,
    budget_duration="30d",
    rpm=60,
    tpm=6000,
    max_parallel_requests=3,
    user_id="user@example.com",
)


@pytest.fixture
def value() -> str:
    return f"sk-{secrets.token_urlsafe(32)}"


@pytest.fixture
def keys(cluster: Cluster, gateway_url: str, trust: ssl.SSLContext, value: str) -> Iterator[VirtualKeys]:
    master = cluster.secret_value("litemaas", names.GATEWAY_SECRET, names.MASTER_KEY)
    with Wire(gateway_url, master, trust) as wire:
        found = VirtualKeys(wire)
        yield found
        found.forget(token(value))


def _fields(keys: VirtualKeys, value: str) -> dict[str, object]:
    info = keys.find(token(value))
    assert info is not None
    return VirtualKeySpec.seen(info)


def test_a_key_is_made_once_however_often_it_is_asked_for(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    keys.give(value, SPEC)
    assert _fields(keys, value) == SPEC.fields


def test_its_holder_is_let_in(keys: VirtualKeys, value: str, gateway_url: str, trust: ssl.SSLContext) -> None:
    keys.give(value, SPEC)
    holder = {"Authorization": f"Bearer {value}"}
    with httpx.Client(base_url=gateway_url, headers=holder, verify=trust) as http:
        assert http.get("/v1/models").status_code == 200
        keys.forget(token(value))
        assert http.get("/v1/models").status_code == 401


def test_a_changed_key_keeps_its_value(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    changed = VirtualKeySpec(
        alias=ALIAS, models=("granite", "mistral"), max_budget=7.5, rpm=30, user_id="other@example.com"
    )
    keys.give(value, changed)
    assert _fields(keys, value) == changed.fields


def test_what_is_no_longer_said_of_it_is_taken_back(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    keys.give(value, VirtualKeySpec(alias=ALIAS))
    assert _fields(keys, value) == VirtualKeySpec(alias=ALIAS).fields


def test_a_blocked_key_lets_nobody_in_until_it_is_blocked_no_more(
    keys: VirtualKeys, value: str, gateway_url: str, trust: ssl.SSLContext
) -> None:
    holder = {"Authorization": f"Bearer {value}"}
    with httpx.Client(base_url=gateway_url, headers=holder, verify=trust) as http:
        for blocked, code in ((True, 401), (False, 200)):
            keys.give(value, SPEC.model_copy(update={"blocked": blocked}))
            assert http.get("/v1/models").status_code == code


def test_a_key_that_is_blocked_at_its_end_is_found_as_it_was(keys: VirtualKeys, value: str) -> None:
    keys.block(token(value))
    keys.give(value, SPEC)
    keys.block(token(value))
    keys.block(token(value))
    assert _fields(keys, value) == {**SPEC.fields, "blocked": True}
    keys.give(value, SPEC)
    assert _fields(keys, value) == SPEC.fields


def test_a_deleted_key_is_gone_and_can_be_made_again(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    keys.forget(token(value))
    keys.forget(token(value))
    assert keys.find(token(value)) is None
    keys.give(value, SPEC)
    assert _fields(keys, value) == SPEC.fields


def test_another_key_of_its_alias_is_named_and_left_alone(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    other = f"sk-{secrets.token_urlsafe(32)}"
    with pytest.raises(GatewayRefused) as refused:
        keys.give(other, SPEC)
    assert f"another virtual key of alias '{ALIAS}'" in str(refused.value)
    assert other not in str(refused.value)
    assert keys.find(token(other)) is None
