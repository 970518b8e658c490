import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.openshift import route_url, trusted
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import ClusterError, GatewayUnreachable, NotInCluster
from tests.litemaas_infra.support.certificates import SelfSigned, self_signed
from tests.litemaas_infra.support.kubernetes import FakeKubernetes
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.web import serving

ROUTE = "/apis/route.openshift.io/v1/namespaces/litemaas/routes/litellm"
AUTHORITY = "/api/v1/namespaces/openshift-config-managed/configmaps/default-ingress-cert"


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


@pytest.fixture
def tls(tmp_path: Path) -> SelfSigned:
    return self_signed(tmp_path)


def test_a_routes_address_is_https(cluster: Cluster, api: FakeKubernetes) -> None:
    api.objects[ROUTE] = {"spec": {"host": "litellm.apps.example.com"}}
    assert route_url(cluster, "litemaas", "litellm") == "https://litellm.apps.example.com"


@pytest.mark.parametrize("route", [None, {}, {"spec": {}}])
def test_a_route_that_is_missing_or_has_no_host_yet_is_named(
    cluster: Cluster, api: FakeKubernetes, route: dict[str, object] | None
) -> None:
    if route is not None:
        api.objects[ROUTE] = route
    with pytest.raises(
        NotInCluster, match="Route litellm is not in namespace litemaas; `pulumi up` makes it"
    ):
        route_url(cluster, "litemaas", "litellm")


def test_the_clusters_own_authority_is_trusted(
    cluster: Cluster, api: FakeKubernetes, tls: SelfSigned
) -> None:
    api.objects[AUTHORITY] = {"data": {"ca-bundle.crt": tls.certificate}}
    assert _models(trusted(cluster), tls) == 200


def test_without_the_clusters_authority_only_the_machines_is_trusted(
    cluster: Cluster, tls: SelfSigned
) -> None:
    with pytest.raises(GatewayUnreachable, match="is not trusted"):
        _models(trusted(cluster), tls)


def test_a_user_who_may_not_read_the_authority_goes_on_without_it(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.forbidden.add(AUTHORITY)
    assert trusted(cluster).verify_mode is ssl.CERT_REQUIRED


def test_an_authority_that_is_no_certificate_is_an_error_of_ours(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.objects[AUTHORITY] = {"data": {"ca-bundle.crt": "-----BEGIN NOTHING-----"}}
    with pytest.raises(ClusterError, match="default-ingress-cert"):
        trusted(cluster)


def _models(trust: ssl.SSLContext, tls: SelfSigned) -> int:
    fake = FakeLiteLLM(models={"a": {}})
    with serving(fake, tls.server) as server, Wire(server.url, MASTER_KEY, trust) as wire:
        return wire.send("GET", "/model/info").status_code
