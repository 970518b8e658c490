"""A virtual key of the gateway, whose value is kept in a Kubernetes Secret."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.errors import NotInCluster
from litemaas_infra.providers.base import UNSEEN, Props, Provider, changes, gone, unseen
from litemaas_infra.providers.session import session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.virtual_key import FIELDS, VirtualKeySpec, seen, token

_KEYS: Final = ("site", "secret", "kept", *FIELDS)


class VirtualKeyProvider(Provider):
    """Makes, reads, changes and deletes virtual keys. A key's id is its token, which opens nothing."""

    def create(self, props: Props) -> CreateResult:
        """Make the key of the Secret's value, or make the one that is there what is declared."""
        return CreateResult(_ensure(props), props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """What the gateway says of it; gone if it doesn't know it."""
        there = session(Site.of(props))
        try:
            if not there.exists():
                return gone()
            found = there.virtual_keys().find(id_)
        except UNSEEN as why:
            return unseen(id_, props, why)
        return ReadResult(id_, {**props, **seen(found)}) if found else gone()

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another Secret holds another key."""
        del id_
        return changes(olds, news, _KEYS, replaces=("secret",))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Make it what is declared now; its value and its spend stay."""
        del id_, olds
        _ensure(news)
        return UpdateResult(news)

    def delete(self, id_: str, props: Props) -> None:
        """Take the key from the gateway, or block it, where its spend is to be found again."""
        there = session(Site.of(props))
        try:
            keys = there.virtual_keys()
            keys.block(id_) if props["kept"] else keys.forget(id_)
        except NotInCluster:
            if there.exists():
                raise


def _ensure(props: Props) -> str:
    there = session(Site.of(props))
    value = there.secret(props["secret"], names.KEY)
    there.virtual_keys().ensure(value, VirtualKeySpec.of(props))
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
        kept: bool,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"site": site.props, "secret": secret, "kept": kept, **spec.fields}
        super().__init__(VirtualKeyProvider(), name, inputs, opts)
