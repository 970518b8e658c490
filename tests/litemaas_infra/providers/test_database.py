"""What a preview of a database shows. Databases themselves are made by the tests on a real PostgreSQL."""

from typing import Any

import pytest

from litemaas_infra.providers.database import DatabaseProvider

PROPS: dict[str, Any] = {
    "site": {"namespace": "litemaas"},
    "database": "litellm_db",
    "owner": "litellm",
    "secret": "litellm-database",
}


def test_an_unchanged_database_is_left_alone() -> None:
    assert DatabaseProvider().diff("id", PROPS, dict(PROPS)).changes is False


def test_another_name_is_another_database() -> None:
    difference = DatabaseProvider().diff("id", PROPS, {**PROPS, "database": "other"})
    assert (difference.changes, difference.replaces) == (True, ["database"])


@pytest.mark.parametrize("key", ["owner", "secret", "site"])
def test_another_owner_is_a_change_in_place(key: str) -> None:
    difference = DatabaseProvider().diff("id", PROPS, {**PROPS, key: "other"})
    assert (difference.changes, difference.replaces) == (True, [])


def test_deleting_the_resource_touches_nothing() -> None:
    # It needs neither a cluster nor a server, because it asks none.
    DatabaseProvider().delete("id", PROPS)
