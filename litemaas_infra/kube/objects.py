"""The parts that our Kubernetes objects have in common."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.core.v1 import (
    PersistentVolumeClaimSpecArgs,
    ServicePortArgs,
    ServiceSpecArgs,
    VolumeResourceRequirementsArgs,
)
from pulumi_kubernetes.meta.v1 import LabelSelectorArgs, ObjectMetaArgs

from litemaas_infra.kube.volume import Volume

_SKIP_AWAIT = {"pulumi.com/skipAwait": "true"}


def metadata(
    name: pulumi.Input[str],
    namespace: str,
    labels: Mapping[str, str],
    annotations: Mapping[str, str] | None = None,
) -> ObjectMetaArgs:
    """An object's name and labels."""
    return ObjectMetaArgs(name=name, namespace=namespace, labels=labels, annotations=annotations)


def ready_later(
    name: pulumi.Input[str],
    namespace: str,
    labels: Mapping[str, str],
    annotations: Mapping[str, str] | None = None,
) -> ObjectMetaArgs:
    """The same for what Pulumi must not wait for: a Rollout does, or only what follows makes it ready."""
    return metadata(name, namespace, labels, {**_SKIP_AWAIT, **(annotations or {})})


def selector(app: str) -> LabelSelectorArgs:
    """The pods of an app."""
    return LabelSelectorArgs(match_labels={"app": app})


def service(app: str, port_name: str, port: int) -> ServiceSpecArgs:
    """A Service of an app's pods, under the pods' own port."""
    return ServiceSpecArgs(selector={"app": app}, ports=[ServicePortArgs(name=port_name, port=port)])


def claim(volume: Volume) -> PersistentVolumeClaimSpecArgs:
    """A claim to a volume that one node's pods use."""
    return PersistentVolumeClaimSpecArgs(
        access_modes=["ReadWriteOnce"],
        storage_class_name=volume.storage_class,
        resources=VolumeResourceRequirementsArgs(requests={"storage": volume.size}),
    )
