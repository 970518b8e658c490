"""The choice among the kinds of exposure."""

from collections.abc import Sequence

import pulumi

from litemaas_infra.components.exposed import GATEWAY, Door, Exposed
from litemaas_infra.components.ingress import Ingress
from litemaas_infra.components.internal import Internal
from litemaas_infra.components.place import Place
from litemaas_infra.components.route import Route
from litemaas_infra.specs.exposure import Exposure


def expose(
    name: str,
    *,
    place: Place,
    namespace: str,
    exposure: Exposure,
    domain: str | None,
    door: Door = GATEWAY,
    authority: pulumi.Output[str] | None = None,
    after: Sequence[pulumi.Resource] = (),
    opts: pulumi.ResourceOptions | None = None,
) -> Exposed:
    """Declare the way to a Service that the settings name; Routes get their hosts below the domain.

    A Route comes `after` the pods that it leads to: what it speaks with them, they must speak.
    """
    if exposure.kind == "internal":
        return Internal(name, namespace=namespace, door=door, opts=opts)
    if exposure.kind == "ingress":
        return Ingress(name, place=place, namespace=namespace, exposure=exposure, door=door, opts=opts)
    return Route(
        name,
        place=place,
        namespace=namespace,
        exposure=exposure,
        domain=domain,
        door=door,
        authority=authority,
        after=after,
        opts=opts,
    )
