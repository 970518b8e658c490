"""How waiting ends: ready, failed for good, or out of time; and what is said meanwhile."""

from typing import Any

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.rollout import Workload, wait, waiting
from litemaas_infra.clients.rollout.trouble import Patience, Trouble
from litemaas_infra.errors import NotInCluster, RolloutFailed
from tests.litemaas_infra.clients.rollout.surroundings import (
    NEW,
    Object,
    Surroundings,
    held,
    job,
    replica_set,
    workload,
)
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

WEB = Workload("Deployment", "litemaas", "web")
READY = {"updatedReplicas": 1, "availableReplicas": 1, "replicas": 1}
CRASHING: dict[str, Any] = {"restartCount": 3, "lastState": {"terminated": {"exitCode": 1}}}


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(waiting, "_SILENCE", 0.05)


def deployed(around: Surroundings, *pods: Object, **status: Any) -> None:
    around.have("deployments", workload(**status), version="/apis/apps/v1")
    around.have("replicasets", replica_set("7", "new"), version="/apis/apps/v1")
    around.have("pods", *pods)


def refusal(cluster: Cluster, said: list[str] | None = None, seconds: float = 0.5) -> str:
    with pytest.raises(RolloutFailed) as caught:
        wait(cluster, WEB, (said if said is not None else []).append, seconds)
    return str(caught.value)


def test_a_workload_that_is_ready_is_given_at_once(cluster: Cluster, around: Surroundings) -> None:
    deployed(around, **READY)
    said: list[str] = []
    assert wait(cluster, WEB, said.append)["metadata"]["name"] == "web"
    assert said == []


def test_a_trouble_that_cannot_pass_ends_it_with_the_reason_and_the_last_lines(
    cluster: Cluster, around: Surroundings, api: FakeKubernetes
) -> None:
    deployed(around, held("CrashLoopBackOff", labels=NEW, **CRASHING))
    api.say("web-1", "no database\n")
    assert refusal(cluster) == (
        "Deployment web cannot become ready; container web of pod web-1: it keeps ending (exit code 1; 3 "
        "restarts)\nits last lines:\nno database"
    )


def test_a_job_that_keeps_ending_is_told_with_its_last_lines_too(
    cluster: Cluster, around: Surroundings, api: FakeKubernetes
) -> None:
    around.have("jobs", job(), version="/apis/batch/v1")
    around.have("pods", held("CrashLoopBackOff", **CRASHING))
    api.say("web-1", "a table is in the way\n")
    with pytest.raises(RolloutFailed, match=r"Job web cannot become ready; (.|\n)*a table is in the way"):
        wait(cluster, Workload("Job", "litemaas", "web"), print, 0.5)


def test_a_trouble_that_may_pass_is_waited_for_and_said(cluster: Cluster, around: Surroundings) -> None:
    deployed(around, held("ErrImagePull", "no such host", labels=NEW))
    said: list[str] = []
    message = refusal(cluster, said)
    assert message.startswith("not ready after 0 s: Deployment web: 0 of 1 replicas are up to date and ready")
    assert "its image shop/web:7 cannot be had: no such host" in message
    assert message.endswith("see: oc describe pods -n litemaas")
    assert len(said) == 1
    assert said[0].startswith("waiting: Deployment web: 0 of 1 replicas")


def test_a_workload_that_is_gone_is_told_at_once(cluster: Cluster) -> None:
    with pytest.raises(NotInCluster):
        wait(cluster, WEB, print)


def test_a_cluster_that_is_away_for_a_moment_is_waited_for(
    cluster: Cluster, around: Surroundings, api: FakeKubernetes, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed(around, **READY)
    path = "/apis/apps/v1/namespaces/litemaas/deployments/web"
    api.forbidden.add(path)
    monkeypatch.setattr(waiting, "_OUTAGE", 0.05)
    assert "the cluster: the cluster does not let you read deployments/web" in refusal(cluster)
    api.forbidden.clear()
    wait(cluster, WEB, print)


def test_patience_ends_when_a_trouble_lasts_and_begins_anew_when_it_passed() -> None:
    now = 0.0
    patience, trouble = Patience(lambda: now), Trouble("pod web-1", "slow", 10)
    assert patience.exhausted([trouble]) == []
    now = 9.0
    assert patience.exhausted([]) == []
    assert patience.exhausted([trouble]) == []
    now = 18.0
    assert patience.exhausted([Trouble("pod web-1", "in other words", 10)]) == []
    now = 19.0
    assert patience.exhausted([trouble]) == [trouble]
