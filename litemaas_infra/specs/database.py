"""Which PostgreSQL keeps the data, and what it is called there."""

from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationInfo,
    model_validator,
)
from pydantic.alias_generators import to_camel

from litemaas_infra import names
from litemaas_infra.specs.connection import Login, Server, Sslmode
from litemaas_infra.specs.exposure import Certificates
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.text import shaped

Kind = Literal["own", "existing", "cnpg"]
_MARK: Final = "-----BEGIN CERTIFICATE-----"
_DNS: Final = r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?"


def _one(authority: str) -> str:
    if authority.count(_MARK) != 1:
        raise ValueError(
            "holds several certificates, of which LiteLLM would trust the first alone; keep that of the "
            "authority which the server's certificate comes from"
        )
    return authority


ServerHost = Annotated[
    str, shaped(_DNS, "a host's name in small letters, postgresql.default.svc.cluster.local for instance")
]


def _needed(host: str | None, info: ValidationInfo) -> str | None:
    if host is None and info.data.get("kind") == "existing":
        raise ValueError("is not set, and an existing server has a name")
    return host


ExistingHost = Annotated[ServerHost | None, AfterValidator(_needed), Field(validate_default=True)]
"""Name of a server, in a group of settings whose `kind` says whether there is one that exists."""
PostgresName = Annotated[
    str, shaped(r"[a-z_][-a-z0-9_]{0,62}", "a name of small letters, digits, _ and -, litellm for instance")
]
SecretName = Annotated[
    str, shaped(rf"({_DNS}/)?{_DNS}", "[NAMESPACE/]SECRET, default/postgresql-admin for instance")
]
SecretKey = Annotated[str, shaped(r"[-._a-zA-Z0-9]+", "a key of a Secret, password for instance")]
Authority = Annotated[Certificates, AfterValidator(_one)]


class Database(Group):
    """The server of the data. Of another kind than the chosen one, settings are kept and mean nothing."""

    kind: Kind = "own"
    """`own`: a server of the stack; `existing`: one that someone else runs; `cnpg`: CloudNativePG's."""
    host: ExistingHost = None
    """Name of an existing server, as the gateway's pod finds it."""
    port: Annotated[int, Field(gt=0, lt=2**16)] = names.POSTGRES_PORT
    """Port of an existing server."""
    gateway_database: PostgresName = names.GATEWAY_DATABASE
    """The gateway's database on an existing server."""
    gateway_user: PostgresName = names.GATEWAY_OWNER
    """Role that owns it."""
    gateway_password: SecretStr | None = None
    """That role's password, if it is there already; generated unless set, with `--secret`."""
    models_database: PostgresName = names.BACKEND_DATABASE
    """LiteMaaS's database on an existing server, with the models' table."""
    models_user: PostgresName = names.BACKEND_OWNER
    """Role that owns it."""
    models_password: SecretStr | None = None
    """That role's password, if it is there already; generated unless set, with `--secret`."""
    chat_database: PostgresName = names.CHAT_DATABASE
    """Open WebUI's database on an existing server, if it is deployed."""
    chat_user: PostgresName = names.CHAT_OWNER
    """Role that owns it."""
    chat_password: SecretStr | None = None
    """That role's password, if it is there already; generated unless set, with `--secret`."""
    admin_secret: SecretName | None = None
    """[NAMESPACE/]SECRET of a role that makes roles and databases; without it they must be there."""
    admin_user_key: SecretKey = "username"
    """That Secret's key of the role's name."""
    admin_password_key: SecretKey = "password"  # noqa: S105 - a key's name
    """That Secret's key of its password."""
    admin_database: PostgresName = "postgres"
    """Database that this role logs in to."""
    sslmode: Sslmode = "verify-full"
    """`verify-full`, `require`: TLS with any certificate; `disable`: an existing server without TLS."""
    authority: Authority | None = None
    """Authority, in PEM, of an existing server's certificate; one that is trusted anyway unless set."""
    instances: Annotated[int, Field(gt=0, le=99)] = 3
    """Servers of a CloudNativePG cluster, of which one is written to."""
    force_delete: bool = False
    """Whether databases that the stack made on an existing server go with the stack; needs adminSecret."""
    leave_volumes: bool = False
    """Whether another kind may take the place of a server of the stack, whose volumes go with it."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if again := _repeated(self, "_database"):
            raise ValueError(
                "has one name for two databases, and LiteLLM drops tables that it doesn't know; "
                f"pulumi config set --path litemaas:database.{again} NAME"
            )
        if again := _repeated(self, "_user"):
            raise ValueError(
                "has one role for two databases, which are kept apart by their roles; "
                f"pulumi config set --path litemaas:database.{again} NAME"
            )
        return self

    @property
    def server(self) -> Server:
        """Where the gateway finds PostgreSQL."""
        if self.kind == "own":
            return Server(names.POSTGRES)
        if self.kind == "cnpg":
            return Server(names.POSTGRES_PRIMARY, sslmode="require")
        return Server(str(self.host), self.port, self.sslmode, self.authority)

    @property
    def servers(self) -> int:
        """How many run in the stack's namespace, each on a volume of its own."""
        return {"own": 1, "existing": 0, "cnpg": self.instances}[self.kind]

    @property
    def gateway(self) -> Login:
        """The gateway's own database."""
        if self.kind != "existing":
            return Login(self.server, names.GATEWAY_DATABASE, names.GATEWAY_OWNER)
        return Login(self.server, self.gateway_database, self.gateway_user)

    @property
    def models(self) -> Login:
        """LiteMaaS's database."""
        if self.kind != "existing":
            return Login(self.server, names.BACKEND_DATABASE, names.BACKEND_OWNER)
        return Login(self.server, self.models_database, self.models_user)

    @property
    def chat(self) -> Login:
        """Open WebUI's database."""
        if self.kind != "existing":
            return Login(self.server, names.CHAT_DATABASE, names.CHAT_OWNER)
        return Login(self.server, self.chat_database, self.chat_user)

    @property
    def place(self) -> str | None:
        """What tells it from every other place of the data; none for the stack's own server."""
        if self.kind == "own":
            return None
        server = self.server
        return f"{server.host}:{server.port}/{self.gateway.database}+{self.models.database}"

    @property
    def checked(self) -> bool:
        """Whether the gateway checks the server's certificate by an authority that it is given."""
        named = self.sslmode == "verify-full" and self.authority is not None
        return self.kind == "cnpg" or (self.kind == "existing" and named)

    @property
    def outlives(self) -> bool:
        """Whether the data stays when the stack goes."""
        return self.kind == "existing" and not (self.force_delete and self.admin_secret)

    @property
    def admin(self) -> dict[str, str] | None:
        """Where an existing server's administrator is named, as a property of a resource."""
        if self.kind != "existing" or self.admin_secret is None:
            return None
        return {
            "secret": self.admin_secret,
            "user_key": self.admin_user_key,
            "password_key": self.admin_password_key,
            "database": self.admin_database,
        }


def _repeated(database: Database, suffix: str) -> str | None:
    """The setting, among the three of that suffix, whose value an earlier one has; None if none has."""
    seen: list[str] = []
    for use in ("gateway", "models", "chat"):
        value = getattr(database, use + suffix)
        if value in seen:
            return to_camel(use + suffix)
        seen.append(value)
    return None
