"""Whether the quotas on the namespace leave room for the stack."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.errors import ClusterRefused
from litemaas_infra.kube.quantities import in_bytes, shown
from litemaas_infra.kube.sizes import pods as pods_of
from litemaas_infra.kube.sizes import volumes as volumes_of
from litemaas_infra.specs.shape import Shape

_OURS: Final = f"{names.PART_OF}={names.PROJECT}"
_OF_CNPG: Final = f"cnpg.io/cluster={names.POSTGRES}"
"""What CloudNativePG calls its own: it passes no label of ours on."""
_SCOPES: Final = {"NotTerminating", "NotBestEffort"}
"""Scopes that our pods fall under; a quota of any other is not for them."""
_OTHER_NAMES: Final = {
    "cpu": "requests.cpu",
    "memory": "requests.memory",
    "count/pods": "pods",
    "count/persistentvolumeclaims": "persistentvolumeclaims",
}
_REMEDY: Final = (
    "ask an administrator for more, or deploy elsewhere: pulumi config set litemaas:namespace NAME"
)

Amounts = Mapping[str, Decimal]


def problems(cluster: Cluster, namespace: str, shape: Shape, storage_size: str) -> list[str]:
    """What does not fit.

    One who may not read quotas learns it from the pods that are refused.
    """
    try:
        quotas = _quotas(cluster, namespace)
        taken = _taken(cluster, namespace, shape) if quotas else {}
    except ClusterRefused:
        return []
    needed = _needed(shape, storage_size)
    return [problem for quota in quotas for problem in _exceeded(quota, needed, taken)]


def _quotas(cluster: Cluster, namespace: str) -> list[Object]:
    """The namespace's own, and those that OpenShift has for several namespaces together, in its form."""
    wide = cluster.items("quota.openshift.io/v1", "appliedclusterresourcequotas", namespace)
    as_own = [
        {
            "metadata": quota["metadata"],
            "spec": quota["spec"]["quota"],
            "status": (quota.get("status") or {}).get("total"),
        }
        for quota in wide
    ]
    return [*cluster.items("v1", "resourcequotas", namespace), *as_own]


def _needed(shape: Shape, storage_size: str) -> Amounts:
    """What the stack takes of all that a quota may count, while an update is under way."""
    sizes = [size for size, count in pods_of(shape).values() for _ in range(count)]
    volumes = [size for size, count in volumes_of(shape, storage_size).values() for _ in range(count)]
    return {**_of_pods([(size.requests, size.limits) for size in sizes]), **_of_volumes(volumes)}


def _taken(cluster: Cluster, namespace: str, shape: Shape) -> Amounts:
    """What the stack has already, and so is counted by a quota as used."""
    ours = (_OURS, _OF_CNPG) if shape.database.kind == "cnpg" else (_OURS,)
    found, claims = (
        [item for labels in ours for item in cluster.items("v1", kind, namespace, labelSelector=labels)]
        for kind in ("pods", "persistentvolumeclaims")
    )
    # A Job's pod stays when it has ended, and is no longer counted.
    pods = [pod for pod in found if (pod.get("status") or {}).get("phase") not in ("Succeeded", "Failed")]
    volumes = [claim["spec"]["resources"]["requests"]["storage"] for claim in claims]
    return {**_of_pods([_resources(pod) for pod in pods]), **_of_volumes(volumes)}


def _resources(pod: Object) -> tuple[Mapping[str, str], Mapping[str, str]]:
    # Of our pods, the first container is the largest, and a pod takes what its largest one does.
    resources = pod["spec"]["containers"][0].get("resources") or {}
    return resources.get("requests") or {}, resources.get("limits") or {}


def _of_pods(pods: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]) -> dict[str, Decimal]:
    amounts = {"pods": Decimal(len(pods))}
    for place, kind in enumerate(("requests", "limits")):
        for resource in ("cpu", "memory"):
            amounts[f"{kind}.{resource}"] = _sum([pod[place].get(resource, "0") for pod in pods])
    return amounts


def _of_volumes(sizes: Sequence[str]) -> dict[str, Decimal]:
    return {"persistentvolumeclaims": Decimal(len(sizes)), "requests.storage": _sum(sizes)}


def _sum(quantities: Sequence[str]) -> Decimal:
    return sum(map(in_bytes, quantities), Decimal())


def _exceeded(quota: Object, needed: Amounts, taken: Amounts) -> Iterator[str]:
    if set(quota["spec"].get("scopes") or []) - _SCOPES or quota["spec"].get("scopeSelector"):
        return
    used = (quota.get("status") or {}).get("used") or {}
    for key, most in (quota["spec"].get("hard") or {}).items():
        name = _OTHER_NAMES.get(key, key)
        free = in_bytes(most) - in_bytes(used.get(key, "0")) + taken.get(name, Decimal())
        if needed.get(name, Decimal()) > free:
            yield (
                f"quota {quota['metadata']['name']} leaves {shown(name, free)} of {key} for this "
                f"stack, which takes {shown(name, needed[name])} while it is updated: {_REMEDY}"
            )
