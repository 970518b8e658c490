"""What a pod does before its own container starts."""

from pulumi_kubernetes.core.v1 import ContainerArgs

from litemaas_infra.kube import pods, sizes
from litemaas_infra.specs.connection import Login


def wait_for_database(image: str, login: Login) -> ContainerArgs:
    """Wait until the server answers: a backend that finds none would serve made-up data instead."""
    server = login.server
    asking = f"pg_isready -h {server.host} -p {server.port} -U {login.user} -d {login.database}"
    return ContainerArgs(
        name="wait-for-database",
        image=image,
        image_pull_policy="IfNotPresent",
        command=["sh", "-c", f"until {asking}; do sleep 1; done"],
        resources=pods.resources(sizes.WAITING),
        security_context=pods.container_security(),
    )
