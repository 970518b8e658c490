"""A virtual key's value: made once, found again when the state is lost, and made anew on request."""

from typing import Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, UpdateResult

from litemaas_infra import names
from litemaas_infra.providers.base import Props, changes
from litemaas_infra.providers.password import PasswordProvider
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.secret import fresh
from litemaas_infra.specs.virtual_key import VirtualKeySpec, token

_KEYS: Final = ("site", "secret", "rotation", "given")


class KeyValueProvider(PasswordProvider):
    """Makes a value where the cluster has none, and another one whenever another rotation is asked for."""

    def create(self, props: Props) -> CreateResult:
        """The value that is given, or that the cluster's Secret holds, or a new one."""
        made = super().create(props)
        outs = made.outs or {}
        return CreateResult(made.id, _outputs({**outs, "value": props.get("given") or outs["value"]}, []))

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """Another rotation, or another place."""
        del id_
        return changes(olds, news, _KEYS)

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Another value for another rotation, or the one that is given; otherwise it stays what it is."""
        del id_
        value = olds["value"] if olds.get("rotation") == news.get("rotation") else fresh(news["prefix"])
        if olds.get("given") != news.get("given"):
            value = news.get("given") or value
        before = [*olds["before"], olds["token"]] if value != olds["value"] else olds["before"]
        return UpdateResult(_outputs({**news, "value": value}, before))


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
        self, name: str, *, site: Site, secret: str, spec: VirtualKeySpec, opts: pulumi.ResourceOptions
    ) -> None:
        place = {"site": site.props, "secret": secret, "key": names.KEY}
        given = pulumi.Output.secret(spec.value.get_secret_value()) if spec.value else None
        made = {"prefix": "sk-", "opens_data": False, "rotation": spec.rotation, "given": given}
        unknown = {"value": None, "token": None, "before": None}
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["value", "given"])
        merged = pulumi.ResourceOptions.merge(opts, hidden)
        super().__init__(KeyValueProvider(), name, {**place, **made, **unknown}, merged)
