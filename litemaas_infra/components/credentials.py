"""The stack's generated credentials, and the Kubernetes Secrets that hold them."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.core.v1 import Secret

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.password import Password
from litemaas_infra.providers.site import Site


class Credentials(pulumi.ComponentResource):
    """Every Secret of the stack. Each value is made once and kept; nothing but a request changes it."""

    secrets: Sequence[pulumi.Resource]
    salt_key: pulumi.Output[str]
    """What only the gateway and we know: the data is encrypted under it."""

    def __init__(
        self, name: str, *, place: Place, site: Site, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("litemaas:index:Credentials", name, {}, opts)
        self._name, self._place, self._site = name, place, site
        gateway_password = self._password(names.GATEWAY_DATABASE_SECRET, "password")
        self.salt_key = self._password(names.GATEWAY_SECRET, names.SALT_KEY, prefix="sk-", opens_data=True)
        backend_password = self._password(names.BACKEND_SECRET, "password")
        backend = {
            **_login(names.BACKEND_OWNER, names.BACKEND_DATABASE, backend_password),
            names.DATABASE_URL: _url(names.BACKEND_OWNER, names.BACKEND_DATABASE, backend_password),
        }
        gateway = _login(names.GATEWAY_OWNER, names.GATEWAY_DATABASE, gateway_password)
        self.secrets = [
            self._secret(names.POSTGRES_SECRET, self._administrator()),
            self._secret(names.BACKEND_SECRET, backend),
            self._secret(names.GATEWAY_DATABASE_SECRET, gateway),
            self._secret(names.GATEWAY_SECRET, self._gateway(gateway_password)),
        ]
        self.register_outputs({})

    def _administrator(self) -> dict[str, pulumi.Input[str]]:
        password = self._password(names.POSTGRES_SECRET, "POSTGRES_PASSWORD", opens_data=True)
        return {"POSTGRES_USER": names.POSTGRES_ADMIN, "POSTGRES_PASSWORD": password}

    def _gateway(self, database_password: pulumi.Output[str]) -> dict[str, pulumi.Input[str]]:
        secret = names.GATEWAY_SECRET
        return {
            names.MASTER_KEY: self._password(secret, names.MASTER_KEY, prefix="sk-"),
            names.SALT_KEY: self.salt_key,
            names.UI_USERNAME: "admin",
            names.UI_PASSWORD: self._password(secret, names.UI_PASSWORD),
            names.DATABASE_URL: _url(names.GATEWAY_OWNER, names.GATEWAY_DATABASE, database_password),
        }

    def _password(
        self, secret: str, key: str, *, prefix: str = "", opens_data: bool = False
    ) -> pulumi.Output[str]:
        made = Password(
            f"{self._name}-{secret}-{key}",
            site=self._site,
            secret=secret,
            key=key,
            prefix=prefix,
            opens_data=opens_data,
            opts=self._place.served(self),
        )
        return made.value

    def _secret(self, secret: str, values: dict[str, pulumi.Input[str]]) -> Secret:
        return Secret(
            f"{self._name}-{secret}",
            metadata=objects.metadata(secret, self._site.namespace, names.labels(secret, "credentials")),
            string_data=values,
            opts=self._place.inside(self),
        )


def _login(user: str, database: str, password: pulumi.Output[str]) -> dict[str, pulumi.Input[str]]:
    return {"username": user, "database": database, "password": password}


def _url(user: str, database: str, password: pulumi.Output[str]) -> pulumi.Output[str]:
    # The password is made of URL-safe characters. The server is in the same namespace and has no TLS.
    address = f"{names.POSTGRES}:{names.POSTGRES_PORT}/{database}"
    return pulumi.Output.format("postgresql://{0}:{1}@{2}?sslmode=disable", user, password, address)
