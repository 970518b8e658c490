"""A Job of the stack, which is waited for: what comes after it finds its work done."""

from collections.abc import Mapping
from typing import Final

import pulumi
from pulumi_kubernetes.batch.v1 import Job, JobSpecArgs
from pulumi_kubernetes.core.v1 import PodTemplateSpecArgs

from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.rollout import Rollout
from litemaas_infra.providers.site import Site

_ALWAYS: Final = 2**31 - 1


def run(
    parent: pulumi.Resource,
    name: str,
    done: str,
    *after: pulumi.Resource,
    place: Place,
    site: Site,
    labels: Mapping[str, str],
    called: pulumi.Output[str],
    template: PodTemplateSpecArgs,
) -> Rollout:
    """Declare a Job, and what is ready once it has succeeded, under the name `done`.

    A Job cannot be changed: what it is `called` follows from all that is in it. It never gives up by itself,
    and the next `pulumi up` begins one that fails anew.
    """
    account = place.account(parent, labels["app"], labels)
    # Else, back at a former image, the Job of its name would be found, then deleted as the replaced one.
    first = pulumi.ResourceOptions(delete_before_replace=True)
    job = Job(
        name,
        metadata=objects.ready_later(called, site.namespace, labels),
        spec=JobSpecArgs(template=template, backoff_limit=_ALWAYS),
        opts=pulumi.ResourceOptions.merge(place.inside(parent, account, *after), first),
    )
    return Rollout(
        done,
        site=site,
        kind="Job",
        workload=called,
        metadata=job.metadata,
        opts=place.served(parent, job),
    )
