"""Real connections between real pods: those that are named come through, and no others."""

import json
import socket
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from tests.live.support.people import kubectl, kubectl_json

IMAGE = "public.ecr.aws/docker/library/postgres:16-bookworm"
STRANGERS = "strangers"
DATABASE = "litemaas-postgres.litemaas.svc"
GATEWAY = "litellm.litemaas.svc"
METADATA = "169.254.169.254"


@pytest.fixture(scope="module", autouse=True)
def _guests() -> Iterator[None]:
    """Pods of others: in a namespace of their own, and in ours without our labels; and one of ours."""
    kubectl("create", "namespace", STRANGERS)
    kubectl("apply", "-f", "-", namespace=STRANGERS, given=pod("stranger", STRANGERS, {}))
    kubectl("apply", "-f", "-", given=pod("guest", "litemaas", {}))
    kubectl("apply", "-f", "-", given=pod("ours", "litemaas", {"app.kubernetes.io/part-of": "litemaas"}))
    kubectl("wait", "pod/stranger", "--for=condition=Ready", "--timeout=60s", namespace=STRANGERS)
    kubectl("wait", "pod/guest", "pod/ours", "--for=condition=Ready", "--timeout=60s")
    yield
    kubectl("delete", "namespace", STRANGERS)
    kubectl("delete", "pod", "guest", "ours")


def pod(name: str, namespace: str, labels: dict[str, str]) -> dict[str, Any]:
    security = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    listening = "while true; do echo hello | timeout 60 bash -c 'cat' >/dev/null; sleep 1; done"
    container = {
        "name": "main",
        "image": IMAGE,
        "command": ["bash", "-c", listening],
        "securityContext": security,
    }
    run = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    spec = {"containers": [container], "securityContext": run, "terminationGracePeriodSeconds": 0}
    metadata = {"name": name, "namespace": namespace, "labels": labels}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def reaches(who: str, host: str, port: int, namespace: str = "litemaas") -> bool:
    """Whether a connection is made; one that is dropped is given up after a while."""
    attempt = f"timeout 3 bash -c '</dev/tcp/{host}/{port}' 2>/dev/null && echo yes || echo no"
    return kubectl("exec", who, "--", "bash", "-c", attempt, namespace=namespace).strip() == "yes"


def gateway_reaches(host: str, port: int) -> bool:
    """The same from the gateway, whose image has Python."""
    attempt = f"import socket; socket.create_connection(({host!r}, {port}), 3); print('yes')"
    command = ("deployment/litellm", "-c", "litellm", "--", "sh", "-c", f'python3 -c "{attempt}" || true')
    return kubectl("exec", *command).strip() == "yes"


def address(name: str, namespace: str = "litemaas") -> str:
    found: str = kubectl_json("get", "pod", name, namespace=namespace)["status"]["podIP"]
    return found


def test_the_gateway_reaches_its_database_its_models_and_the_names_of_both() -> None:
    assert gateway_reaches(DATABASE, 5432)
    assert gateway_reaches("model-endpoint.models.svc", 8000)


@pytest.fixture
def metadata() -> Iterator[None]:
    """A service on the node that answers where a cloud's would."""
    subprocess.run(["ip", "address", "add", f"{METADATA}/32", "dev", "lo"], check=True)
    try:
        with socket.create_server((METADATA, 80)):
            yield
    finally:
        subprocess.run(["ip", "address", "delete", f"{METADATA}/32", "dev", "lo"], check=True)


@pytest.mark.usefixtures("metadata")
def test_the_gateway_reaches_no_clouds_credentials() -> None:
    assert reaches("guest", METADATA, 80)
    assert not gateway_reaches(METADATA, 80)


@pytest.mark.parametrize(
    ("who", "namespace"), [("stranger", STRANGERS), ("guest", "litemaas"), ("ours", "litemaas")]
)
def test_nobody_but_the_gateway_reaches_the_database(who: str, namespace: str) -> None:
    assert not reaches(who, DATABASE, 5432, namespace)
    assert not reaches(who, address("litemaas-postgres-0"), 5432, namespace)


@pytest.mark.parametrize(("who", "namespace"), [("stranger", STRANGERS), ("guest", "litemaas")])
def test_others_pods_reach_the_gateway_only_by_its_route(who: str, namespace: str) -> None:
    assert not reaches(who, GATEWAY, 4000, namespace)
    assert reaches(who, "litellm-litemaas.apps.sandbox.test", 443, namespace)


def test_others_pods_are_left_alone() -> None:
    assert reaches("guest", "model-endpoint.models.svc", 8000)


def test_a_pod_of_ours_reaches_names_and_nothing_that_is_not_named() -> None:
    assert reaches("ours", "10.90.0.1", 53)
    assert not reaches("ours", "model-endpoint.models.svc", 8000)
    assert not reaches("ours", "10.96.0.1", 443)


def test_the_database_goes_nowhere() -> None:
    assert reaches("litemaas-postgres-0", "10.90.0.1", 53)
    assert not reaches("litemaas-postgres-0", GATEWAY, 4000)
    assert not reaches("litemaas-postgres-0", "10.96.0.1", 443)


def test_whoever_needs_more_declares_it() -> None:
    peer = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": STRANGERS}}}
    spec = {"podSelector": {"matchLabels": {"app": "litellm"}}, "ingress": [{"from": [peer]}]}
    metadata = {"name": "clients", "namespace": "litemaas"}
    policy = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata,
        "spec": spec,
    }
    kubectl("apply", "-f", "-", given=policy)
    try:
        assert any(reaches("stranger", GATEWAY, 4000, STRANGERS) for _ in range(5))
    finally:
        kubectl("delete", "networkpolicy", "clients")


def test_no_pod_holds_a_token_of_the_api(cluster: Cluster) -> None:
    for found in cluster.items("v1", "pods", "litemaas", labelSelector="app.kubernetes.io/managed-by=pulumi"):
        assert "kube-api-access" not in json.dumps(found["spec"])
