"""Whose certificates are taken for the gateway's."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.trust import trusted
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import ClusterError, GatewayUnreachable
from tests.litemaas_infra.support.certificates import SelfSigned, self_signed
from tests.litemaas_infra.support.kubernetes import FakeKubernetes
from tests.litemaas_infra.support.litellm import MASTER_KEY, FakeLiteLLM
from tests.litemaas_infra.support.web import serving

AUTHORITY = "/api/v1/namespaces/openshift-config-managed/configmaps/default-ingress-cert"
OWN = "/api/v1/namespaces/litemaas/configmaps/litellm-authority"


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


@pytest.fixture
def tls(tmp_path: Path) -> SelfSigned:
    return self_signed(tmp_path)


def test_the_clusters_own_authority_is_trusted(
    cluster: Cluster, api: FakeKubernetes, tls: SelfSigned
) -> None:
    api.objects[AUTHORITY] = {"data": {"ca-bundle.crt": tls.certificate}}
    assert _models(trusted(cluster, "litemaas"), tls) == 200


def test_the_authority_of_the_settings_is_trusted(
    cluster: Cluster, api: FakeKubernetes, tls: SelfSigned
) -> None:
    api.objects[OWN] = {"data": {"ca.crt": tls.certificate}}
    assert _models(trusted(cluster, "litemaas"), tls) == 200


def test_the_authority_of_another_namespace_is_not_trusted(
    cluster: Cluster, api: FakeKubernetes, tls: SelfSigned
) -> None:
    api.objects[OWN] = {"data": {"ca.crt": tls.certificate}}
    with pytest.raises(GatewayUnreachable, match=r"is not trusted.*litemaas:exposure.authority"):
        _models(trusted(cluster, "other"), tls)


def test_without_the_clusters_authority_only_the_machines_is_trusted(
    cluster: Cluster, tls: SelfSigned
) -> None:
    with pytest.raises(GatewayUnreachable, match="is not trusted"):
        _models(trusted(cluster, "litemaas"), tls)


def test_a_user_who_may_not_read_the_authority_goes_on_without_it(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    api.forbidden.add(AUTHORITY)
    assert trusted(cluster, "litemaas").verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    ("path", "key", "name"),
    [(AUTHORITY, "ca-bundle.crt", "default-ingress-cert"), (OWN, "ca.crt", "litellm-authority")],
)
def test_an_authority_that_is_no_certificate_is_an_error_of_ours(
    cluster: Cluster, api: FakeKubernetes, path: str, key: str, name: str
) -> None:
    api.objects[path] = {"data": {key: "-----BEGIN NOTHING-----"}}
    with pytest.raises(ClusterError, match=name):
        trusted(cluster, "litemaas")


def _models(trust: ssl.SSLContext, tls: SelfSigned) -> int:
    fake = FakeLiteLLM(models={"a": {}})
    with serving(fake, tls.server) as server, Wire(server.url, MASTER_KEY, trust) as wire:
        return wire.send("GET", "/model/info").status_code
