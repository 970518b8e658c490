"""Run in the sandbox: logs in to a database through a port-forward, the password on standard input."""

import sys

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.portforward import forwarded
from litemaas_infra.clients.postgres import Address, connected
from litemaas_infra.errors import LiteMaaSError
from tests.end_to_end.support.sandbox import NAMESPACE


def main(user: str, database: str) -> None:
    """Ends with the reason when the database does not let the user in."""
    pod = f"{names.POSTGRES}-0"
    with Cluster() as cluster, forwarded(cluster, NAMESPACE, pod, names.POSTGRES_PORT) as port:
        address = Address("127.0.0.1", port, user, sys.stdin.read(), database)
        with connected(address) as connection:
            connection.execute("SELECT 1")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except LiteMaaSError as error:
        sys.exit(str(error))
