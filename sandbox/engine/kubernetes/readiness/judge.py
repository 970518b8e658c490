"""One entry to readiness: each kind to its own rule, or to the rule that an annotation gives."""

from collections.abc import Callable

from sandbox.engine.kubernetes.objects import Object, annotation
from sandbox.engine.kubernetes.readiness import surroundings, workloads
from sandbox.engine.kubernetes.readiness.custom import custom
from sandbox.engine.kubernetes.readiness.look import Look
from sandbox.engine.kubernetes.readiness.verdict import READY, Verdict

ALONE: dict[tuple[str, str], Callable[[Object], Verdict]] = {
    ("apps/v1", "Deployment"): workloads.deployment,
    ("apps/v1", "StatefulSet"): workloads.stateful_set,
    ("apps/v1", "DaemonSet"): workloads.daemon_set,
    ("batch/v1", "Job"): workloads.job,
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"): workloads.definition,
    ("v1", "Pod"): workloads.pod,
    ("v1", "Namespace"): surroundings.space,
}
"""Kinds whose own status tells."""

LOOKING: dict[tuple[str, str], Callable[[Object, Look], Verdict]] = {
    ("v1", "PersistentVolumeClaim"): surroundings.claim,
    ("v1", "Service"): surroundings.service,
    ("networking.k8s.io/v1", "Ingress"): surroundings.ingress,
}
"""Kinds that depend on others."""


def judge(obj: Object, inputs: Object, look: Look) -> Verdict:
    """Whether the object is ready; the annotations of `inputs` may skip the question or put another."""
    if annotation(inputs, "skipAwait") == "true":
        return READY
    if wanted := annotation(inputs, "waitFor"):
        return custom(obj, wanted)
    kind = (str(obj.get("apiVersion")), str(obj.get("kind")))
    if kind in ALONE:
        return ALONE[kind](obj)
    return LOOKING[kind](obj, look) if kind in LOOKING else READY
