"""What several replicas take: who makes more of them, where they run, and how many may be away at a time."""

from typing import Final

import pulumi
from pulumi_kubernetes.apps.v1 import DeploymentStrategyArgs, RollingUpdateDeploymentArgs
from pulumi_kubernetes.autoscaling.v2 import (
    CrossVersionObjectReferenceArgs,
    HorizontalPodAutoscaler,
    HorizontalPodAutoscalerSpecArgs,
    MetricSpecArgs,
    MetricTargetArgs,
    ResourceMetricSourceArgs,
)
from pulumi_kubernetes.core.v1 import (
    ExecActionArgs,
    LifecycleArgs,
    LifecycleHandlerArgs,
    TopologySpreadConstraintArgs,
)
from pulumi_kubernetes.policy.v1 import PodDisruptionBudget, PodDisruptionBudgetSpecArgs

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.specs.scale import Scale

DRAIN: Final = 10
"""Seconds that a replica still takes requests after its end was decided.

OpenShift's router hears of it within 5 s, and reloads.
"""
_CLOSING: Final = 10
"""Seconds for a replica to end once its last answer is given."""
GOING: Final = DRAIN + _CLOSING
"""Seconds for one that goes with its stack, and answers nobody any more."""
_SPREAD: Final = ("topology.kubernetes.io/zone", "kubernetes.io/hostname")

NEW_BEFORE_OLD: Final = DeploymentStrategyArgs(
    type="RollingUpdate", rolling_update=RollingUpdateDeploymentArgs(max_surge=1, max_unavailable=0)
)


def grace(timeout: int) -> int:
    """Seconds that a replica may take to end, where its answers may take so many."""
    return GOING + timeout


def draining() -> LifecycleArgs:
    """At its end, a replica waits until nobody sends it anything."""
    waiting = ExecActionArgs(command=["sleep", str(DRAIN)])
    return LifecycleArgs(pre_stop=LifecycleHandlerArgs(exec_=waiting))


def spread(scale: Scale) -> list[TopologySpreadConstraintArgs]:
    """Replicas of one declaration in different zones and on different nodes, as far as there are."""
    return [
        TopologySpreadConstraintArgs(
            max_skew=1,
            topology_key=key,
            when_unsatisfiable="ScheduleAnyway",
            label_selector=objects.selector(names.GATEWAY),
            match_label_keys=["pod-template-hash"],
        )
        for key in _SPREAD
        if scale.most > 1
    ]


def kept(parent: pulumi.Resource, place: Place, namespace: str, scale: Scale) -> None:
    """A drained node waits for the gateway's next replica, where there are several."""
    if scale.most > 1:
        PodDisruptionBudget(
            f"{names.GATEWAY}-disruptions",
            metadata=objects.metadata(names.GATEWAY, namespace, names.GATEWAY_LABELS),
            spec=PodDisruptionBudgetSpecArgs(
                max_unavailable=1,
                selector=objects.selector(names.GATEWAY),
                # One that is broken anyway must not keep a node from being drained.
                unhealthy_pod_eviction_policy="AlwaysAllow",
            ),
            opts=place.inside(parent),
        )


def scaled(parent: pulumi.Resource, place: Place, namespace: str, scale: Scale) -> None:
    """More replicas while they have much to do, where the settings say so."""
    if scale.max_replicas:
        HorizontalPodAutoscaler(
            f"{names.GATEWAY}-autoscaler",
            metadata=objects.ready_later(names.GATEWAY, namespace, names.GATEWAY_LABELS),
            spec=HorizontalPodAutoscalerSpecArgs(
                scale_target_ref=CrossVersionObjectReferenceArgs(
                    api_version="apps/v1", kind="Deployment", name=names.GATEWAY
                ),
                min_replicas=scale.replicas,
                max_replicas=scale.max_replicas,
                metrics=[_cpu(scale.cpu)],
            ),
            opts=place.inside(parent),
        )


def _cpu(percent: int) -> MetricSpecArgs:
    # An amount: a share would be one of what is reserved, which is little.
    target = MetricTargetArgs(type="AverageValue", average_value=f"{10 * percent}m")
    return MetricSpecArgs(type="Resource", resource=ResourceMetricSourceArgs(name="cpu", target=target))
