"""Whether the administrator's Secret is there, before anything is made."""

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.looks import database
from litemaas_infra.specs.database import Database
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret

SHARED = Database.model_validate({"kind": "existing", "host": "db", "adminSecret": "default/pg"})


def _problems(cluster: Cluster, settings: Database = SHARED) -> list[str]:
    return database.problems(cluster, "litemaas", settings)


def test_a_secret_with_both_keys_passes(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/pg", secret(username="admin", password="x"), "default")
    assert _problems(cluster) == []


def test_without_a_namespace_it_is_in_that_of_the_stack(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/pg", secret(username="admin", password="x"))
    assert _problems(cluster, SHARED.model_copy(update={"admin_secret": "pg"})) == []


@pytest.mark.parametrize(
    "settings", [Database.model_validate({"adminSecret": "pg"}), Database(kind="existing", host="db")]
)
def test_where_nobody_is_named_nobody_is_looked_for(cluster: Cluster, settings: Database) -> None:
    assert _problems(cluster, settings) == []


def test_a_secret_that_is_missing_is_told_with_the_command_that_makes_it(cluster: Cluster) -> None:
    (problem,) = _problems(cluster)
    assert "litemaas:database.adminSecret is default/pg, and namespace default has no Secret" in problem
    assert "kubectl create secret generic pg -n default" in problem


def test_a_secret_without_the_key_is_told_with_those_it_has(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/pg", secret(username="admin", **{"postgres-password": "hidden"}), "default")
    (problem,) = _problems(cluster)
    assert "that Secret lacks password; it has postgres-password, username" in problem
    assert "hidden" not in problem


def test_a_secret_that_may_not_be_read_is_told(cluster: Cluster, api: FakeKubernetes) -> None:
    api.forbidden.add("/api/v1/namespaces/default/secrets/pg")
    (problem,) = _problems(cluster)
    assert "does not let you read secrets/pg" in problem
