"""A Job that failed is begun anew, one that is at work or done is left alone."""

import pytest

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.rollout import Workload, try_again
from tests.litemaas_infra.clients.rollout.surroundings import NAMESPACE, Object, Surroundings, held, job, pod
from tests.litemaas_infra.support.kubernetes import FakeKubernetes

JOB = Workload("Job", "litemaas", "web")
ENDED = held("CrashLoopBackOff", restartCount=3)
DONE = {"type": "Complete", "status": "True"}


@pytest.mark.parametrize(
    ("found", "of_job", "deleted"),
    [
        (job(), ENDED, True),
        (job(), held("CrashLoopBackOff", restartCount=1), False),
        (job(), held("CrashLoopBackOff", restartCount=1, lastState={"terminated": {"exitCode": 78}}), True),
        (job(), pod(), False),
        (job(conditions=[DONE]), ENDED, False),
    ],
)
def test_only_what_was_given_up_is_replaced(
    cluster: Cluster,
    around: Surroundings,
    api: FakeKubernetes,
    found: Object,
    of_job: Object,
    *,
    deleted: bool,
) -> None:
    around.have("jobs", found, version="/apis/batch/v1")
    around.have("pods", of_job)
    try_again(cluster, JOB)
    assert (f"/api/v1{NAMESPACE}/pods/web-1" not in api.objects) is deleted
