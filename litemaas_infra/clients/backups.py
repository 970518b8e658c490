"""Copies of the databases, made when someone asks for one instead of at their time."""

import re
from datetime import UTC, datetime
from typing import Final

from litemaas_infra import names
from litemaas_infra.clients import rollout
from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.clients.pods import containers_of
from litemaas_infra.errors import NotInCluster

_BATCH: Final = "batch/v1"
_MADE: Final = re.compile(r"^backup (\S+) is made$", re.MULTILINE)


def make(cluster: Cluster, namespace: str, say: rollout.Say) -> str:
    """Make one, as the CronJob does, and wait for it; its name.

    Raises NotInCluster without the CronJob, RolloutFailed with what the pod said last.
    """
    cron = cluster.get(_BATCH, f"cronjobs/{names.BACKUP}", namespace)
    if cron is None:
        raise NotInCluster(f"CronJob {names.BACKUP} is not in namespace {namespace}; `pulumi up` makes it")
    job = _job(cron)
    cluster.create(_BATCH, "jobs", namespace, job)
    name = job["metadata"]["name"]
    rollout.wait(cluster, rollout.Workload("Job", namespace, name), say)
    return _named(cluster, namespace, name)


def _job(cron: Object) -> Object:
    """What the CronJob would make now; it goes with it, and is among those whose number it bounds."""
    now, template, made_by = datetime.now(UTC), cron["spec"]["jobTemplate"], cron["metadata"]
    owner = {
        "apiVersion": _BATCH,
        "kind": "CronJob",
        "name": made_by["name"],
        "uid": made_by["uid"],
        "controller": True,
    }
    metadata = {
        **template.get("metadata", {}),
        "name": f"{names.BACKUP}-{now:%Y%m%d%H%M%S}",
        "annotations": {"cronjob.kubernetes.io/instantiate": "manual"},
        "ownerReferences": [owner],
    }
    return {"apiVersion": _BATCH, "kind": "Job", "metadata": metadata, "spec": template["spec"]}


def _named(cluster: Cluster, namespace: str, job: str) -> str:
    """The name that the Job's pod said at its end."""
    pods = cluster.items("v1", "pods", namespace, labelSelector=f"job-name={job}")
    for pod in pods:
        for container in containers_of(pod):
            said = cluster.log(namespace, pod["metadata"]["name"], container, previous=False, lines=50)
            if found := _MADE.search(said):
                return found[1]
    raise NotInCluster(
        f"Job {job} is done, and no pod of it says which backup it made; see `oc logs job/{job}`"
    )
