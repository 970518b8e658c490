"""What a pod does before its own container starts."""

from pulumi_kubernetes.core.v1 import ContainerArgs

from litemaas_infra import names
from litemaas_infra.kube import pods, sizes


def wait_for_database(image: str, owner: str) -> ContainerArgs:
    """Wait until the server answers: a backend that finds none would serve made-up data instead."""
    asking = f"pg_isready -h {names.POSTGRES} -p {names.POSTGRES_PORT} -U {owner}"
    return ContainerArgs(
        name="wait-for-database",
        image=image,
        image_pull_policy="IfNotPresent",
        command=["sh", "-c", f"until {asking}; do sleep 1; done"],
        resources=pods.resources(sizes.WAITING),
        security_context=pods.container_security(),
    )
