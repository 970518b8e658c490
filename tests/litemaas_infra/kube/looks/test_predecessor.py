"""A LiteMaaS that is no stack's is found before anything of it is mixed up with a stack's own."""

from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.looks import predecessor
from litemaas_infra.specs.database import Database
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.shape import Shape
from litemaas_infra.specs.takeover import Takeover
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

OURS = {"app.kubernetes.io/part-of": "litemaas"}
TAKEN = Takeover.model_validate(
    {"host": "postgres", "user": "litemaas", "passwordSecret": "a/b", "gatewayDatabase": "litellm_db"}
)
APPS, CORE, ROUTES = "/apis/apps/v1", "/api/v1", "/apis/route.openshift.io/v1"


def _have(api: FakeKubernetes, version: str, kind: str, *names: str, **labels: str) -> None:
    items = [{"metadata": {"name": name, "labels": labels}} for name in names]
    api.objects[f"{version}/namespaces/litemaas/{kind}"] = {"items": items}


def _problems(cluster: Cluster, **shape: Any) -> list[str]:
    return predecessor.problems(cluster, "litemaas", Shape(**shape))


def test_an_empty_namespace_has_none(cluster: Cluster) -> None:
    assert _problems(cluster) == []


def test_a_stack_s_own_objects_are_none(cluster: Cluster, api: FakeKubernetes) -> None:
    _have(api, APPS, "statefulsets", "litemaas-postgres", **OURS)
    _have(api, APPS, "deployments", "litellm", "litemaas-backend", **OURS)
    _have(api, CORE, "services", "litellm", **OURS)
    assert _problems(cluster) == []


def test_what_has_nothing_to_do_with_it_is_none(cluster: Cluster, api: FakeKubernetes) -> None:
    _have(api, APPS, "deployments", "something", app="something")
    _have(api, APPS, "statefulsets", "mysql")
    assert _problems(cluster) == []


@pytest.mark.parametrize("server", ["postgres", "litellm-postgres", "litemaas-postgres"])
def test_its_database_is_named_with_the_command_that_helps(
    cluster: Cluster, api: FakeKubernetes, server: str
) -> None:
    _have(api, APPS, "statefulsets", server, app=server)
    (problem,) = _problems(cluster)
    assert f"not this stack's (statefulset/{server}): its keys, models and spend would be missing" in problem
    assert "`litemaas migrate`" in problem
    assert "pulumi config set litemaas:namespace NAME" in problem


def test_one_that_is_being_taken_over_or_was_may_stay_until_its_keeper_removes_it(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    _have(api, APPS, "statefulsets", "postgres")
    assert _problems(cluster, takeover=TAKEN) == []
    api.put("persistentvolumeclaims/data-litemaas-postgres-0", {})
    assert _problems(cluster) == []


def test_one_under_the_name_of_the_stack_s_own_is_never_mixed_up_with_it(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    _have(api, APPS, "statefulsets", "litemaas-postgres")
    assert len(_problems(cluster, takeover=TAKEN)) == 1


def test_all_that_would_be_mixed_up_is_named_even_while_it_is_taken_over(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    _have(api, APPS, "deployments", "litellm", "litellm-redis", "litellm-backend")
    _have(api, CORE, "services", "litellm", "postgres")
    _have(api, ROUTES, "routes", "litellm")
    (problem,) = _problems(cluster, takeover=TAKEN)
    listed = "deployment/litellm, deployment/litellm-backend, deployment/litellm-redis, service/litellm"
    assert f"({listed}, route/litellm)" in problem


def test_only_what_the_stack_has_too_is_looked_at(cluster: Cluster, api: FakeKubernetes) -> None:
    api.forbidden |= {f"{APPS}/namespaces/litemaas/statefulsets", f"{ROUTES}/namespaces/litemaas/routes"}
    elsewhere = Database.model_validate({"kind": "existing", "host": "db"})
    assert _problems(cluster, database=elsewhere, exposure=Exposure(kind="internal")) == []
