"""A virtual key's value: made once, found again when the state is lost, and made anew on request."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.providers.base import Props, changes
from litemaas_infra.providers.password import PasswordProvider, fresh
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.virtual_key import token

_KEYS: Final = ("site", "secret", "rotation")


class KeyValueProvider(PasswordProvider):
    """Makes a value where the cluster has none, and another one whenever another rotation is asked for."""

    def create(self, props: Props) -> CreateResult:
        """The value the cluster's Secret holds, or a new one."""
        made = super().create(props)
        return CreateResult(made.id, _outputs(made.outs or {}, []))

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another rotation, or another place."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Another value for another rotation; otherwise it stays what it is."""
        del id_
        if olds.get("rotation") == news.get("rotation"):
            return UpdateResult(_outputs({**news, "value": olds["value"]}, olds["before"]))
        value = fresh(news["prefix"])
        return UpdateResult(_outputs({**news, "value": value}, [*olds["before"], olds["token"]]))


def _outputs(props: Props, before: list[str]) -> Props:
    return {**props, "token": token(props["value"]), "before": before}


class KeyValue(Resource, module="litemaas", name="KeyValue"):
    """The value of the virtual key that is kept in the Kubernetes Secret `secret`.

    `token` is what the gateway knows it by, and `before` are the tokens of all values that it had.
    """

    value: pulumi.Output[str]
    token: pulumi.Output[str]
    before: pulumi.Output[list[str]]

    def __init__(
        self, name: str, *, site: Site, secret: str, rotation: str | None, opts: pulumi.ResourceOptions
    ) -> None:
        place = {"site": site.props, "secret": secret, "key": names.KEY}
        made = {"prefix": "sk-", "opens_data": False, "rotation": rotation}
        unknown = {"value": None, "token": None, "before": None}
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["value"])
        merged = pulumi.ResourceOptions.merge(opts, hidden)
        super().__init__(KeyValueProvider(), name, {**place, **made, **unknown}, merged)
