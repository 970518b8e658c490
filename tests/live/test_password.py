"""A generated secret: found in the cluster where there is one, never made anew beside data."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import DataProtected
from litemaas_infra.providers.password import PasswordProvider
from tests.live.support.people import kubectl
from tests.live.support.pulumi import crossing


def _props(site: dict[str, Any], **other: Any) -> dict[str, Any]:
    return crossing(
        {"site": site, "key": "password", "prefix": "sk-", "opens_data": False, "value": None, **other}
    )


@pytest.fixture
def secret() -> Iterator[str]:
    name = f"live-{secrets.token_hex(4)}"
    yield name
    kubectl("delete", "secret", name, "--ignore-not-found")


def test_a_lost_state_finds_the_value_of_the_cluster(site: dict[str, Any], cluster: Cluster) -> None:
    props = _props(site, secret=names.GATEWAY_SECRET, key=names.MASTER_KEY, opens_data=True)
    made = PasswordProvider().create(props)
    assert (made.outs or {})["value"] == cluster.secret_value(
        "litemaas", names.GATEWAY_SECRET, names.MASTER_KEY
    )


def test_a_value_with_every_kind_of_character_is_found_as_it_is(site: dict[str, Any], secret: str) -> None:
    value = " 漢 😀\n'\"\\ "
    kubectl("create", "secret", "generic", secret, f"--from-literal=password={value}")
    made = PasswordProvider().create(_props(site, secret=secret))
    assert (made.outs or {})["value"] == value


def test_a_value_that_is_nowhere_is_made_and_each_is_another(site: dict[str, Any], secret: str) -> None:
    made = [(PasswordProvider().create(_props(site, secret=secret)).outs or {})["value"] for _ in range(3)]
    assert len(set(made)) == 3
    assert all(value.startswith("sk-") and len(value) > 40 for value in made)


def test_no_new_key_is_made_for_data_that_is_there(site: dict[str, Any], secret: str) -> None:
    with pytest.raises(DataProtected, match="Restore the Secret from a backup"):
        PasswordProvider().create(_props(site, secret=secret, opens_data=True))


def test_a_namespace_without_a_volume_gets_a_new_key(site: dict[str, Any], secret: str) -> None:
    made = PasswordProvider().create(_props({**site, "namespace": "models"}, secret=secret, opens_data=True))
    assert made.id == f"models/{secret}/password"
