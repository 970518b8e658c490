"""A resource as Pulumi keeps it: what goes to a provider, and comes back, crosses Pulumi's wire."""

from collections.abc import Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.rpc import deserialize_properties

from litemaas_infra.providers.base import Props
from litemaas_infra.providers.model import ModelProvider
from litemaas_infra.specs.fields import changed, fields_of
from litemaas_infra.specs.model import ModelSpec


def crossing(props: Mapping[str, Any]) -> Props:
    """The properties after Pulumi's wire: every number a float, what was None not there at all."""
    message = Struct()
    message.update(dict(props))
    crossed: Props = deserialize_properties(message)
    return crossed


class ManagedModel:
    """A declared model, and what Pulumi's state holds of it."""

    def __init__(self, site: Props, spec: ModelSpec, provider: ModelProvider | None = None) -> None:
        self.provider = provider or ModelProvider()
        self.site = site
        self.spec = spec
        self.id = ""
        self.state: Props = {}

    @property
    def inputs(self) -> Props:
        """What the program declares."""
        return crossing({**fields_of(self.spec), "site": self.site})

    @property
    def name(self) -> str:
        return self.spec.model_name

    def create(self) -> None:
        made = self.provider.create(self.inputs)
        self.id, self.state = str(made.id), crossing(made.outs or {})

    def change(self, **fields: Any) -> None:
        """Declare other values; None clears one."""
        given = {**fields_of(self.spec), **fields}
        self.spec = ModelSpec.model_validate(
            {k: v for k, v in given.items() if v is not None and k in ModelSpec.model_fields}
        )

    def update(self) -> None:
        made = self.provider.update(self.id, self.state, self.inputs)
        self.state = crossing(made.outs or {})

    def refresh(self) -> list[str] | None:
        """The names of what differs from what is declared; None when the model is gone."""
        found = self.provider.read(self.id, self.state)
        if not found.id:
            return None
        self.state = crossing(found.outs or {})
        different = changed(self.state, self.inputs)
        assert self.provider.diff(self.id, self.state, self.inputs).changes == bool(different)
        return different

    def delete(self) -> None:
        self.provider.delete(self.id, self.state)
