"""Whether a cluster can expose the gateway as the settings wish."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.kube.exposure import checked_exposure
from litemaas_infra.specs.exposure import Exposure
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret

ROUTES = "/apis/route.openshift.io/v1"
CLASSES = "/apis/networking.k8s.io/v1/ingressclasses"
DEFAULT = {"ingressclass.kubernetes.io/is-default-class": "true"}


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


@pytest.fixture
def traefik(api: FakeKubernetes) -> None:
    """A cluster as k3s makes it, with a second controller."""
    items = [{"metadata": {"name": "nginx"}}, {"metadata": {"name": "traefik", "annotations": DEFAULT}}]
    api.objects[CLASSES] = {"items": items}


def _ingress(**other: Any) -> Exposure:
    return Exposure.model_validate({"kind": "ingress", "host": "litellm.example.com", **other})


def _told(cluster: Cluster, exposure: Exposure) -> str:
    with pytest.raises(ClusterMismatch) as caught:
        checked_exposure(cluster, "litemaas", exposure)
    return str(caught.value)


def test_a_route_needs_a_cluster_with_routes(cluster: Cluster, api: FakeKubernetes) -> None:
    message = _told(cluster, Exposure())
    assert f"litemaas:exposure.kind is route, and the cluster at {api.url} has no Routes" in message
    assert "pulumi config set --path litemaas:exposure.kind ingress" in message
    api.objects[ROUTES] = {}
    assert checked_exposure(cluster, "litemaas", Exposure()) == Exposure()


@pytest.mark.usefixtures("traefik")
def test_an_ingress_gets_the_class_of_the_settings_or_the_default(cluster: Cluster) -> None:
    for named, found in (("nginx", "nginx"), (None, "traefik")):
        assert checked_exposure(cluster, "litemaas", _ingress(ingressClass=named)).ingress_class == found


@pytest.mark.usefixtures("traefik")
def test_a_class_that_the_cluster_lacks_is_named_with_those_it_has(cluster: Cluster) -> None:
    message = _told(cluster, _ingress(ingressClass="haproxy"))
    assert "litemaas:exposure.ingressClass is haproxy, which the cluster at" in message
    assert "it has: nginx, traefik." in message
    assert "pulumi config set --path litemaas:exposure.ingressClass NAME" in message


def test_a_cluster_without_a_default_class_is_told(cluster: Cluster, api: FakeKubernetes) -> None:
    api.objects[CLASSES] = {"items": [{"metadata": {"name": "nginx"}}]}
    message = _told(cluster, _ingress())
    assert "litemaas:exposure.ingressClass is not set, and the cluster at" in message
    assert "has no default IngressClass; it has: nginx." in message
    assert message.endswith("or do without: pulumi config set --path litemaas:exposure.kind internal")


@pytest.mark.usefixtures("traefik")
def test_a_secret_without_a_certificate_is_told_with_the_command_that_makes_it(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    own = _ingress(certificateSecret="own")
    message = _told(cluster, own)
    assert "litemaas:exposure.certificateSecret is own, and namespace litemaas has no Secret of" in message
    assert "kubectl create secret tls own -n litemaas" in message
    api.put("secrets/own", secret(**{"tls.crt": "certificate"}))
    assert "tls.key" in _told(cluster, own)
    api.put("secrets/own", secret(**{"tls.crt": "certificate", "tls.key": "key"}))
    assert checked_exposure(cluster, "litemaas", own).certificate_secret == "own"


def test_an_internal_gateway_needs_nothing_of_the_cluster(cluster: Cluster) -> None:
    internal = Exposure(kind="internal")
    assert checked_exposure(cluster, "litemaas", internal) == internal
