"""The choice among the kinds of exposure."""

from litemaas_infra.components.exposed import Exposed
from litemaas_infra.components.ingress import Ingress
from litemaas_infra.components.internal import Internal
from litemaas_infra.components.place import Place
from litemaas_infra.components.route import Route
from litemaas_infra.specs.exposure import Exposure


def expose(name: str, *, place: Place, namespace: str, exposure: Exposure, domain: str | None) -> Exposed:
    """Declare the way to the gateway that the settings name; Routes get their hosts below the domain."""
    if exposure.kind == "internal":
        return Internal(name, namespace=namespace)
    if exposure.kind == "ingress":
        return Ingress(name, place=place, namespace=namespace, exposure=exposure)
    return Route(name, place=place, namespace=namespace, exposure=exposure, domain=domain)
