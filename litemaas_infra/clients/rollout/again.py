"""A Job that failed under an earlier `pulumi up`, begun anew."""

from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.rollout.pods import keeps_ending
from litemaas_infra.clients.rollout.workload import Workload, find, newest_pods, unfinished


def try_again(cluster: Cluster, job: Workload) -> None:
    """Replace the Job's pods that keep ending: left alone, they would wait minutes before they try again."""
    found = find(cluster, job)
    if not unfinished(found):
        return
    for pod in newest_pods(cluster, found):
        if keeps_ending(pod):
            cluster.delete("v1", f"pods/{pod['metadata']['name']}", job.namespace)
