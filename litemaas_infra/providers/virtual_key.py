"""A virtual key of the gateway, whose value is kept in a Kubernetes Secret."""

from collections.abc import Mapping
from typing import ClassVar, Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.clients.entities import Entities
from litemaas_infra.clients.virtual_keys import VirtualKeys
from litemaas_infra.providers.base import Props, changes
from litemaas_infra.providers.entity import EntityProvider
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token

_KEYS: Final = ("site", "secret", "kept", *VirtualKeySpec.model_fields)


class VirtualKeyProvider(EntityProvider):
    """Makes, reads, changes and deletes virtual keys. A key's id is its token, which opens nothing."""

    SPEC: ClassVar = VirtualKeySpec
    CLIENT: ClassVar = VirtualKeys

    def create(self, props: Props) -> CreateResult:
        """Make the key of the Secret's value, or make the one that is there what is declared."""
        return CreateResult(_ensure(props), props)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another Secret holds another key."""
        del id_
        return changes(olds, news, _KEYS, replaces=("secret",))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make it what is declared now; its value and its spend stay."""
        del id_, olds
        _ensure(news)
        return UpdateResult(news)

    def _forget(self, entities: Entities, id_: str, props: Props) -> None:
        """Take the key from the gateway, or block it, where its spend is to be found again."""
        if props["kept"]:
            session(Site.of(props)).entities(VirtualKeys).block(id_)
        else:
            entities.forget(id_)


def _ensure(props: Props) -> str:
    there = session(Site.of(props))
    value = there.secret(props["secret"], names.KEY)
    there.entities(VirtualKeys).give(value, VirtualKeySpec.of(props))
    return token(value)


class VirtualKey(Resource, module="litemaas", name="VirtualKey"):
    """The virtual key whose value is in the Kubernetes Secret `secret`; with `kept` it ends blocked."""

    def __init__(
        self,
        name: str,
        *,
        site: Site,
        spec: VirtualKeySpec,
        secret: str,
        owners: Mapping[str, pulumi.Input[str] | None],
        kept: bool,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"site": site.props, "secret": secret, "kept": kept, **spec.fields, **owners}
        super().__init__(VirtualKeyProvider(), name, inputs, opts)
