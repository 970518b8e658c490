"""A virtual key of the gateway; another value makes it another key, which the one before gives way to."""

from collections.abc import Mapping
from typing import ClassVar, Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra.clients.entities import Entities
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.providers.base import Props, changes
from litemaas_infra.providers.entity import EntityProvider
from litemaas_infra.providers.key_value import KeyValue
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.virtual_key import VirtualKeySpec, retired, token

_KEYS: Final = ("site", "token", "kept", *VirtualKeySpec.NAMES)


class VirtualKeyProvider(EntityProvider):
    """Makes, reads, changes and deletes virtual keys. A key's id is its token, which opens nothing."""

    SPEC: ClassVar = VirtualKeySpec
    CLIENT: ClassVar = VirtualKeys

    def create(self, props: Props) -> CreateResult:
        """Make the key of the value, or make the one that is there what is declared."""
        return CreateResult(_ensure(props), props)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another value is another key, and the one before is there until it is made."""
        del id_
        found = changes(olds, news, _KEYS, replaces=("token",))
        return DiffResult(found.changes, found.replaces, found.stables, delete_before_replace=False)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make it what is declared now; its value and its spend stay."""
        del id_, olds
        _ensure(news)
        return UpdateResult(news)

    def _forget(self, entities: Entities, id_: str, props: Props) -> None:
        """Take the key from the gateway, or block it, where its spend is to be found again.

        One that gave way to another ends by itself, at the end of the overlap.
        """
        found = entities.find(id_)
        if found is None or found["key_alias"] == retired(props["alias"], id_):
            return
        for known in props.get("before") or ():
            entities.forget(known)
        if props["kept"]:
            session(Site.of(props)).entities(VirtualKeys).block(id_)
        else:
            entities.forget(id_)


def _ensure(props: Props) -> str:
    keys, spec = session(Site.of(props)).entities(VirtualKeys), VirtualKeySpec.of(props)
    keys.give(props["value"], spec, props.get("before") or ())
    return token(props["value"])


class VirtualKey(Resource, module="litemaas", name="VirtualKey"):
    """The virtual key of that value; with `kept` it ends blocked."""

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        spec: VirtualKeySpec,
        value: KeyValue,
        owners: Mapping[str, pulumi.Input[str] | None],
        kept: bool,
        opts: pulumi.ResourceOptions,
    ) -> None:
        whose = {"value": value.value, "token": value.token, "before": value.before, "kept": kept}
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["value"])
        merged = pulumi.ResourceOptions.merge(opts, hidden)
        inputs = {"site": site.props, **spec.fields, **owners, **whose}
        super().__init__(VirtualKeyProvider(), name, inputs, merged)
