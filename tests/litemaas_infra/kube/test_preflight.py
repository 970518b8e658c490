"""What is looked at before anything is made, against a server that answers as the Kubernetes API does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra import kube
from litemaas_infra.clients import cluster
from litemaas_infra.errors import ClusterMismatch, ClusterUnreachable
from litemaas_infra.specs.chat import Chat
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.shape import Shape
from tests.litemaas_infra.support.kubernetes import FakeKubernetes, kubeconfig
from tests.litemaas_infra.support.web import free_port

CLASSES = "/apis/storage.k8s.io/v1/storageclasses"
DEFAULT = {"storageclass.kubernetes.io/is-default-class": "true"}
OPENSHIFT = "/apis/config.openshift.io/v1"
INTERNAL = Shape(Exposure(kind="internal"))
CLAIM = "persistentvolumeclaims/data-litemaas-postgres-0"

pytestmark = pytest.mark.usefixtures("config")


@pytest.fixture(autouse=True)
def classes(api: FakeKubernetes) -> None:
    _have_classes(api, "gp3-csi", "gp2-csi")


def _have_classes(api: FakeKubernetes, *names: str, default: str = "") -> None:
    """Classes whose volumes grow, and, as plain Kubernetes often has it, a default whose volumes don't."""
    marked = [{"metadata": {"name": default, "annotations": DEFAULT}}] if default else []
    growing = ({"metadata": {"name": name}, "allowVolumeExpansion": True} for name in names)
    api.objects[CLASSES] = {"items": [*growing, *marked]}


def _have_claim(api: FakeKubernetes, size: str, storage_class: str | None = "gp3-csi") -> None:
    spec: dict[str, Any] = {"resources": {"requests": {"storage": size}}}
    api.put(CLAIM, {"spec": {**spec, "storageClassName": storage_class} if storage_class else spec})


def _chat(size: str) -> Chat:
    return Chat.model_validate({"enabled": True, "storageSize": size})


def _check(size: str = "10Gi", storage_class: str | None = "gp3-csi") -> kube.Ground:
    return kube.check(None, kube.Wanted("litemaas", kube.Volume(storage_class, size), INTERNAL))


def _refused(size: str = "10Gi", storage_class: str = "gp3-csi") -> str:
    with pytest.raises(ClusterMismatch) as caught:
        _check(size, storage_class)
    return str(caught.value)


def test_a_cluster_with_the_class_and_without_a_volume_passes() -> None:
    _check()


def test_where_no_class_is_named_it_is_the_clusters_default(api: FakeKubernetes) -> None:
    _have_classes(api, "gp2-csi", default="standard")
    assert _check(storage_class=None).volume == kube.Volume("standard", "10Gi")


def test_a_volume_that_is_there_keeps_its_class_whatever_becomes_the_default(api: FakeKubernetes) -> None:
    _have_classes(api, "gp2-csi", default="standard")
    _have_claim(api, "10Gi", "gp2-csi")
    assert _check(storage_class=None).volume == kube.Volume("gp2-csi", "10Gi")


def test_a_cluster_without_a_default_class_is_told_with_those_it_has(api: FakeKubernetes) -> None:
    with pytest.raises(ClusterMismatch) as caught:
        _check(storage_class=None)
    assert (
        f"litemaas:storageClass is not set, and the cluster at {api.url} has no default StorageClass; "
        in str(caught.value)
    )
    assert "it has: gp2-csi, gp3-csi." in str(caught.value)
    assert "pulumi config set litemaas:storageClass NAME" in str(caught.value)


def test_pods_get_a_user_of_ours_only_where_no_openshift_gives_them_one(api: FakeKubernetes) -> None:
    assert _check().user == 10001
    api.objects[OPENSHIFT] = {}
    assert _check().user is None


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


def test_a_volume_whose_class_does_not_let_it_grow_is_named_with_the_size_to_keep(
    api: FakeKubernetes,
) -> None:
    _have_classes(api, "gp3-csi", default="standard")
    _have_claim(api, "10Gi", "standard")
    assert _check("10Gi", "standard").volume == kube.Volume("standard", "10Gi")
    message = _refused("20Gi", "standard")
    assert "the database's volume has 10Gi, and volumes of class standard cannot grow to 20Gi" in message
    assert message.endswith("pulumi config set litemaas:storageSize 10Gi")


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


def test_the_chats_volume_is_looked_at_on_the_same_terms(api: FakeKubernetes) -> None:
    spec = {"storageClassName": "gp2-csi", "resources": {"requests": {"storage": "10Gi"}}}
    api.put("persistentvolumeclaims/open-webui-data", {"spec": spec})
    small = Shape(Exposure(kind="internal"), chat=_chat("5Gi"))
    with pytest.raises(ClusterMismatch) as caught:
        kube.check(None, kube.Wanted("litemaas", kube.Volume("gp2-csi", "10Gi"), small))
    assert "the chat's volume has 10Gi and cannot shrink to 5Gi" in str(caught.value)
    assert str(caught.value).endswith("pulumi config set --path litemaas:chat.storageSize 10Gi")
    grown = replace(small, chat=_chat("20Gi"))
    ground = kube.check(None, kube.Wanted("litemaas", kube.Volume("gp2-csi", "10Gi"), grown))
    assert ground.chat_volume == kube.Volume("gp2-csi", "20Gi")
    assert _check().chat_volume is None


def test_only_the_claim_of_our_namespace_counts(api: FakeKubernetes) -> None:
    spec = {"storageClassName": "other", "resources": {"requests": {"storage": "1Ti"}}}
    api.put(CLAIM, {"spec": spec}, namespace="other")
    _check()


def test_a_user_who_may_not_look_is_told(api: FakeKubernetes) -> None:
    api.forbidden.add(CLASSES)
    with pytest.raises(ClusterMismatch, match="does not let you read storageclasses"):
        _check()


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kubeconfig(tmp_path / "other", test=f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("KUBECONFIG", str(path))
    with pytest.raises(ClusterUnreachable, match="litemaas:context"):
        _check()


def test_what_may_not_be_seen_is_told_once_among_all_that_is_denied(api: FakeKubernetes) -> None:
    api.forbidden.add(CLASSES)
    api.allows = lambda attributes: attributes["verb"] not in ("*", "list")
    with pytest.raises(ClusterMismatch) as caught:
        _check()
    (told,) = str(caught.value).split("\n  ")[1:]
    assert told.startswith("someone may not do what this stack needs in namespace litemaas: ")
    assert "list storageclasses.storage.k8s.io" in told


@pytest.mark.filterwarnings("ignore:Kubernetes version")
def test_everything_that_is_wrong_is_named_at_once(api: FakeKubernetes) -> None:
    api.objects["/apis/config.openshift.io/v1/infrastructures/cluster"] = {"status": {"platform": "None"}}
    api.objects["/api/v1/namespaces/litemaas"] = {"status": {"phase": "Terminating"}}
    api.version = {"gitVersion": "v1.20.0"}
    api.allows = lambda attributes: attributes["verb"] == "get"
    hard = {"metadata": {"name": "small"}, "spec": {"hard": {"pods": "1"}}}
    api.objects["/api/v1/namespaces/litemaas/resourcequotas"] = {"items": [hard]}
    volume = kube.Volume("ocs", "10Gi")
    with pytest.raises(ClusterMismatch) as caught:
        kube.check(None, kube.Wanted("litemaas", volume, INTERNAL, "AWS", ("quay",)))
    header, *lines = str(caught.value).split("\n  ")
    assert header == f"the cluster at {api.url} cannot take this stack:"
    for told in (
        "litemaas:storageClass is ocs",
        "litemaas:platform is AWS",
        "it is Kubernetes v1.20.0",
        "namespace litemaas is being deleted",
        "someone may not do what this stack needs",
        "litemaas:pullSecrets names quay",
        "quota small",
    ):
        assert len([line for line in lines if line.startswith(told)]) == 1, told
    assert len(lines) == 7


def test_the_domain_of_the_routes_is_the_clusters(api: FakeKubernetes) -> None:
    assert _check().apps_domain is None
    api.objects["/apis/config.openshift.io/v1/ingresses/cluster"] = {"spec": {"domain": "apps.example.com"}}
    assert _check().apps_domain == "apps.example.com"


def test_the_looks_are_bounded_in_time(api: FakeKubernetes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "TIMEOUT", 0.2)
    api.hanging.add("/api/v1/namespaces/litemaas/resourcequotas")
    with pytest.raises(ClusterUnreachable, match="did not answer within"):
        _check()
