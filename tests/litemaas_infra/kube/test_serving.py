"""Whether a gateway behind a Route that re-encrypts would have a certificate of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.kube.exposure import checked_exposure
from litemaas_infra.specs.exposure import Exposure
from tests.litemaas_infra.support.certificates import serving_secret
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, served

MADE = "oc create secret generic {} -n litemaas --type kubernetes.io/tls --from-file=tls.crt=FILE"


@pytest.fixture
def cluster(config: Path, api: FakeKubernetes) -> Iterator[Cluster]:
    api.objects["/apis/route.openshift.io/v1"] = served("routes")
    with Cluster(str(config)) as connection:
        yield connection


def _exposure(tls: str, secret: str | None) -> Exposure:
    return Exposure.model_validate({"tls": tls, "servingSecret": secret})


def _told(cluster: Cluster, secret: str | None = None) -> str:
    with pytest.raises(ClusterMismatch) as caught:
        checked_exposure(cluster, "litemaas", _exposure("reencrypt", secret))
    return str(caught.value)


def test_without_a_service_ca_the_setting_is_named_that_takes_its_place(
    cluster: Cluster, api: FakeKubernetes
) -> None:
    message = _told(cluster)
    assert f"litemaas:exposure.tls is reencrypt, and the cluster at {api.url} has no service CA" in message
    assert f"for litellm.litemaas.svc: {MADE.format('NAME')}" in message
    assert message.endswith("pulumi config set --path litemaas:exposure.servingSecret NAME")
    api.objects["/apis/operator.openshift.io/v1"] = served("servicecas")
    checked_exposure(cluster, "litemaas", Exposure(tls="reencrypt"))


def test_a_secret_that_will_not_do_is_told_with_the_command_that_makes_it(
    cluster: Cluster, api: FakeKubernetes, tmp_path: Path
) -> None:
    assert "servingSecret is own, and that Secret is not there in namespace litemaas" in _told(cluster, "own")
    assert MADE.format("own") in _told(cluster, "own")
    api.put("secrets/own", serving_secret(tmp_path, "litellm.other.svc"))
    assert "that Secret holds a certificate that is not for litellm.litemaas.svc" in _told(cluster, "own")
    api.put("secrets/own", serving_secret(tmp_path))
    checked_exposure(cluster, "litemaas", _exposure("reencrypt", "own"))


def test_where_nothing_is_re_encrypted_nothing_is_looked_at(cluster: Cluster) -> None:
    for tls in ("edge", "none"):
        checked_exposure(cluster, "litemaas", _exposure(tls, "own"))
