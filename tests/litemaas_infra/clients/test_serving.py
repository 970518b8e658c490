"""How the gateway's pods are asked without a Route: what they speak, and whom they must be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.serving import trust
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import ClusterMismatch, GatewayUnreachable
from tests.litemaas_infra.support.certificates import SelfSigned, self_signed
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, secret
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.web import serving

HOST = "litellm.litemaas.svc"
DEPLOYMENT = "/apis/apps/v1/namespaces/litemaas/deployments/litellm"


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


@pytest.fixture
def tls(tmp_path: Path) -> SelfSigned:
    return self_signed(tmp_path, HOST)


@pytest.fixture
def over_tls(api: FakeKubernetes) -> None:
    """Pods with a certificate of their own."""
    volumes = [{"name": "tmp"}, {"name": "litellm-serving", "secret": {"secretName": "own"}}]
    api.objects[DEPLOYMENT] = {"spec": {"template": {"spec": {"volumes": volumes}}}}


def test_pods_without_a_certificate_speak_plain_http(cluster: Cluster, api: FakeKubernetes) -> None:
    assert trust(cluster, "litemaas") is None
    api.objects[DEPLOYMENT] = {"spec": {"template": {"spec": {"volumes": [{"name": "tmp"}]}}}}
    assert trust(cluster, "litemaas") is None


@pytest.mark.usefixtures("over_tls")
@pytest.mark.parametrize("by_service_ca", [False, True])
def test_they_are_trusted_by_the_secret_s_authority_or_the_service_ca_s(
    cluster: Cluster, api: FakeKubernetes, tls: SelfSigned, *, by_service_ca: bool
) -> None:
    if by_service_ca:
        api.put("secrets/own", secret(**{"tls.crt": tls.certificate}))
        api.put("configmaps/openshift-service-ca.crt", {"data": {"service-ca.crt": tls.certificate}})
    else:
        api.put("secrets/own", secret(**{"ca.crt": tls.certificate}))
    assert _asked(cluster, tls, HOST) == 200


@pytest.mark.usefixtures("over_tls")
def test_one_that_is_not_for_the_service_is_not_trusted(
    cluster: Cluster, api: FakeKubernetes, tls: SelfSigned
) -> None:
    api.put("secrets/own", secret(**{"ca.crt": tls.certificate}))
    with pytest.raises(GatewayUnreachable, match=r"is not trusted.*litemaas:exposure.servingSecret"):
        _asked(cluster, tls, "litellm.other.svc")


@pytest.mark.usefixtures("over_tls")
def test_no_authority_at_all_is_told(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("secrets/own", secret(**{"tls.crt": "certificate"}))
    with pytest.raises(ClusterMismatch, match=r"Secret own in namespace litemaas has no ca\.crt"):
        trust(cluster, "litemaas")


def _asked(cluster: Cluster, tls: SelfSigned, name: str) -> int:
    known = trust(cluster, "litemaas")
    assert known
    fake = FakeLiteLLM(models={"a": {}})
    with serving(fake, tls.server) as server, Wire(server.url, MASTER_KEY, known, name) as wire:
        return wire.send("GET", "/model/info").status_code
