"""A workload's rollout as a resource of Pulumi's."""

from typing import Any

import pytest

from litemaas_infra.providers.rollout import RolloutProvider
from litemaas_infra.providers.site import Site
from tests.litemaas_infra.clients.rollout.surroundings import workload
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

PATH = "/apis/apps/v1/namespaces/litemaas/deployments/web"
PROPS: dict[str, Any] = {
    "site": Site("litemaas").props,
    "kind": "Deployment",
    "workload": "web",
    "revision": "uid-web/2",
}
READY: dict[str, Any] = {"updatedReplicas": 1, "availableReplicas": 1, "replicas": 1}

pytestmark = pytest.mark.usefixtures("config")


def refreshed() -> str:
    found = RolloutProvider().read("Deployment/web", PROPS)
    assert found.id == "Deployment/web"
    assert found.outs == found.inputs
    revision: str = (found.outs or {})["revision"]
    return revision


def test_it_is_made_once_the_pods_are_ready(api: FakeKubernetes) -> None:
    api.objects[PATH] = workload(**READY)
    made = RolloutProvider().create(PROPS)
    assert (made.id, made.outs) == ("Deployment/web", PROPS)


def test_a_refresh_finds_what_is_rolled_out(api: FakeKubernetes) -> None:
    api.objects[PATH] = workload(**READY)
    assert refreshed() == "uid-web/2"
    # As a change by hand or an autoscaler leaves it: the workload's own state says the same.
    api.objects[PATH] = workload(**READY, generation=3, observedGeneration=3)
    assert refreshed() == "uid-web/3"


def test_a_workload_that_is_not_ready_is_waited_for_by_the_next_up(api: FakeKubernetes) -> None:
    api.objects[PATH] = workload()
    assert refreshed() == ""
    del api.objects[PATH]
    assert refreshed() == ""


@pytest.mark.parametrize("key", ["site", "kind", "workload", "revision"])
def test_another_declaration_is_another_rollout_in_place(key: str) -> None:
    found = RolloutProvider().diff("Deployment/web", PROPS, {**PROPS, key: "other"})
    assert (found.changes, found.replaces) == (True, [])
    assert RolloutProvider().diff("Deployment/web", PROPS, dict(PROPS)).changes is False
