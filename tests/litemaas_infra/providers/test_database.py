"""What a preview of a database shows. Databases themselves are made by the tests on a real PostgreSQL."""

from typing import Any

import pytest

from litemaas_infra.providers.database import DatabaseProvider
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

PROPS: dict[str, Any] = {
    "site": {"namespace": "litemaas"},
    "kind": "own",
    "server": {"host": "litemaas-postgres", "port": 5432, "sslmode": "disable"},
    "database": "litellm_db",
    "owner": "litellm",
    "secret": "litellm-database",
    "use": "gateway",
    "admin": None,
    "checksum": "1",
    "force_delete": False,
}
ADMIN = {"user_key": "username", "password_key": "password", "database": "postgres"}
EXISTING = {**PROPS, "kind": "existing", "admin": {"secret": "admin"}}


def test_an_unchanged_database_is_left_alone() -> None:
    assert DatabaseProvider().diff("id", PROPS, dict(PROPS)).changes is False


@pytest.mark.parametrize(
    "key", ["database", "owner", "secret", "site", "server", "kind", "checksum", "force_delete"]
)
def test_nothing_is_ever_replaced_for_that_would_delete_the_old_one(key: str) -> None:
    difference = DatabaseProvider().diff("id", PROPS, {**PROPS, key: "other"})
    assert (difference.changes, difference.replaces) == (True, [])


@pytest.mark.parametrize("props", [PROPS, {**PROPS, "force_delete": True}, EXISTING])
def test_deleting_the_resource_touches_nothing(props: dict[str, Any]) -> None:
    # It needs neither a cluster nor a server, because it asks none.
    DatabaseProvider().delete("id", props)


def test_without_an_administrator_nothing_can_be_dropped_which_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    DatabaseProvider().delete("id", {**EXISTING, "admin": None, "force_delete": True})
    assert "database litellm_db is kept" in capsys.readouterr().err


@pytest.mark.parametrize("other", [{"force_delete": True}, {"admin": {"secret": "other"}}])
def test_what_only_says_how_it_ends_needs_no_server(other: dict[str, Any]) -> None:
    updated = DatabaseProvider().update("id", {**EXISTING, "token": "1"}, {**EXISTING, **other})
    assert updated.outs == {**EXISTING, **other, "token": "1"}


@pytest.mark.usefixtures("config")
def test_a_database_goes_with_the_stack_and_not_with_a_part_of_it(
    api: FakeKubernetes, capsys: pytest.CaptureFixture[str]
) -> None:
    gateway = "/apis/apps/v1/namespaces/litemaas/deployments/litellm"
    props = {**EXISTING, "force_delete": True, "admin": {**ADMIN, "secret": "lost"}}
    api.objects[gateway] = {"metadata": {}}
    DatabaseProvider().delete("id", props)
    assert "turn on again what it is for before `pulumi destroy`" in capsys.readouterr().err
    api.objects[gateway] = {"metadata": {"deletionTimestamp": "2026-11-21T00:00:00Z"}}
    DatabaseProvider().delete("id", props)
    assert "for nobody can drop it: " in capsys.readouterr().err
