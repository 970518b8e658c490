"""The virtual keys that a stack gives out."""

from collections.abc import Iterator, Mapping, Sequence

import pulumi
from pulumi_kubernetes.core.v1 import Secret

from litemaas_infra import names
from litemaas_infra.components.people import People
from litemaas_infra.components.place import Place
from litemaas_infra.kube import objects
from litemaas_infra.providers.key_value import KeyValue
from litemaas_infra.providers.site import Site
from litemaas_infra.providers.virtual_key import VirtualKey
from litemaas_infra.specs.virtual_key import VirtualKeySpec


class Keys(pulumi.ComponentResource):
    """Every declared virtual key: its value, the gateway's leave, then the Secrets that hand it out.

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
        address: pulumi.Input[str] = "",
        people: People | None = None,
        kept: bool = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Keys", name, {}, opts)
        self._name, self._place, self._site = name, place, site
        self._address, self._people, self._kept = address, people, kept
        self.ready = [made for spec in keys for made in self._made(spec, after)]
        self.register_outputs({})

    def _made(self, spec: VirtualKeySpec, after: Sequence[pulumi.Resource]) -> Iterator[pulumi.Resource]:
        secret = names.KEY_SECRET.format(alias=spec.alias)
        value = KeyValue(
            f"{self._name}-{secret}-{names.KEY}",
            site=self._site,
            secret=secret,
            spec=spec,
            opts=self._place.served(self),
        )
        key = VirtualKey(
            f"{self._name}-{spec.alias}",
            site=self._site,
            spec=spec,
            value=value,
            owners=self._owners(spec),
            kept=self._kept,
            opts=self._place.served(self, *after),
        )
        # No Secret has a value before the gateway lets it in.
        yield key
        yield self._own(secret, value, key)
        if spec.secret_namespace:
            yield self._handed(secret, spec.secret_namespace, value, key)

    def _own(self, secret: str, value: KeyValue, key: VirtualKey) -> Secret:
        held = self._place.retained(self, key) if self._kept else self._place.lasting(self, key)
        values = {names.KEY: value.value}
        return _secret(f"{self._name}-{secret}", secret, self._site.namespace, values, held)

    def _handed(self, secret: str, namespace: str, value: KeyValue, key: VirtualKey) -> Secret:
        base_url = pulumi.Output.concat(self._address, "/v1")
        values = {names.KEY: value.value, names.BASE_URL: base_url}
        inside = self._place.inside(self, key)
        return _secret(f"{self._name}-{secret}-in-{namespace}", secret, namespace, values, inside)

    def _owners(self, spec: VirtualKeySpec) -> dict[str, pulumi.Input[str] | None]:
        """What the key says of others, by their ids where they are declared."""
        if self._people is None:
            return {}
        return {
            "team": self._people.teams.get(spec.team or ""),
            "budget": self._people.budgets.get(spec.budget or ""),
            "user_id": self._people.users.get(spec.user_id or "", spec.user_id),
        }


def _secret(
    name: str,
    secret: str,
    namespace: str,
    values: Mapping[str, pulumi.Input[str]],
    opts: pulumi.ResourceOptions,
) -> Secret:
    metadata = objects.metadata(secret, namespace, names.labels(secret, "credentials"))
    return Secret(name, metadata=metadata, string_data=values, opts=opts)
