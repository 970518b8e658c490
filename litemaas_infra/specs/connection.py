"""How a database is logged in to: as its owner's Secret keeps it, and as URLs have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Self
from urllib.parse import quote, urlencode

from litemaas_infra import names

Sslmode = Literal["verify-full", "require", "disable"]
_STRICT: Final = {"sslmode": "require", "sslaccept": "strict"}
"""What Prisma calls `verify-full`; it takes no other word for it, and none at all for `prefer`."""
_PRISMA: Final[Mapping[str, Mapping[str, str]]] = {
    "verify-full": _STRICT,
    "require": {"sslmode": "require", "sslaccept": "accept_invalid_certs"},
    "disable": {"sslmode": "disable"},
}
_NODE: Final = {"verify-full": "verify-full", "require": "no-verify", "disable": "disable"}
"""What node-postgres calls them; its `require` checks as `verify-full` does."""

_PUBLIC: Final = "/etc/ssl/certs/ca-certificates.crt"
"""Where Debian, and so Open WebUI's image, has the public authorities, which libpq trusts by name alone."""


@dataclass(frozen=True)
class Server:
    """Where PostgreSQL listens, and how it is spoken with."""

    host: str
    port: int = names.POSTGRES_PORT
    sslmode: Sslmode = "disable"
    authority: str | None = None
    """Whom its certificate comes from, in PEM; one that the client trusts anyway where none is named."""

    @property
    def props(self) -> dict[str, Any]:
        """The server as a property of a resource."""
        return {name: value for name, value in vars(self).items() if value is not None}

    @classmethod
    def of(cls, props: Mapping[str, Any]) -> Self:
        """The server that such a property names."""
        # Pulumi makes a float of every number.
        return cls(**{**props, "port": int(props["port"])})


@dataclass(frozen=True)
class Login:
    """A database and the role that owns it, on a server."""

    server: Server
    database: str
    user: str

    def secret(self) -> dict[str, str]:
        """What a Secret keeps of it, beside the password."""
        server = self.server
        kept = {"host": server.host, "port": str(server.port), "sslmode": server.sslmode}
        trusted = {names.AUTHORITY_KEY: server.authority} if server.authority else {}
        return {**kept, **trusted, "username": self.user, "database": self.database}

    @classmethod
    def of(cls, secret: Mapping[str, str]) -> Self:
        """The login that a Secret keeps. Raises KeyError for what it lacks, ValueError for no port."""
        sslmode: Any = secret["sslmode"]
        server = Server(secret["host"], int(secret["port"]), sslmode, secret.get(names.AUTHORITY_KEY))
        return cls(server, secret["database"], secret["username"])

    def for_prisma(self, password: str, authority_file: str | None) -> str:
        """The URL that LiteLLM connects by.

        Where it runs, `authority_file` holds the authority that the server's certificate must come from.
        """
        trusted = {**_STRICT, "sslcert": authority_file} if authority_file else {}
        return self._url(password, {**_PRISMA[self.server.sslmode], **trusted})

    def for_node(self, password: str, authority_file: str | None) -> str:
        """The URL that LiteMaaS's backend connects by, with the same authority."""
        trusted = {"sslmode": "verify-full", "sslrootcert": authority_file} if authority_file else {}
        return self._url(password, {"sslmode": _NODE[self.server.sslmode], **trusted})

    def for_libpq(self, password: str, authority_file: str | None) -> str:
        """The URL that Open WebUI connects by, with the same authority, or else any public one."""
        mode = self.server.sslmode
        if authority_file or mode == "verify-full":
            checked = {"sslmode": "verify-full", "sslrootcert": authority_file or _PUBLIC}
            return self._url(password, checked)
        return self._url(password, {"sslmode": mode})

    def _url(self, password: str, parameters: Mapping[str, str]) -> str:
        query = urlencode(parameters, safe="/")
        user, secret, database = (quote(text, safe="") for text in (self.user, password, self.database))
        return f"postgresql://{user}:{secret}@{self.server.host}:{self.server.port}/{database}?{query}"
