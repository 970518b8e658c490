"""Copies of the data, and what becomes of a database that was lost with its volume."""

import json

import pytest

from tests.end_to_end.support import documented
from tests.end_to_end.support.gateway import Gateway
from tests.end_to_end.support.pulumi import Stack
from tests.end_to_end.support.sandbox import NAMESPACE, found, inside, oc, psql, secrets

MODEL = "granite-3-2-8b-instruct"
KEPT = {
    "litellm_db": """
        SELECT json_agg(t ORDER BY t) FROM (
            SELECT model_id FROM "LiteLLM_ProxyModelTable"
            UNION ALL SELECT token || ' ' || spend FROM "LiteLLM_VerificationToken"
        ) AS t
    """,
    "litemaas": "SELECT json_agg(to_jsonb(models) - 'updated_at' ORDER BY id) FROM models",
}
"""What people would miss first: models, keys, what was spent, and the backend's rows."""

pytestmark = pytest.mark.usefixtures("deployed")


def _data() -> dict[str, object]:
    return {database: json.loads(psql(query, database)) for database, query in KEPT.items()}


def test_a_database_that_was_lost_is_filled_from_its_latest_copy_as_the_readme_says(stack: Stack) -> None:
    gateway = Gateway.deployed()
    key = gateway.ask("POST", "/key/generate", {"models": [MODEL], "spend": 1.25, "key_alias": "backed-up"})
    documented.follow("## Backups")
    before, passwords = _data(), secrets()
    for lost in ("statefulset/litemaas-postgres", "persistentvolumeclaim/data-litemaas-postgres-0"):
        oc("delete", lost, "-n", NAMESPACE)
    documented.follow("## Restore")
    assert _data() == before
    assert secrets() == passwords
    assert Gateway(gateway.url, key["key"]).completes(MODEL).startswith(f"This is {MODEL}.")
    stack.unchanged()


def test_what_a_restore_refuses_is_told_at_once(stack: Stack) -> None:
    before = _data()
    with stack.with_setting("litemaas:backup.restore", "20200101T000000Z"):
        said = stack.up().failed()
    said.says("it refuses (exit code 78)", "there is no backup 20200101T000000Z; there are: 20")
    assert _data() == before


def test_turned_off_its_volume_goes_and_the_data_stays(stack: Stack) -> None:
    before = _data()
    stack.unset("litemaas:backup")
    stack.up().succeeded()
    assert [item["metadata"]["name"] for item in found("cronjob")["items"]] == []
    assert _data() == before
    assert inside("true").succeeded()
