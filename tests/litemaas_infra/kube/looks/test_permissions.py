"""Whether the user may: every act is asked for, and only what is refused is told."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.kube.kinds import NAMESPACE, Kind
from litemaas_infra.kube.looks import permissions
from tests.litemaas_infra.support.kubernetes import WHO, FakeKubernetes

SPACE = "/api/v1/namespaces/litemaas"
KINDS = (
    NAMESPACE,
    Kind("v1", "secrets", ("get", "patch")),
    Kind("v1", "pods/log", ("get",)),
    Kind("apps/v1", "deployments", ("create",)),
    Kind("storage.k8s.io/v1", "storageclasses", ("list",), of_cluster=True),
)

Asked = list[dict[str, str]]


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def asked(api: FakeKubernetes) -> Asked:
    """What is asked of a user who may do none of it."""
    asked: Asked = []

    def deny(attributes: dict[str, str]) -> bool:
        asked.append(attributes)
        return False

    api.allows = deny
    return asked


def _problems(cluster: Cluster, threads: Executor) -> list[str]:
    return permissions.problems(cluster, threads, "litemaas", KINDS)


def test_one_who_may_do_everything_is_asked_once(
    cluster: Cluster, threads: Executor, api: FakeKubernetes
) -> None:
    api.allows = lambda attributes: attributes == {"verb": "*", "group": "*", "resource": "*"}
    assert _problems(cluster, threads) == []


def test_one_who_may_do_all_that_is_needed_passes(
    cluster: Cluster, threads: Executor, api: FakeKubernetes
) -> None:
    api.allows = lambda attributes: attributes["verb"] != "*"
    assert _problems(cluster, threads) == []


def test_every_verb_on_every_kind_is_asked_for_where_it_will_be_done(
    cluster: Cluster, threads: Executor, asked: Asked
) -> None:
    _problems(cluster, threads)
    acts = {(a["group"], a["resource"], a["subresource"], a["verb"], a["namespace"]) for a in asked[1:]}
    assert acts == {
        ("", "namespaces", "", "get", "litemaas"),
        ("", "namespaces", "", "create", ""),
        ("", "namespaces", "", "patch", "litemaas"),
        ("", "namespaces", "", "delete", "litemaas"),
        ("", "secrets", "", "get", "litemaas"),
        ("", "secrets", "", "patch", "litemaas"),
        ("", "pods", "log", "get", "litemaas"),
        ("apps", "deployments", "", "create", "litemaas"),
        ("storage.k8s.io", "storageclasses", "", "list", ""),
    }


def test_a_namespace_that_is_there_need_not_be_made(
    cluster: Cluster, threads: Executor, api: FakeKubernetes, asked: Asked
) -> None:
    api.objects[SPACE] = {}
    _problems(cluster, threads)
    assert not [a for a in asked if (a["verb"], a["resource"]) == ("create", "namespaces")]


def test_all_that_is_denied_is_told_at_once_with_whom_and_the_remedy(
    cluster: Cluster, threads: Executor, api: FakeKubernetes
) -> None:
    api.objects[SPACE] = {}
    api.user = "system:serviceaccount:ci:robot"
    api.allows = lambda a: a["verb"] != "*" and a["resource"] not in ("deployments", "secrets")
    (problem,) = _problems(cluster, threads)
    assert problem.startswith(
        "system:serviceaccount:ci:robot may not do what this stack needs in namespace litemaas: "
        "get, patch secrets; create deployments.apps. "
    )
    assert "oc adm policy add-role-to-user admin system:serviceaccount:ci:robot -n litemaas" in problem


def test_an_older_cluster_that_does_not_tell_who_asks_is_no_hindrance(
    cluster: Cluster, threads: Executor, api: FakeKubernetes, asked: Asked
) -> None:
    assert asked == []
    api.forbidden.add(WHO)
    (problem,) = _problems(cluster, threads)
    assert problem.startswith("your login may not do what this stack needs")
