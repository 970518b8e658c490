"""When claims, Services, Ingresses and Namespaces are ready: it takes a look at what surrounds them."""

from typing import Any

from sandbox.engine.kubernetes.objects import Object, metadata, name, namespace
from sandbox.engine.kubernetes.readiness.look import Look
from sandbox.engine.kubernetes.readiness.verdict import READY, Verdict, failed, waiting
from sandbox.engine.kubernetes.readiness.workloads import condition

NO_CLASS = ""
"""The storage class of a claim that asks for no provisioning."""


def claim(obj: Object, look: Look) -> Verdict:
    """Ready when bound, or when only its first consumer will bind it."""
    phase = (obj.get("status") or {}).get("phase")
    if phase == "Bound":
        return READY
    if phase == "Lost":
        return failed("its volume was lost")
    wanted = (obj.get("spec") or {}).get("storageClassName", NO_CLASS)
    classes = {name(entry): entry for entry in look.storage_classes()}
    if wanted and classes and wanted not in classes:
        return failed(f"there is no storage class {wanted!r}; the cluster has: {', '.join(sorted(classes))}")
    if classes.get(wanted, {}).get("volumeBindingMode") == "WaitForFirstConsumer":
        return READY
    return waiting("no volume is bound to it yet")


def service(obj: Object, look: Look) -> Verdict:
    """Ready when it has an address if it asked for one, and a ready endpoint if it selects pods."""
    spec = obj.get("spec") or {}
    ingress = ((obj.get("status") or {}).get("loadBalancer") or {}).get("ingress")
    if spec.get("type") == "LoadBalancer" and not ingress:
        return waiting("its load balancer has no address yet")
    selector = spec.get("selector")
    if spec.get("type") == "ExternalName" or spec.get("clusterIP") == "None" or not selector:
        return READY
    if any((endpoint.get("conditions") or {}).get("ready") for endpoint in look.endpoints(obj)):
        return READY
    return waiting(_no_endpoint(look.pods(namespace(obj), selector), selector))


def _no_endpoint(pods: list[Object], selector: dict[str, Any]) -> str:
    labels = ",".join(f"{key}={value}" for key, value in selector.items())
    if not pods:
        return f"no pod has the labels it selects, {labels}"
    if any(condition(pod, "Ready").get("status") == "True" for pod in pods):
        return "its endpoints are about to be published"
    return f"no pod that it selects by {labels} is ready"


def ingress(obj: Object, look: Look) -> Verdict:
    """Ready when its Services are there and a controller has given it an address."""
    missing = [service for service in sorted(_backends(obj)) if not look.find(_service(obj, service))]
    if missing:
        return waiting(f"there is no Service {', '.join(missing)}")
    status = (obj.get("status") or {}).get("loadBalancer") or {}
    return READY if status.get("ingress") else waiting("no ingress controller has given it an address yet")


def _backends(obj: Object) -> set[str]:
    spec = obj.get("spec") or {}
    paths = [path for rule in spec.get("rules") or [] for path in (rule.get("http") or {}).get("paths") or []]
    backends = [spec.get("defaultBackend") or {}, *(path.get("backend") or {} for path in paths)]
    return {backend["service"]["name"] for backend in backends if backend.get("service")}


def _service(obj: Object, service: str) -> Object:
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": service, "namespace": namespace(obj)}}


def space(obj: Object) -> Verdict:
    """Ready when active."""
    phase = (obj.get("status") or {}).get("phase", "Active")
    if phase == "Active" and not metadata(obj).get("deletionTimestamp"):
        return READY
    return waiting(f"the namespace is {phase}")
