"""The stack's generated credentials, and the Kubernetes Secrets that hold them."""

import json
from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.core.v1 import Secret
from pydantic import SecretStr

from litemaas_infra import names
from litemaas_infra.components import database_trust
from litemaas_infra.components.checksum import checksum
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.password import Password
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.connection import Login
from litemaas_infra.specs.database import Database


class Credentials(pulumi.ComponentResource):
    """Every Secret of the stack. Each value is made once and kept; nothing but a request changes it."""

    secrets: Sequence[pulumi.Resource]
    salt_key: pulumi.Output[str]
    """What only the gateway and we know: the data is encrypted under it."""
    database_checksum: pulumi.Output[str]
    """Another one whenever the databases are logged in to otherwise."""

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        database: Database,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Credentials", name, {}, opts)
        self._name, self._place, self._site, self._database = name, place, site, database
        self.salt_key = self._password(names.GATEWAY_SECRET, names.SALT_KEY, prefix="sk-", opens_data=True)
        gateway, models = database.gateway, database.models
        gateway_password = self._owner(names.GATEWAY_DATABASE_SECRET, database.gateway_password)
        models_password = self._owner(names.BACKEND_SECRET, database.models_password)
        url = gateway_password.apply(
            lambda password: gateway.for_prisma(password, database_trust.file(database))
        )
        self.database_checksum = self._checksum(gateway_password, models_password)
        own = [self._secret(names.POSTGRES_SECRET, self._administrator())] if database.kind == "own" else []
        self.secrets = [
            *own,
            self._login(names.BACKEND_SECRET, models, models_password),
            self._login(names.GATEWAY_DATABASE_SECRET, gateway, gateway_password),
            self._secret(names.GATEWAY_SECRET, self._gateway(url)),
        ]
        self.register_outputs({})

    def _checksum(self, *passwords: pulumi.Output[str]) -> pulumi.Output[str]:
        login = json.dumps([self._database.gateway.secret(), self._database.models.secret()])
        made = pulumi.Output.all(self.salt_key, *passwords).apply(
            lambda known: checksum({"login": login, "passwords": json.dumps(known[1:])}, known[0])
        )
        return pulumi.Output.unsecret(made)

    def _administrator(self) -> dict[str, pulumi.Input[str]]:
        password = self._password(names.POSTGRES_SECRET, "POSTGRES_PASSWORD", opens_data=True)
        return {"POSTGRES_USER": names.POSTGRES_ADMIN, "POSTGRES_PASSWORD": password}

    def _owner(self, secret: str, given: SecretStr | None) -> pulumi.Output[str]:
        """A database owner's password, someone else's or our own."""
        if given is None or self._database.kind != "existing":
            return self._password(secret, "password")
        return pulumi.Output.secret(given.get_secret_value())

    def _gateway(self, database_url: pulumi.Output[str]) -> dict[str, pulumi.Input[str]]:
        secret = names.GATEWAY_SECRET
        return {
            names.MASTER_KEY: self._password(secret, names.MASTER_KEY, prefix="sk-"),
            names.SALT_KEY: self.salt_key,
            names.UI_USERNAME: "admin",
            names.UI_PASSWORD: self._password(secret, names.UI_PASSWORD),
            names.DATABASE_URL: database_url,
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

    def _login(self, secret: str, login: Login, password: pulumi.Output[str]) -> Secret:
        file = database_trust.file(self._database)
        url = password.apply(lambda text: login.for_node(text, file))
        values: dict[str, pulumi.Input[str]] = {**login.secret()}
        values |= {"password": password, names.DATABASE_URL: url}
        # Of the type that CloudNativePG takes passwords from.
        return self._secret(secret, values, "kubernetes.io/basic-auth")

    def _secret(self, secret: str, values: dict[str, pulumi.Input[str]], type_: str | None = None) -> Secret:
        return Secret(
            f"{self._name}-{secret}",
            metadata=objects.metadata(secret, self._site.namespace, names.labels(secret, "credentials")),
            type=type_,
            string_data=values,
            opts=self._place.lasting(self),
        )
