"""What OpenShift's restricted-v2, and our own wish for read-only images, ask of a pod."""

from collections.abc import Iterator
from typing import Any

VOLUMES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
}


def violations(pod: dict[str, Any]) -> list[str]:
    """Everything in a pod's spec that would be refused, or that we refuse ourselves."""
    containers = [*pod["containers"], *pod.get("initContainers", [])]
    return [*_of_pod(pod), *(found for container in containers for found in _of_container(container))]


def _of_pod(pod: dict[str, Any]) -> Iterator[str]:
    security = pod.get("securityContext", {})
    if security.get("runAsNonRoot") is not True:
        yield "the pod may run as root"
    if security.get("seccompProfile") != {"type": "RuntimeDefault"}:
        yield "the pod has no seccomp profile"
    if pod.get("automountServiceAccountToken") is not False:
        yield "the pod gets a token of the API"
    yield from (f"the pod uses {key}" for key in ("hostNetwork", "hostPID", "hostIPC") if pod.get(key))
    yield from (f"the pod sets {key}" for key in ("runAsUser", "runAsGroup", "fsGroup") if key in security)
    for volume in pod.get("volumes", []):
        yield from (f"volume {volume['name']} is a {kind}" for kind in volume.keys() - VOLUMES - {"name"})


def _of_container(container: dict[str, Any]) -> Iterator[str]:
    name, security = container["name"], container.get("securityContext", {})
    if security.get("allowPrivilegeEscalation") is not False:
        yield f"{name} may gain privileges"
    if security.get("capabilities") != {"drop": ["ALL"]}:
        yield f"{name} has capabilities"
    if security.get("readOnlyRootFilesystem") is not True:
        yield f"{name} may write to its image"
    yield from (f"{name} sets {key}" for key in ("runAsUser", "runAsGroup", "privileged") if key in security)
    yield from (f"{name} listens on the host" for port in container.get("ports", []) if "hostPort" in port)
