"""The address that the gateway is asked under, read from what is in the cluster."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.exposure import address
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

ROUTE = "/apis/route.openshift.io/v1/namespaces/litemaas/routes/litellm"
INGRESS = "/apis/networking.k8s.io/v1/namespaces/litemaas/ingresses/litellm"
OURS = {"labels": {"app.kubernetes.io/part-of": "litemaas"}}
TLS = {"tls": {"termination": "edge"}}
RULES = {"rules": [{"host": "litellm.example.com"}]}


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("path", "spec", "url"),
    [
        (ROUTE, {"host": "litellm.apps.example.com", **TLS}, "https://litellm.apps.example.com"),
        (ROUTE, {"host": "litellm.apps.example.com"}, "http://litellm.apps.example.com"),
        (INGRESS, {**RULES, "tls": [{"hosts": ["litellm.example.com"]}]}, "https://litellm.example.com"),
        (INGRESS, RULES, "http://litellm.example.com"),
        (ROUTE, TLS, None),
    ],
)
def test_it_is_that_of_our_route_or_ingress(
    cluster: Cluster, api: FakeKubernetes, path: str, spec: Mapping[str, Any], url: str | None
) -> None:
    api.objects[path] = {"metadata": OURS, "spec": spec}
    assert address(cluster, "litemaas", "litellm") == url


def test_there_is_none_in_a_cluster_without_either(cluster: Cluster) -> None:
    assert address(cluster, "litemaas", "litellm") is None


def test_one_that_someone_else_made_would_get_our_master_key_and_does_not_count(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.objects[INGRESS] = {"metadata": {"labels": {"app": "litellm"}}, "spec": RULES}
    assert address(cluster, "litemaas", "litellm") is None
