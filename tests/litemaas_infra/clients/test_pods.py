"""Pods as people look at them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from litemaas_infra.clients import pods
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.pods import Pod
from tests.litemaas_infra.support.kubernetes import FakeKubernetes


@pytest.fixture
def cluster(config: Path) -> Iterator[Cluster]:
    with Cluster(str(config)) as connection:
        yield connection


def _pod(name: str, *, ending: bool = False, **status: Any) -> dict[str, Any]:
    metadata = {"name": name, "namespace": "litemaas", "labels": {"app": "litellm"}}
    return {
        "metadata": {**metadata, **({"deletionTimestamp": "now"} if ending else {})},
        "spec": {
            "initContainers": [{"name": "first"}],
            "containers": [{"name": "then", "image": "an-image"}],
        },
        "status": {"phase": "Running", **status},
    }


def test_those_that_are_to_stay_are_told_by_name(cluster: Cluster, api: FakeKubernetes) -> None:
    ready: dict[str, Any] = {"conditions": [{"type": "Ready", "status": "True"}]}
    api.put("pods", {"items": [_pod("b", **ready), _pod("c", ending=True), _pod("a")]})
    assert pods.every(cluster, "litemaas") == [
        Pod("a", "litellm", "Running", ready=False, restarts=0, trouble=None),
        Pod("b", "litellm", "Running", ready=True, restarts=0, trouble=None),
    ]


def test_what_is_wrong_with_a_container_is_told(cluster: Cluster, api: FakeKubernetes) -> None:
    waiting = {"reason": "ErrImagePull", "message": "no such image"}
    entries = [{"name": "then", "restartCount": 2, "state": {"waiting": waiting}}]
    api.put("pods", {"items": [_pod("a", containerStatuses=entries)]})
    (found,) = pods.every(cluster, "litemaas")
    assert (found.restarts, found.well) == (2, False)
    assert "its image an-image cannot be had: no such image" in str(found.trouble)


def test_what_has_done_its_work_is_well(cluster: Cluster, api: FakeKubernetes) -> None:
    api.put("pods", {"items": [_pod("a", phase="Succeeded")]})
    assert pods.every(cluster, "litemaas")[0].well


def test_containers_are_told_in_the_order_they_start() -> None:
    assert pods.containers_of(_pod("a")) == ["first", "then"]
