"""What a container says of itself, and how long that may last."""

from typing import Any

import pytest

from litemaas_infra.clients.rollout.pods import container_troubles, is_starting
from tests.litemaas_infra.clients.rollout.surroundings import Object, container, held, pod

FOREVER = float("inf")
CRASHED = {"terminated": {"exitCode": 3, "reason": "Error"}}
REFUSED = {"terminated": {"exitCode": 78, "reason": "Error"}}
KILLED = {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}


@pytest.mark.parametrize(
    ("found", "cause", "patience"),
    [
        (held("ErrImagePull", "no such host"), "its image shop/web:7 cannot be had: no such host; ", 20),
        (held("ImagePullBackOff"), "its image shop/web:7 cannot be had: ImagePullBackOff; ", 20),
        (held("InvalidImageName", "bad"), "its image shop/web:7 cannot be had: bad; ", 0),
        (held("CreateContainerConfigError", 'secret "x" not found'), 'secret "x" not found', 20),
        (held("CrashLoopBackOff", restartCount=1, lastState=CRASHED), "(exit code 3; 1 restarts)", FOREVER),
        (held("CrashLoopBackOff", restartCount=1, lastState=REFUSED), "it refuses (exit code 78)", 0),
        (
            held("CrashLoopBackOff", restartCount=3, lastState=KILLED),
            "it keeps ending (OOMKilled, exit code 137; 3 restarts)",
            0,
        ),
        (pod(containerStatuses=container(CRASHED)), "it ended (exit code 3)", FOREVER),
    ],
)
def test_a_containers_trouble_is_told(found: Object, cause: str, patience: float) -> None:
    (trouble,) = container_troubles(found)
    assert trouble.subject == "container web of pod web-1"
    assert cause in trouble.cause
    assert trouble.patience == patience


@pytest.mark.parametrize(
    "state",
    [
        {"waiting": {"reason": "ContainerCreating"}},
        {"waiting": {"reason": "PodInitializing"}},
        {"running": {}},
        {"terminated": {"exitCode": 0}},
    ],
)
def test_a_container_that_is_on_its_way_is_in_no_trouble(state: dict[str, Any]) -> None:
    assert list(container_troubles(pod(containerStatuses=container(state)))) == []


def test_a_failing_init_container_is_told_like_any_other_with_its_last_words() -> None:
    waiting = {"waiting": {"reason": "CrashLoopBackOff"}}
    statuses = container(waiting, restartCount=4, lastState=CRASHED)
    (trouble,) = container_troubles(pod(initContainerStatuses=statuses))
    assert trouble.patience == 0
    assert trouble.log is not None
    assert trouble.log.previous


@pytest.mark.parametrize(
    ("state", "starting"),
    [({"waiting": {"reason": "ContainerCreating"}}, True), ({"running": {}}, False)],
)
def test_a_pod_is_starting_until_a_container_runs(state: dict[str, Any], *, starting: bool) -> None:
    assert is_starting(pod(containerStatuses=container(state))) == starting
    assert is_starting(pod())
