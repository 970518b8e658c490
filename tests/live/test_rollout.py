"""Waiting for real pods: it ends when they are ready, and early, with their reason, when they cannot be."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from litemaas_infra.clients.rollout import troubles
from litemaas_infra.errors import RolloutFailed
from litemaas_infra.providers.rollout import RolloutProvider
from litemaas_infra.providers.site import Site
from tests.live.support.people import kubectl, kubectl_json

NAMESPACE = "rollouts"
IMAGE = "public.ecr.aws/docker/library/postgres:16-bookworm"


@pytest.fixture(scope="module", autouse=True)
def _namespace() -> Iterator[None]:
    kubectl("create", "namespace", NAMESPACE)
    yield
    kubectl("delete", "namespace", NAMESPACE)


@pytest.fixture(autouse=True)
def _emptied() -> Iterator[None]:
    yield
    everything = ("deployments,statefulsets,persistentvolumeclaims", "--all", "--cascade=foreground")
    kubectl("delete", *everything, namespace=NAMESPACE)


def pod(command: str = "sleep 1000", **other: Any) -> dict[str, Any]:
    """A pod's spec that OpenShift takes."""
    security = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    container = {
        "name": "main",
        "image": IMAGE,
        "command": ["sh", "-c", command],
        "securityContext": security,
    }
    run = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    volumes = other.pop("volumes", [])
    spec = {"containers": [{**container, **other}], "volumes": volumes, "securityContext": run}
    return {**spec, "terminationGracePeriodSeconds": 0}


def declare(spec: dict[str, Any], kind: str = "Deployment", name: str = "web") -> dict[str, Any]:
    """Apply a workload of one such pod; gives what its Rollout is made with."""
    labels = {"app": name}
    template = {"metadata": {"labels": labels}, "spec": spec}
    whole = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}
    if kind == "StatefulSet":
        whole["serviceName"] = name
    metadata = {"name": name, "namespace": NAMESPACE}
    given = {"apiVersion": "apps/v1", "kind": kind, "metadata": metadata, "spec": whole}
    kubectl("apply", "-f", "-", namespace=NAMESPACE, given=given)
    return {"site": Site(NAMESPACE).props, "kind": kind, "workload": name, "revision": "declared"}


def refused(props: dict[str, Any]) -> str:
    """Why the rollout failed before its time was up."""
    with pytest.raises(RolloutFailed) as caught:
        RolloutProvider().create(props)
    assert "not ready after" not in str(caught.value)
    return str(caught.value)


_LATE = {"exec": {"command": ["true"]}, "initialDelaySeconds": 5}
"""Else a container that ends counts as ready for a moment."""
_NOWHERE = {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "nowhere", "key": "key"}}}
_DATA = {"name": "data", "persistentVolumeClaim": {"claimName": "data"}}
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "image": (pod(image="registry.example.com/no/such:1"), "Deployment"),
    "ending": (pod("echo these are my last words; exit 3", readinessProbe=_LATE), "Deployment"),
    "room": (pod(resources={"requests": {"cpu": "1000"}}), "Deployment"),
    "privileged": (pod(securityContext={"privileged": True}), "StatefulSet"),
    "volume": (pod(volumes=[_DATA]), "Deployment"),
    "secret": (pod(env=[_NOWHERE]), "Deployment"),
}


@pytest.fixture(scope="module")
def reasons(_namespace: None) -> dict[str, str]:
    """Why each of the broken ones failed; each has its half a minute, and all have it at once."""
    declared = [declare(spec, kind, name) for name, (spec, kind) in BROKEN.items()]
    with ThreadPoolExecutor(len(declared)) as threads:
        return dict(zip(BROKEN, threads.map(refused, declared), strict=True))


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet"])
def test_it_ends_when_the_pods_are_ready_and_a_refresh_finds_them_so(kind: str) -> None:
    props = declare(pod(), kind)
    made = RolloutProvider().create(props)
    found = kubectl_json("get", kind.lower(), "web", namespace=NAMESPACE)
    assert found["status"]["readyReplicas"] == 1
    revision = f"{found['metadata']['uid']}/{found['metadata']['generation']}"
    assert RolloutProvider().read(str(made.id), props).outs == {**props, "revision": revision}


def test_an_image_that_cannot_be_had(reasons: dict[str, str]) -> None:
    message = reasons["image"]
    assert "container main of pod image-" in message
    assert "its image registry.example.com/no/such:1 cannot be had: " in message
    assert "litemaas:pullSecrets" in message


def test_a_container_that_keeps_ending_is_told_with_its_last_lines(reasons: dict[str, str]) -> None:
    assert "it keeps ending (exit code 3; " in reasons["ending"]
    assert "its last lines:\nthese are my last words" in reasons["ending"]


def test_a_pod_that_no_node_has_room_for(reasons: dict[str, str]) -> None:
    assert "no node takes it: 0/1 nodes are available: 1 Insufficient cpu" in reasons["room"]


def test_a_pod_that_the_cluster_refuses(reasons: dict[str, str]) -> None:
    assert "its pods are refused: " in reasons["privileged"]


def test_a_volume_that_is_not_there(reasons: dict[str, str]) -> None:
    assert 'persistentvolumeclaim "data" not found' in reasons["volume"]


def test_a_secret_that_is_not_there(reasons: dict[str, str]) -> None:
    assert 'CreateContainerConfigError: secret "nowhere" not found' in reasons["secret"]


@pytest.mark.parametrize("binding", ["Immediate", "WaitForFirstConsumer"])
def test_a_volume_that_nobody_makes(binding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(troubles, "PROVISIONING", 10)
    metadata = {"name": "of-nobody"}
    nobody = {"provisioner": "nobody.example.com", "volumeBindingMode": binding}
    kubectl(
        "apply",
        "-f",
        "-",
        given={"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": metadata, **nobody},
    )
    try:
        claim("of-nobody")
        message = refused(declare(pod(volumes=[_DATA]), "StatefulSet"))
    finally:
        kubectl("delete", "storageclass", "of-nobody")
    assert "PersistentVolumeClaim data: its StorageClass of-nobody has made no volume: " in message
    assert "nobody.example.com" in message


def test_the_broken_pods_that_a_rollout_replaces_do_not_count() -> None:
    declare(pod(image="registry.example.com/no/such:1"))
    kubectl("wait", "deployment/web", "--for=jsonpath={.status.unavailableReplicas}=1", namespace=NAMESPACE)
    RolloutProvider().create(declare(pod()))


def test_a_pod_that_blocks_its_own_replacement_is_told_with_the_way_out() -> None:
    declare(pod(image="registry.example.com/no/such:1"), "StatefulSet")
    kubectl("wait", "pod/web-0", "--for=create", "--timeout=20s", namespace=NAMESPACE)
    message = refused(declare(pod(), "StatefulSet"))
    assert "blocks the new one" in message
    kubectl(*message.rpartition("free the way: oc ")[2].split())
    RolloutProvider().create(declare(pod(), "StatefulSet"))


def test_an_update_waits_for_the_new_pods() -> None:
    props = declare(pod())
    RolloutProvider().create(props)
    RolloutProvider().update("web", props, declare(pod("sleep 2000")))
    pods = kubectl_json("get", "pods", namespace=NAMESPACE)["items"]
    ready = [p for p in pods if "deletionTimestamp" not in p["metadata"]]
    assert [p["spec"]["containers"][0]["command"][-1] for p in ready] == ["sleep 2000"]


def claim(storage_class: str) -> None:
    spec = {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": storage_class,
        "resources": {"requests": {"storage": "1Gi"}},
    }
    metadata = {"name": "data", "namespace": NAMESPACE}
    whole = {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata, "spec": spec}
    kubectl("apply", "-f", "-", namespace=NAMESPACE, given=whole)
