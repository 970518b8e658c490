"""A virtual key on the real gateway: made once, changed in place, taken back, deleted, made again."""

import secrets
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.virtual_key import VirtualKeySpec, retired, token
from tests.live.support.people import GatewayAdmin
from tests.live.support.pulumi import ManagedModel

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
    expires=datetime.now(UTC).date() + timedelta(days=2),
    aliases={"gpt-4": "granite"},
    model_rpm={"granite": 6},
    model_tpm={"granite": 600},
    metadata={"app": "a live test"},
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


def _different(keys: VirtualKeys, value: str, spec: VirtualKeySpec) -> list[str]:
    info = keys.find(token(value))
    assert info is not None
    return spec.differing(info)


def test_a_key_is_made_once_however_often_it_is_asked_for(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    keys.give(value, SPEC)
    assert _different(keys, value, SPEC) == []


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
    assert _different(keys, value, changed) == []


def test_what_is_no_longer_said_of_it_is_taken_back(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    keys.give(value, VirtualKeySpec(alias=ALIAS))
    assert _different(keys, value, VirtualKeySpec(alias=ALIAS)) == []


@pytest.fixture
def holder(gateway_url: str, trust: ssl.SSLContext, value: str) -> Iterator[GatewayAdmin]:
    """Whoever has the key's value."""
    headers = {"Authorization": f"Bearer {value}"}
    with httpx.Client(base_url=gateway_url, headers=headers, verify=trust, timeout=30) as http:
        yield GatewayAdmin(http)


def test_a_limit_of_one_model_holds_for_that_model_alone(
    keys: VirtualKeys,
    value: str,
    holder: GatewayAdmin,
    declare: Callable[..., ManagedModel],
    endpoint_key: str,
) -> None:
    limited, free = declare(api_key=endpoint_key), declare(api_key=endpoint_key)
    for model in (limited, free):
        model.create()
    keys.give(value, VirtualKeySpec(alias=ALIAS, model_rpm={limited.name: 1}))
    codes = [holder.complete(model.name).status_code for model in (limited, limited, free, free)]
    assert codes == [200, 429, 200, 200]


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
    assert _different(keys, value, SPEC) == ["blocked"]
    keys.give(value, SPEC)
    assert _different(keys, value, SPEC) == []


def test_a_deleted_key_is_gone_and_can_be_made_again(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    keys.forget(token(value))
    keys.forget(token(value))
    assert keys.find(token(value)) is None
    keys.give(value, SPEC)
    assert _different(keys, value, SPEC) == []


def test_another_key_of_its_alias_is_named_and_left_alone(keys: VirtualKeys, value: str) -> None:
    keys.give(value, SPEC)
    other = f"sk-{secrets.token_urlsafe(32)}"
    with pytest.raises(GatewayRefused) as refused:
        keys.give(other, SPEC)
    assert f"another virtual key of alias '{ALIAS}'" in str(refused.value)
    assert other not in str(refused.value)
    assert keys.find(token(other)) is None


def _completes(gateway_url: str, trust: ssl.SSLContext, value: str) -> bool:
    headers = {"Authorization": f"Bearer {value}"}
    with httpx.Client(base_url=gateway_url, headers=headers, verify=trust) as http:
        return http.get("/v1/models").is_success


def test_another_value_takes_the_key_s_place_and_what_was_spent(
    keys: VirtualKeys, value: str, gateway_url: str, trust: ssl.SSLContext, gateway: GatewayAdmin
) -> None:
    before = f"sk-{secrets.token_urlsafe(32)}"
    keys.give(before, SPEC)
    gateway.http.post("/key/update", json={"key": token(before), "spend": 1.5}).raise_for_status()
    spec = SPEC.model_copy(update={"overlap": "12s"})
    try:
        for _ in range(2):  # a rotation that was broken off is repeated
            keys.give(value, spec, [token(before)])
        assert _different(keys, value, spec) == []
        assert _spent(keys, value) == 1.5
        assert _completes(gateway_url, trust, before)
        deadline = time.monotonic() + 60
        while _completes(gateway_url, trust, before):
            assert time.monotonic() < deadline, "the key of before opens the gateway after the overlap"
            time.sleep(0.5)
        assert _completes(gateway_url, trust, value)
        keys.give(value, spec, [token(before)])
        assert keys.find(token(before)) is None
        assert _spent(keys, value) == 1.5
    finally:
        keys.forget(token(before))


def test_a_rotation_that_was_broken_off_before_the_new_key_is_taken_up_there(
    keys: VirtualKeys, value: str, gateway: GatewayAdmin
) -> None:
    before = f"sk-{secrets.token_urlsafe(32)}"
    keys.give(before, SPEC)
    alias = retired(ALIAS, token(before))
    gateway.http.post("/key/update", json={"key": token(before), "key_alias": alias, "spend": 2})
    try:
        never_made = token("sk-that-was-never-made")
        keys.give(value, SPEC, [token(before), never_made])
        assert _spent(keys, value) == 2
        assert keys.find(token(before))
    finally:
        keys.forget(token(before))


def _spent(keys: VirtualKeys, value: str) -> float:
    info = keys.find(token(value))
    assert info is not None
    return float(info["spend"])
