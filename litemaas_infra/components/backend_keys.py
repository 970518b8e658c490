"""The backend's own keys, and what it is known by where users log in."""

from typing import Any

import pulumi
from pulumi_kubernetes.core.v1 import Secret

from litemaas_infra import names
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.password import Password
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.backend import Backend

_GENERATED = (names.JWT_SECRET, names.ADMIN_API_KEY, names.ENCRYPTION_KEY)


class BackendKeys(pulumi.ComponentResource):
    """Their Secret. Each key is made once; without the backend they stay, for data is encrypted with one.

    `client_secret` is OpenShift's, where users log in there.
    """

    secret: Secret
    client_secret: pulumi.Output[str] | None = None

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        backend: Backend,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:BackendKeys", name, {}, opts)
        self._name, self._place, self._site = name, place, site
        values: dict[str, pulumi.Input[Any]] = {key: self._password(key) for key in _GENERATED}
        if backend.at_openshift:
            self.client_secret = self._password(names.OAUTH_CLIENT_SECRET)
            values[names.OAUTH_CLIENT_SECRET] = self.client_secret
        elif backend.client_secret:
            given = backend.client_secret.get_secret_value()
            values[names.OIDC_CLIENT_SECRET] = pulumi.Output.secret(given)
        labels = names.labels(names.BACKEND, "credentials")
        self.secret = Secret(
            f"{name}-{names.KEYS_SECRET}",
            metadata=objects.metadata(names.KEYS_SECRET, site.namespace, labels),
            string_data=values,
            opts=place.retained(self),
        )
        self.register_outputs({})

    def _password(self, key: str) -> pulumi.Output[str]:
        made = Password(
            f"{self._name}-{names.KEYS_SECRET}-{key}",
            site=self._site,
            secret=names.KEYS_SECRET,
            key=key,
            opts=self._place.served(self),
        )
        return made.value
