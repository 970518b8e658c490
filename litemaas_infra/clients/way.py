"""Where a deployment is, and how this machine reaches it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """The way to a deployment. It holds no secret: credentials are read from the cluster when needed."""

    namespace: str
    context: str | None = None
    gateway_url: str | None = None
    database_address: str | None = None
    verify_tls: bool = True
