"""Whether the namespace has a LiteMaaS already that is no stack's, and whose users would lose it."""

from litemaas_infra import names
from litemaas_infra.clients import predecessor
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.specs.shape import Shape


def problems(cluster: Cluster, namespace: str, shape: Shape) -> list[str]:
    """Objects that this stack's would be mixed up with, and data that its databases would not have."""
    own, routes = shape.database.kind == "own", shape.exposure.kind == "route"
    found = predecessor.find(cluster, namespace, servers=own, routes=routes)
    server = found.server if found.server and _new(cluster, namespace, shape, found.server) else None
    listed = [*([f"statefulset/{server}"] if server else []), *found.in_the_way]
    if not listed:
        return []
    told = (
        f"namespace {namespace} has a LiteMaaS that is not this stack's ({', '.join(listed)}): its keys, "
        "models and spend would be missing from a new database. `litemaas migrate` tells how it is taken "
        "over; or deploy into another namespace: pulumi config set litemaas:namespace NAME"
    )
    return [told]


def _new(cluster: Cluster, namespace: str, shape: Shape, server: str) -> bool:
    """Whether an empty database would be made beside that server, or in its place."""
    if server == names.POSTGRES:
        return True
    claim = cluster.get("v1", f"persistentvolumeclaims/{names.POSTGRES_CLAIM}", namespace)
    return claim is None and not shape.takeover.wanted
