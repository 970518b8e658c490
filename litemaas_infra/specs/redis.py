"""Whether the gateway's replicas share what they count, and in which Redis."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, SecretStr, model_validator

from litemaas_infra import names
from litemaas_infra.specs.database import ExistingHost
from litemaas_infra.specs.exposure import Certificates
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.text import shaped
from litemaas_infra.specs.values import Image

Kind = Literal["none", "own", "existing"]
IMAGE: Final = "public.ecr.aws/docker/library/redis:7.2-bookworm"

User = Annotated[str, shaped(r"[!-~]+", "a user's name without spaces")]
SecretWithKey = Annotated[
    str, shaped(r"[a-z0-9]([-.a-z0-9]*[a-z0-9])?/[-._a-zA-Z0-9]+", "SECRET/KEY, redis/password for instance")
]


class Redis(Group):
    """What the replicas count in. Of another kind than the chosen one, settings are kept and mean nothing."""

    kind: Kind = "none"
    """`none`: each replica counts for itself; `own`: a server of the stack; `existing`: someone else's."""
    image: Image = IMAGE
    """Image of Redis, whose `redis-cli` asks an existing one too."""
    host: ExistingHost = None
    """Name of an existing server, as the gateway's pod finds it."""
    port: Annotated[int, Field(gt=0, lt=2**16)] = names.REDIS_PORT
    """Port of an existing server."""
    user: User | None = None
    """Who logs in to an existing server; its default user unless set."""
    password: SecretStr | None = None
    """That user's password; set it with `--secret`."""
    password_secret: SecretWithKey | None = None
    """SECRET/KEY of the namespace that has the password, instead."""
    tls: bool = False
    """Whether an existing server is spoken with by TLS."""
    authority: Certificates | None = None
    """Authorities, in PEM, of its certificate; those that the gateway's image trusts unless set."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.password and self.password_secret:
            raise ValueError(
                "has both password and passwordSecret; keep one: "
                "pulumi config rm --path litemaas:redis.password"
            )
        if self.authority and not self.tls:
            raise ValueError(
                "has an authority, and tls is off; pulumi config set --path litemaas:redis.tls true"
            )
        return self

    @property
    def used(self) -> bool:
        """Whether there is one."""
        return self.kind != "none"

    @property
    def server(self) -> tuple[str, int]:
        """Host and port, as the gateway's pod finds them."""
        return (names.REDIS, names.REDIS_PORT) if self.kind == "own" else (str(self.host), self.port)

    @property
    def trusted(self) -> str | None:
        """The authorities that the gateway is given for it."""
        return self.authority if self.kind == "existing" else None

    @property
    def secret(self) -> tuple[str, str] | None:
        """The Secret, and its key, that has the password; none where the server takes whoever comes."""
        if self.kind == "own" or self.password:
            return names.REDIS, names.REDIS_PASSWORD
        if self.password_secret:
            secret, _, key = self.password_secret.partition("/")
            return secret, key
        return None
