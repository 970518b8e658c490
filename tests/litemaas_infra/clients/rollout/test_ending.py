"""Pods that go with their namespace take seconds, whatever they may take for their last answers."""

from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.rollout import hasten
from tests.litemaas_infra.clients.rollout.surroundings import NAMESPACE, Surroundings, pod
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

GOING = {"deletionTimestamp": "2026-01-01T00:00:00Z"}


def _pod(**metadata: Any) -> dict[str, Any]:
    found = pod()
    return {**found, "metadata": {**found["metadata"], **metadata}}


@pytest.mark.parametrize(
    ("metadata", "asked"),
    [
        ({**GOING, "deletionGracePeriodSeconds": 620}, True),
        ({**GOING, "deletionGracePeriodSeconds": 20}, False),
        # Its controller, which is still there, would make another one.
        ({}, False),
    ],
)
def test_only_what_ends_too_slowly_is_asked_again(
    cluster: Cluster,
    around: Surroundings,
    api: FakeKubernetes,
    metadata: dict[str, Any],
    *,
    asked: bool,
) -> None:
    around.have("pods", _pod(**metadata))
    hasten(cluster, "litemaas", "web", 20, patience=0)
    assert (f"/api/v1{NAMESPACE}/pods/web-1" not in api.objects) is asked


def test_where_no_pod_is_there_is_nothing_to_wait_for(cluster: Cluster) -> None:
    hasten(cluster, "litemaas", "web", 20)
