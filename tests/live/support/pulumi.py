"""A resource as Pulumi keeps it: what goes to a provider, and comes back, crosses Pulumi's wire."""

from collections.abc import Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.rpc import deserialize_properties

from litemaas_infra.providers import session, snapshot
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.model import ID, ModelProvider
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.fields import changed, fields_of
from litemaas_infra.specs.model import ModelSpec


def crossing(props: Mapping[str, Any]) -> Props:
    """The properties after Pulumi's wire: every number a float, what was None not there at all."""
    message = Struct()
    message.update(dict(props))
    crossed: Props = deserialize_properties(message)
    return crossed


def new_process(site: Props) -> None:
    """Every command of Pulumi has a provider's process of its own, which knows nothing of the one before."""
    session.close_all()
    snapshot.outdated(Site(**site))


class ManagedModel:
    """A declared model, and what Pulumi's state holds of it.

    Each step is a process of its own, unless this one is `shared` with what others do at the same time.
    """

    def __init__(
        self, site: Props, spec: ModelSpec, provider: ModelProvider | None = None, *, shared: bool = False
    ) -> None:
        self.shared = shared
        self.provider = provider or ModelProvider()
        self.site = site
        self.spec = spec
        self.id = ""
        self.state: Props = {}

    def _begin(self) -> None:
        if self.shared:
            snapshot.outdated(Site(**self.site))
        else:
            new_process(self.site)

    @property
    def inputs(self) -> Props:
        """What the program declares."""
        return crossing({**fields_of(self.spec), "site": self.site})

    @property
    def name(self) -> str:
        return self.spec.model_name

    def at(self, site: Props) -> "ManagedModel":
        """The same model in a program, and a state, that have another site."""
        moved = ManagedModel(site, self.spec, shared=self.shared)
        moved.remember(self.id, self.state)
        return moved

    def remember(self, id_: str, state: Props) -> None:
        """Keep what a provider gave that reached the services by other addresses."""
        self.id, self.state = id_, {**state, "site": crossing(self.site)} if state else {}

    def create(self) -> None:
        self._begin()
        made = self.provider.create(self.inputs)
        self.id, self.state = str(made.id), crossing(made.outs or {})

    def change(self, **fields: Any) -> None:
        """Declare other values; None clears one."""
        given = {**fields_of(self.spec), **fields}
        self.spec = ModelSpec.model_validate(
            {k: v for k, v in given.items() if v is not None and k in ModelSpec.model_fields}
        )

    def update(self) -> None:
        self._begin()
        made = self.provider.update(self.id, self.state, self.inputs)
        self.state = crossing(made.outs or {})

    def refresh(self) -> list[str] | None:
        """The names of what differs from what is declared; None when the model is gone."""
        self._begin()
        found = self.provider.read(self.id, self.state)
        if not found.id:
            return None
        self.state = crossing(found.outs or {})
        different = changed(self.state, self.inputs)
        if self.state[ID] != self.id:
            different.append(ID)
        assert self.differs() == bool(different)
        return different

    def differs(self) -> bool:
        """Whether the next `up` changes it."""
        return bool(self.provider.diff(self.id, self.state, self.inputs).changes)

    def delete(self) -> None:
        self._begin()
        self.provider.delete(self.id, self.state)
