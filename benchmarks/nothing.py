"""A dynamic resource that does nothing: all the time it takes is Pulumi's own."""

from typing import Any, Final

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, ResourceProvider, UpdateResult

Props = dict[str, Any]


class NothingProvider(ResourceProvider):
    """Says yes to everything."""

    serialize_as_secret_always = False

    def create(self, props: Props) -> CreateResult:
        """Made."""
        return CreateResult(props["model_name"], props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """As it was."""
        return ReadResult(id_, props)

    def diff(self, id_: str, olds: Props, news: Props) -> DiffResult:
        """What differs of the one field that changes."""
        del id_
        return DiffResult(changes=olds["rpm"] != news["rpm"])

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """Changed."""
        del id_, olds
        return UpdateResult(news)


DEFAULTS: Final = {
    "adopt": False,
    "availability": "available",
    "category": "general",
    "discover": False,
    "force_delete": False,
    "model_info": {},
    "params": {},
    "prove": False,
    "provider": "openshift-ai",
    "restricted_access": False,
    "secret_params": {},
    "site": {"backend": False, "namespace": "litemaas", "verify_tls": True},
    "supports_streaming": True,
}
"""What a model has besides the fields it is given."""


class Nothing(Resource, module="benchmarks", name="Nothing"):
    """A resource with the inputs of a model, its key a secret."""

    def __init__(self, name: str, fields: Props) -> None:
        secret = pulumi.Output.secret(fields["api_key"])
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["api_key"])
        super().__init__(NothingProvider(), name, {**DEFAULTS, **fields, "api_key": secret}, hidden)
