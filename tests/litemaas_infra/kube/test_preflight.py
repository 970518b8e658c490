"""What is looked at before anything is made, against a server that answers as the Kubernetes API does."""

from pathlib import Path
from typing import Any

import pytest

from litemaas_infra import kube
from litemaas_infra.errors import ClusterMismatch, ClusterRefused, ClusterUnreachable, DataProtected
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, kubeconfig
from tests.litemaas_infra.support.web import free_port

CLASSES = "/apis/storage.k8s.io/v1/storageclasses"
CLAIM = "persistentvolumeclaims/data-litemaas-postgres-0"

pytestmark = pytest.mark.usefixtures("config")


@pytest.fixture(autouse=True)
def classes(api: FakeKubernetes) -> None:
    _have_classes(api, "gp3-csi", "gp2-csi")


def _have_classes(api: FakeKubernetes, *names: str) -> None:
    api.objects[CLASSES] = {"items": [{"metadata": {"name": name}} for name in names]}


def _have_claim(api: FakeKubernetes, size: str, storage_class: str | None = "gp3-csi") -> None:
    spec: dict[str, Any] = {"resources": {"requests": {"storage": size}}}
    api.put(CLAIM, {"spec": {**spec, "storageClassName": storage_class} if storage_class else spec})


def _check(size: str = "10Gi", storage_class: str = "gp3-csi") -> None:
    kube.check(None, "litemaas", kube.Volume(storage_class, size))


def _refused(size: str = "10Gi", storage_class: str = "gp3-csi") -> str:
    with pytest.raises(DataProtected) as caught:
        _check(size, storage_class)
    return str(caught.value)


def test_a_cluster_with_the_class_and_without_a_volume_passes() -> None:
    _check()


def test_a_class_that_the_cluster_lacks_is_named_with_those_it_has(api: FakeKubernetes) -> None:
    with pytest.raises(ClusterMismatch) as caught:
        _check(storage_class="ocs")
    assert f"litemaas:storageClass is ocs, which the cluster at {api.url} lacks; " in str(caught.value)
    assert "it has: gp2-csi, gp3-csi." in str(caught.value)
    assert "pulumi config set litemaas:storageClass NAME" in str(caught.value)


def test_a_cluster_without_any_class_is_said_to_have_none(api: FakeKubernetes) -> None:
    _have_classes(api)
    with pytest.raises(ClusterMismatch, match="it has: none"):
        _check()


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ("10Gi", "10Gi"),
        ("10Gi", "20Gi"),
        ("10Gi", "10240Mi"),
        ("1023Gi", "1Ti"),
        ("1Ti", "1024Gi"),
        ("10G", "10Gi"),
        ("1.5Gi", "2Gi"),
        ("10737418240", "10Gi"),
        ("1e9", "1Gi"),
        ("10737418240000m", "10Gi"),
    ],
)
def test_a_volume_may_stay_or_grow(api: FakeKubernetes, there: str, wanted: str) -> None:
    _have_claim(api, there)
    _check(wanted)


@pytest.mark.parametrize(
    ("there", "wanted"),
    [("10Gi", "9Gi"), ("1Ti", "1023Gi"), ("10Gi", "10239Mi"), ("11G", "10Gi"), ("1Pi", "1023Ti")],
)
def test_a_volume_cannot_shrink(api: FakeKubernetes, there: str, wanted: str) -> None:
    _have_claim(api, there)
    message = _refused(wanted)
    assert f"has {there} and cannot shrink to {wanted}" in message
    assert "pulumi config set litemaas:storageSize" in message


def test_a_size_to_keep_is_one_that_the_setting_takes(api: FakeKubernetes) -> None:
    _have_claim(api, "11G")
    assert _refused("10Gi").endswith("pulumi config set litemaas:storageSize 11Gi")


def test_another_class_for_a_volume_that_is_there_is_refused(api: FakeKubernetes) -> None:
    _have_claim(api, "10Gi", "gp2-csi")
    message = _refused()
    assert "is of class gp2-csi; making it gp3-csi would replace it with an empty one" in message
    assert message.endswith("pulumi config set litemaas:storageClass gp2-csi")


def test_a_volume_of_no_class_is_refused_too(api: FakeKubernetes) -> None:
    _have_claim(api, "10Gi", None)
    assert "is of no class" in _refused()


def test_only_the_claim_of_our_namespace_counts(api: FakeKubernetes) -> None:
    spec = {"storageClassName": "other", "resources": {"requests": {"storage": "1Ti"}}}
    api.put(CLAIM, {"spec": spec}, namespace="other")
    _check()


def test_a_user_who_may_not_look_is_told(api: FakeKubernetes) -> None:
    api.forbidden.add(CLASSES)
    with pytest.raises(ClusterRefused, match="storageclasses"):
        _check()


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kubeconfig(tmp_path / "other", test=f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("KUBECONFIG", str(path))
    with pytest.raises(ClusterUnreachable, match="litemaas:context"):
        _check()
