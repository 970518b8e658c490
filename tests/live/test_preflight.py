"""The look at a real cluster, by people of different rights and in namespaces of different room."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from litemaas_infra import kube
from litemaas_infra.errors import ClusterMismatch
from litemaas_infra.specs.exposure import Exposure
from litemaas_infra.specs.shape import Shape
from sandbox.paths import RUN
from tests.live.support.people import kubectl

NAMESPACE = "narrow"
ROBOT = f"system:serviceaccount:{NAMESPACE}:robot"


@pytest.fixture(scope="module", autouse=True)
def _namespace() -> Iterator[None]:
    kubectl("create", "namespace", NAMESPACE)
    yield
    kubectl("delete", "namespace", NAMESPACE)


@pytest.fixture
def robot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be a ServiceAccount, which may do nothing by itself."""
    kubectl("create", "serviceaccount", "robot", namespace=NAMESPACE)
    token = kubectl("create", "token", "robot", namespace=NAMESPACE).strip()
    config = yaml.safe_load((RUN / "admin.kubeconfig").read_text())
    config["users"][0]["user"] = {"token": token}
    path = tmp_path / "kubeconfig"
    path.write_text(yaml.safe_dump(config))
    with monkeypatch.context() as patch:
        patch.setenv("KUBECONFIG", str(path))
        yield
    kubectl("delete", "serviceaccount", "robot", namespace=NAMESPACE)


def check(**other: Any) -> kube.Ground:
    usual = {"volume": kube.Volume("gp3-csi", "10Gi")}
    return kube.check(None, kube.Wanted(NAMESPACE, **{**usual, **other}))


def problems(**other: Any) -> list[str]:
    with pytest.raises(ClusterMismatch) as caught:
        check(**other)
    return str(caught.value).split("\n  ")[1:]


def as_administrator(*arguments: str, given: Any = None) -> None:
    kubeconfig = ("--kubeconfig", str(RUN / "admin.kubeconfig"))
    kubectl(*kubeconfig, *arguments, namespace=NAMESPACE, given=given)


def test_an_administrator_of_the_cluster_finds_what_it_is() -> None:
    ground = check(platform="AWS")
    assert ground.volume
    assert (ground.volume.storage_class, ground.user, ground.apps_domain) == (
        "gp3-csi",
        None,
        "apps.sandbox.test",
    )


def test_a_namespace_that_is_not_there_yet_is_fine() -> None:
    kube.check(None, kube.Wanted("not-there", kube.Volume(None, "10Gi")))


@pytest.mark.usefixtures("robot")
def test_one_with_few_rights_is_told_all_that_is_missing() -> None:
    (missing,) = problems()
    assert missing.startswith(f"{ROBOT} may not do what this stack needs in namespace {NAMESPACE}: ")
    for told in (
        "get, create, patch, delete namespaces",
        "get, list, watch, create, patch, delete secrets",
        "list events",
        "list storageclasses.storage.k8s.io",
        "get pods/log",
        "get, create pods/portforward",
        "get, list, watch, create, patch, delete deployments.apps",
        "get, list, watch, create, patch, delete networkpolicies.networking.k8s.io",
        "get, list, watch, create, patch, delete routes.route.openshift.io",
        f"oc adm policy add-role-to-user admin {ROBOT} -n {NAMESPACE}",
    ):
        assert told in missing, told


@pytest.mark.usefixtures("robot")
def test_one_who_may_administer_the_namespace_is_told_no_more_than_what_the_cluster_must_grant() -> None:
    bound = ("--clusterrole=admin", f"--serviceaccount={NAMESPACE}:robot")
    as_administrator("create", "rolebinding", "robot", *bound)
    classes = ("--verb=list", "--resource=storageclasses")
    as_administrator("create", "clusterrole", "robot", *classes)
    as_administrator("create", "clusterrolebinding", "robot", "--clusterrole=robot", bound[1])
    try:
        (missing,) = problems(shape=Shape(Exposure(kind="internal")))
    finally:
        as_administrator("delete", "rolebinding/robot", "clusterrole/robot", "clusterrolebinding/robot")
    assert f"in namespace {NAMESPACE}: patch, delete namespaces. " in missing


def test_a_quota_and_a_range_without_room_are_told_at_once() -> None:
    quota = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "small"}}
    as_administrator(
        "apply", "-f", "-", given={**quota, "spec": {"hard": {"limits.memory": "4Gi", "pods": "9"}}}
    )
    limits = [{"type": "Container", "max": {"cpu": "500m"}}]
    narrow = {
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": {"name": "tight"},
        "spec": {"limits": limits},
    }
    as_administrator("apply", "-f", "-", given=narrow)
    try:
        found = problems()
    finally:
        as_administrator("delete", "resourcequota/small", "limitrange/tight")
    assert [line for line in found if "quota small leaves 4096Mi of limits.memory" in line]
    narrow_for = {line.partition("container ")[2].split()[0] for line in found if "LimitRange tight" in line}
    assert narrow_for == {"litellm", "migrate", "postgres"}
    assert len(found) == 4


def test_another_platform_and_a_missing_pull_secret_are_told_at_once() -> None:
    platform, secret = problems(platform="BareMetal", pull_secrets=("quay",))
    assert platform.startswith("litemaas:platform is BareMetal, but the cluster says that it runs on AWS: ")
    assert secret.startswith(f"litemaas:pullSecrets names quay, which is not in namespace {NAMESPACE}; ")


def test_a_namespace_that_is_going_is_told() -> None:
    kubectl("create", "namespace", "going")
    kubectl("create", "configmap", "held", namespace="going")
    held = '{"metadata": {"finalizers": ["example.com/held"]}}'
    kubectl("patch", "configmap", "held", "--type=merge", "-p", held, namespace="going")
    kubectl("delete", "namespace", "going", "--wait=false")
    try:
        with pytest.raises(ClusterMismatch, match="namespace going is being deleted; wait until it is gone"):
            kube.check(None, kube.Wanted("going", kube.Volume(None, "10Gi")))
    finally:
        free = '{"metadata": {"finalizers": null}}'
        kubectl("patch", "configmap", "held", "--type=merge", "-p", free, namespace="going")
