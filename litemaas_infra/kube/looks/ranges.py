"""Whether the namespace's LimitRanges let every container, pod and volume be as large as it is."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.errors import ClusterRefused
from litemaas_infra.kube.quantities import in_bytes
from litemaas_infra.kube.sizes import containers, pods, volumes
from litemaas_infra.specs.shape import Shape

_REMEDY: Final = (
    "ask an administrator to change it, or deploy elsewhere: pulumi config set litemaas:namespace NAME"
)

Sizes = Mapping[str, tuple[str, str]]
"""Request and limit of each resource."""


def problems(cluster: Cluster, namespace: str, shape: Shape, storage_size: str) -> list[str]:
    """What is out of range. One who may not read the ranges learns it from the pods that are refused."""
    try:
        ranges = cluster.items("v1", "limitranges", namespace)
    except ClusterRefused:
        return []
    sized = _sized(shape, storage_size)
    return [
        f"LimitRange {entry['metadata']['name']} {problem}: {_REMEDY}"
        for entry in ranges
        for bounds in entry["spec"].get("limits") or []
        for subject, sizes in sized.get(bounds["type"], {}).items()
        for problem in _outside(bounds, subject, sizes)
    ]


def _sized(shape: Shape, storage_size: str) -> dict[str, dict[str, Sizes]]:
    """Everything of a size, under the types that a LimitRange has for it."""
    return {
        "Container": {f"container {name}": size.resources for name, size in containers(shape).items()},
        "Pod": {f"a pod of {name}": size.resources for name, (size, _) in pods(shape).items()},
        "PersistentVolumeClaim": {
            called: {"storage": (size, size)} for called, (size, _) in volumes(shape, storage_size).items()
        },
    }


def _outside(bounds: Object, subject: str, sizes: Sizes) -> Iterator[str]:
    most, least, ratios = (_of(bounds, key) for key in ("max", "min", "maxLimitRequestRatio"))
    for resource, (request, limit) in sizes.items():
        if resource in most and in_bytes(limit) > in_bytes(most[resource]):
            yield f"allows {most[resource]} of {resource} at most, and {subject} may take {limit}"
        if resource in least and in_bytes(request) < in_bytes(least[resource]):
            yield f"asks for {least[resource]} of {resource} at least, and {subject} reserves {request}"
        if resource in ratios and in_bytes(limit) > in_bytes(request) * in_bytes(ratios[resource]):
            yield (
                f"lets a limit be {ratios[resource]} times its request, and {subject} reserves {request} "
                f"of {resource} and may take {limit}"
            )


def _of(bounds: Object, key: str) -> dict[str, Any]:
    return dict(bounds.get(key) or {})
