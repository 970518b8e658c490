"""The way from this machine to a database server: to the stack's own, to a Service's pods, or straight."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.clients.portforward import forwarded, forwarded_service
from litemaas_infra.clients.postgres import Address
from litemaas_infra.errors import DatabaseUnreachable, ServerNotInCluster

_SERVICE: Final = re.compile(r"([^.]+)(?:\.([^.]+)\.svc(?:\..+)?)?")
"""A name that only a cluster's own DNS knows: SERVICE, or SERVICE.NAMESPACE.svc and what follows."""
_HERE: Final = "127.0.0.1"
_REMEDY: Final = "litemaas:database.host says that the database is there; correct it, or make the Service"


@contextmanager
def reached(cluster: Cluster, namespace: str, there: Address, address: str | None) -> Iterator[Address]:
    """The address by which this machine reaches the server, whose certificate names `there` all the same.

    `address`, HOST:PORT, is a way that the user has made. `namespace` is the deployment's. Raises
    NotInCluster or DatabaseUnreachable.
    """
    service = _SERVICE.fullmatch(there.host)
    if address:
        host, _, port = address.rpartition(":")
        yield replace(there, port=int(port), via=_resolved(host))
    elif there.host == names.POSTGRES:
        with _own(cluster, namespace, there.port) as local_port:
            yield replace(there, port=local_port, via=_HERE)
    elif service:
        name, elsewhere = service.groups()
        with forwarded_service(
            cluster,
            elsewhere or namespace,
            name,
            there.port,
            unready=DatabaseUnreachable,
            missing=_REMEDY,
        ) as local_port:
            yield replace(there, port=local_port, via=_HERE)
    else:
        yield there


@contextmanager
def _own(cluster: Cluster, namespace: str, port: int) -> Iterator[int]:
    """Tells a server that is not there, for `pulumi up` to make, from one that does not answer."""
    if cluster.get("apps/v1", f"statefulsets/{names.POSTGRES}", namespace) is None:
        raise ServerNotInCluster(
            f"StatefulSet {names.POSTGRES} is not in namespace {namespace}; `pulumi up` makes it"
        )
    with forwarded(cluster, namespace, f"{names.POSTGRES}-0", port) as local_port:
        yield local_port


def _resolved(host: str) -> str:
    try:
        return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    except OSError as error:
        raise DatabaseUnreachable(
            f"litemaas:databaseAddress names {host}, which has no address: {error}; correct it: "
            "pulumi config set litemaas:databaseAddress HOST:PORT"
        ) from error
