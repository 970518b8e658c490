"""The virtual keys that a stack gives out."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.core.v1 import Secret

from litemaas_infra import names
from litemaas_infra.components.people import People
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.password import Password
from litemaas_infra.providers.site import Site
from litemaas_infra.providers.virtual_key import VirtualKey
from litemaas_infra.specs.virtual_key import VirtualKeySpec


class Keys(pulumi.ComponentResource):
    """Every declared virtual key: its value, made once and kept in a Secret, then the gateway's leave.

    With `kept` they are blocked, not deleted, when they are declared no more, and what was spent with them
    stays. `ready` are all.
    """

    ready: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        keys: Sequence[VirtualKeySpec],
        after: Sequence[pulumi.Resource],
        people: People | None = None,
        kept: bool = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Keys", name, {}, opts)
        self._name, self._place, self._site = name, place, site
        self._people, self._kept = people, kept
        self.ready = [self._key(spec, after) for spec in keys]
        self.register_outputs({})

    def _key(self, spec: VirtualKeySpec, after: Sequence[pulumi.Resource]) -> VirtualKey:
        secret = names.KEY_SECRET.format(alias=spec.alias)
        return VirtualKey(
            f"{self._name}-{spec.alias}",
            site=self._site,
            spec=spec,
            secret=secret,
            owners=self._owners(spec),
            kept=self._kept,
            opts=self._place.served(self, self._secret(secret), *after),
        )

    def _owners(self, spec: VirtualKeySpec) -> dict[str, pulumi.Input[str] | None]:
        """What the key says of others, by their ids where they are declared."""
        if self._people is None:
            return {}
        return {
            "team": self._people.teams.get(spec.team or ""),
            "budget": self._people.budgets.get(spec.budget or ""),
            "user_id": self._people.users.get(spec.user_id or "", spec.user_id),
        }

    def _secret(self, secret: str) -> Secret:
        made = Password(
            f"{self._name}-{secret}-{names.KEY}",
            site=self._site,
            secret=secret,
            key=names.KEY,
            prefix="sk-",
            opts=self._place.served(self),
        )
        return Secret(
            f"{self._name}-{secret}",
            metadata=objects.metadata(secret, self._site.namespace, names.labels(secret, "credentials")),
            string_data={names.KEY: made.value},
            opts=self._place.retained(self) if self._kept else self._place.lasting(self),
        )
