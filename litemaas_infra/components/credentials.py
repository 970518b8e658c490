"""The stack's generated credentials, and the Kubernetes Secrets that hold them."""

import json
from collections.abc import Callable, Sequence
from typing import Final

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

_LOGIN: Final = "kubernetes.io/basic-auth"
"""The type of Secret that CloudNativePG takes passwords from."""


class Credentials(pulumi.ComponentResource):
    """Every Secret of the stack. Each value is made once and kept; nothing but a request changes it."""

    secrets: Sequence[pulumi.Resource]
    salt_key: pulumi.Output[str]
    """What only the gateway and we know: the data is encrypted under it."""
    database_checksum: pulumi.Output[str]
    """Another one whenever the databases are logged in to otherwise."""
    chat: pulumi.Output[str] | None = None
    """The same of Open WebUI's database; none where it is not deployed."""

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        database: Database,
        chat: bool,
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
        self.database_checksum = self._checksum(gateway=gateway_password, models=models_password)
        of_models = self._login(models, models_password, models.for_node)
        of_gateway = self._login(gateway, gateway_password, gateway.for_node)
        own = [self._secret(names.POSTGRES_SECRET, self._administrator())] if database.kind == "own" else []
        self.secrets = [
            *own,
            self._secret(names.BACKEND_SECRET, of_models, _LOGIN),
            self._secret(names.GATEWAY_DATABASE_SECRET, of_gateway, _LOGIN),
            self._secret(names.GATEWAY_SECRET, self._gateway(url)),
        ]
        if chat:
            self.secrets = [*self.secrets, self._of_chat()]
        self.register_outputs({})

    def _checksum(self, **passwords: pulumi.Output[str]) -> pulumi.Output[str]:
        """Of the logins to the databases of these uses."""
        logins: list[Login] = [getattr(self._database, use) for use in passwords]
        login = json.dumps([login.secret() for login in logins])
        made = pulumi.Output.all(self.salt_key, *passwords.values()).apply(
            lambda known: checksum({"login": login, "passwords": json.dumps(known[1:])}, known[0])
        )
        return pulumi.Output.unsecret(made)

    def _of_chat(self) -> Secret:
        """Its database's login and its own keys, which stay when it goes."""
        name, login = names.CHAT_SECRET, self._database.chat
        password = self._owner(name, self._database.chat_password)
        self.chat = self._checksum(chat=password)
        values = self._login(login, password, login.for_libpq)
        for key in (names.WEBUI_SECRET_KEY, names.WEBUI_ADMIN_PASSWORD):
            values[key] = self._password(name, key)
        return self._secret(name, values, _LOGIN, self._place.retained(self))

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

    def _login(
        self, login: Login, password: pulumi.Output[str], url: Callable[[str, str | None], str]
    ) -> dict[str, pulumi.Input[str]]:
        file = database_trust.file(self._database)
        whole = password.apply(lambda text: url(text, file))
        return {**login.secret(), "password": password, names.DATABASE_URL: whole}

    def _secret(
        self,
        secret: str,
        values: dict[str, pulumi.Input[str]],
        type_: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> Secret:
        return Secret(
            f"{self._name}-{secret}",
            metadata=objects.metadata(secret, self._site.namespace, names.labels(secret, "credentials")),
            type=type_,
            string_data=values,
            opts=opts or self._place.lasting(self),
        )
