"""Which changes an object cannot take in place, so that it is made anew."""

from sandbox.engine.kubernetes.differences import within
from sandbox.engine.kubernetes.objects import Object, is_secret_kind

IDENTITY = ("apiVersion", "kind", "metadata.name", "metadata.namespace")

FIELDS: dict[str, tuple[str, ...]] = {
    "ClusterRoleBinding": ("roleRef",),
    "DaemonSet": ("spec.selector",),
    "Deployment": ("spec.selector",),
    "Job": ("spec.completions", "spec.parallelism", "spec.selector", "spec.template"),
    "PersistentVolumeClaim": (
        "spec.accessModes",
        "spec.selector",
        "spec.storageClassName",
        "spec.volumeName",
    ),
    "ResourceQuota": ("spec.scopes",),
    "RoleBinding": ("roleRef",),
    "Secret": ("type",),
    "Service": ("spec.clusterIP",),
    "StatefulSet": (
        "spec.podManagementPolicy",
        "spec.revisionHistoryLimit",
        "spec.selector",
        "spec.serviceName",
        "spec.volumeClaimTemplates",
    ),
    "StorageClass": ("parameters", "provisioner"),
}
"""As the real provider has them, by kind."""

POD_IN_PLACE = ("spec.activeDeadlineSeconds", "spec.tolerations")
"""All that a Pod's spec takes in place, its containers' images aside."""

DATA = ("data", "binaryData", "stringData", "immutable")


def needs_replacement(path: str, obj: Object, *, mutable_data: bool) -> bool:
    """Whether a change at `path` of the inputs `obj` makes a new object.

    `mutable_data` says whether Secrets and ConfigMaps change their data in place; immutable ones never do.
    """
    if within(path, IDENTITY):
        return True
    if _holds_data(obj) and (not mutable_data or obj.get("immutable")) and within(path, DATA):
        return True
    if obj.get("kind") == "Pod" and obj.get("apiVersion") == "v1":
        return path.startswith("spec") and not within(path, POD_IN_PLACE)
    return _is_builtin(obj) and within(path, FIELDS.get(str(obj.get("kind")), ()))


def _holds_data(obj: Object) -> bool:
    return is_secret_kind(obj) or (obj.get("kind") == "ConfigMap" and obj.get("apiVersion") == "v1")


def _is_builtin(obj: Object) -> bool:
    group = str(obj.get("apiVersion", "")).rpartition("/")[0]
    return "." not in group or group.endswith(".k8s.io")
