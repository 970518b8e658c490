"""A former deployment's server, from which a stack's empty databases are filled."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from litemaas_infra import names
from litemaas_infra.specs.database import PostgresName, ServerHost
from litemaas_infra.specs.group import Group
from litemaas_infra.specs.redis import SecretWithKey


class Takeover(Group):
    """The databases of a deployment that is taken over. They are read once, and stay as they are."""

    host: ServerHost | None = None
    """Name of its PostgreSQL, as a pod of the namespace finds it; nothing is taken over unless set."""
    port: Annotated[int, Field(gt=0, lt=2**16)] = names.POSTGRES_PORT
    """Port of it."""
    user: PostgresName | None = None
    """Role that may read all of it."""
    password_secret: SecretWithKey | None = None
    """SECRET/KEY of the namespace that has that role's password."""
    gateway_database: PostgresName | None = None
    """The database that its gateway used."""
    models_database: PostgresName | None = None
    """The one that its backend used, which may be the same; none unless set."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for field in ("user", "password_secret", "gateway_database"):
            if self.host and getattr(self, field) is None:
                raise ValueError(
                    f"has a host and no {field.replace('_', ' ')}; `litemaas migrate` tells what they are"
                )
        return self

    @property
    def wanted(self) -> bool:
        """Whether anything is taken over."""
        return self.host is not None

    @property
    def secret(self) -> tuple[str, str]:
        """The Secret, and its key, of the password."""
        name, _, key = str(self.password_secret).partition("/")
        return name, key
