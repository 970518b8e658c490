"""Passwords are made once and found again, against a server that answers as the Kubernetes API does."""

import base64
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.errors import ClusterRefused, DataProtected
from litemaas_infra.providers.password import PasswordProvider
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret

PROPS: dict[str, Any] = {
    "site": {"namespace": "litemaas"},
    "secret": "litellm-secret",
    "key": "LITELLM_SALT_KEY",
    "prefix": "sk-",
    "opens_data": True,
}
CLAIM = "persistentvolumeclaims/data-litemaas-postgres-0"
PROVIDER = PasswordProvider()

pytestmark = pytest.mark.usefixtures("config")


def _value(props: dict[str, Any]) -> str:
    return str((PROVIDER.create(props).outs or {})["value"])


def test_a_new_password_is_long_random_and_safe_in_a_url() -> None:
    one, two = _value(PROPS), _value(PROPS)
    assert one != two
    assert one.startswith("sk-")
    assert len(base64.urlsafe_b64decode(one.removeprefix("sk-") + "=")) == 32


def test_a_password_is_known_by_its_place() -> None:
    assert PROVIDER.create(PROPS).id == "litemaas/litellm-secret/LITELLM_SALT_KEY"


def test_a_password_that_the_cluster_has_is_taken_over(api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", secret(LITELLM_SALT_KEY="sk-of-before"))
    api.put(CLAIM, {})
    assert _value(PROPS) == "sk-of-before"


@pytest.mark.parametrize("found", [None, secret(OTHER="a")])
def test_a_lost_password_is_not_made_anew_beside_the_data_it_opens(
    api: FakeKubernetes, found: dict[str, Any] | None
) -> None:
    api.put(CLAIM, {})
    if found:
        api.put("secrets/litellm-secret", found)
    with pytest.raises(DataProtected) as caught:
        PROVIDER.create(PROPS)
    assert "LITELLM_SALT_KEY of Secret litellm-secret is lost" in str(caught.value)
    assert "Restore the Secret" in str(caught.value)
    assert "oc delete pvc data-litemaas-postgres-0 -n litemaas" in str(caught.value)


def test_a_lost_password_that_opens_no_data_is_made_anew(api: FakeKubernetes) -> None:
    api.put(CLAIM, {})
    assert _value({**PROPS, "opens_data": False}).startswith("sk-")


def test_a_gateway_without_a_salt_key_encrypted_under_its_master_key_which_is_the_salt_from_now_on(
    api: FakeKubernetes,
) -> None:
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY="sk-master"))
    assert _value(PROPS) == "sk-master"
    assert _value({**PROPS, "key": "UI_PASSWORD", "opens_data": False}) != "sk-master"


def test_a_backend_without_an_encryption_key_used_the_master_key_too(api: FakeKubernetes) -> None:
    of_backend = {**PROPS, "secret": "backend-secret", "key": "ENCRYPTION_KEY", "opens_data": False}
    api.put("secrets/litellm-secret", secret(LITELLM_MASTER_KEY="sk-master", LITELLM_SALT_KEY="sk-salt"))
    assert _value(of_backend) != "sk-master"
    api.put("secrets/backend-secret", secret(JWT_SECRET="of-before"))
    assert _value(of_backend) == "sk-master"


def test_a_secret_that_cannot_be_read_is_not_taken_for_a_lost_one(api: FakeKubernetes) -> None:
    api.forbidden.add("/api/v1/namespaces/litemaas/secrets/litellm-secret")
    with pytest.raises(ClusterRefused):
        PROVIDER.create(PROPS)


def test_an_empty_password_is_not_taken_over(api: FakeKubernetes) -> None:
    api.put("secrets/litellm-secret", secret(LITELLM_SALT_KEY=""))
    assert _value(PROPS) != ""


def test_nothing_changed_is_no_difference_even_to_the_value_in_state() -> None:
    assert PROVIDER.diff("id", {**PROPS, "value": "sk-1"}, PROPS).changes is False


@pytest.mark.parametrize(
    "change", [{"key": "OTHER"}, {"prefix": ""}, {"site": {"namespace": "litemaas", "context": "other"}}]
)
def test_a_password_kept_elsewhere_stays_what_it_is(change: dict[str, Any]) -> None:
    olds, news = {**PROPS, "value": "sk-1"}, {**PROPS, **change}
    difference = PROVIDER.diff("id", olds, news)
    assert (difference.changes, difference.replaces) == (True, [])
    assert PROVIDER.update("id", olds, news).outs == {**news, "value": "sk-1"}


def test_reading_keeps_the_value(config: Path) -> None:
    del config
    found = PROVIDER.read("id", {**PROPS, "value": "sk-1"})
    assert (found.id, (found.outs or {})["value"]) == ("id", "sk-1")
