"""LiteLLM's admin API, as far as keys, teams, users and budgets go, which it keeps alike."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

import httpx

from litemaas_infra.clients.key_list import listed
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.entity import Entity

Info = Mapping[str, Any]
DELETED: Final = "deleted-"
"""What the alias of a key begins with that a version of LiteLLM could not delete."""


class Entities:
    """The entities of one kind that a gateway has, each known by its id."""

    KIND: ClassVar[str]
    """What LiteLLM calls the kind."""
    KEY: ClassVar[str]
    """What it calls the id, asking for it and in a key that refers to it."""
    MAKE: ClassVar = "new"
    INFO: ClassVar[str]
    """Where its answer tells of the entity."""
    REMOVED: ClassVar[str]
    """What it calls the ids that it is to delete."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def find(self, id_: str) -> Info | None:
        """What LiteLLM says of it; None where there is none. Raises GatewayError."""
        response = self._wire.send("GET", f"/{self.KIND}/info?{urlencode({self.KEY: id_})}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        info: Info = self._wire.accepted(response).json()[self.INFO]
        return info

    def identity(self, spec: Entity) -> str:
        """The id of the one that is, or becomes, the declared one."""
        return spec.called

    def make(self, spec: Entity, *, adopt: bool) -> str:
        """Make it, or go on where an earlier try was broken off; its id.

        Raises GatewayRefused when there is one that was made elsewhere, unless it is to be adopted.
        """
        id_ = self.identity(spec)
        there = self.find(id_)
        different = spec.differing(there) if there else []
        if different and not adopt:
            raise GatewayRefused(
                f"the gateway has a {self.KIND} {spec.called!r} already, with other {', '.join(different)}; "
                "set its `adopt` to true, which keeps its keys and spend, or give this one another name"
            )
        self.ensure(id_, spec)
        return id_

    def ensure(self, id_: str, spec: Entity, identity: Info | None = None) -> None:
        """Make it what is declared, if need be anew, as the identity then. Safe to repeat."""
        there = self.find(id_) or self._made(id_, spec, identity or self._identity(id_))
        if there and (changes := spec.changes(there)):
            self.change(id_, changes)
            self._kept(id_, spec)

    def forget(self, id_: str) -> None:
        """Delete it; no error if there is none."""
        response = self._wire.send("POST", f"/{self.KIND}/delete", self._removal(id_))
        if response.status_code != httpx.codes.NOT_FOUND:
            self._wire.accepted(response)

    def keys(self, id_: str) -> Iterator[str]:
        """The aliases, or else the hashes, of the keys that refer to it."""
        keys = listed(self._wire, **{self.KEY: id_})
        yield from (key["key_alias"] or key["token"] for key in keys if self._refers(key, id_))

    def change(self, id_: str, changes: Info) -> None:
        """Tell LiteLLM what of it is other, under its names."""
        self._wire.accepted(self._wire.send("POST", f"/{self.KIND}/update", {self.KEY: id_, **changes}))

    def _refers(self, key: Info, id_: str) -> bool:
        """Whether a key that opens anything refers to it; where the list doesn't tell, the key is asked."""
        if (key["key_alias"] or "").startswith(DELETED):
            return False
        if self.KEY not in key:
            response = self._wire.send("GET", f"/key/info?{urlencode({'key': key['token']})}")
            key = self._wire.accepted(response).json()["info"]
        return bool(key[self.KEY] == id_)

    def _kept(self, id_: str, spec: Entity) -> None:
        """Raise GatewayRefused where a change was accepted and not made, as some versions do to a null."""
        there = self.find(id_)
        if there and (lasting := spec.differing(there)):
            raise GatewayRefused(
                f"this version of LiteLLM keeps {', '.join(lasting)} of {self.KIND} {spec.called!r} as it "
                "is, once it was told; give it a value again, or deploy a newer one: "
                "pulumi config rm litemaas:litellmVersion"
            )

    def _identity(self, id_: str) -> Info:
        """What LiteLLM is told for the one it makes to be this one."""
        return {self.KEY: id_}

    def _removal(self, id_: str) -> dict[str, Any]:
        """What LiteLLM is told for this one to be deleted."""
        return {self.REMOVED: [id_]}

    def _made(self, id_: str, spec: Entity, identity: Info) -> Info | None:
        """Make it; what there is of it if that is refused, for an earlier try's answer may have been lost."""
        said = {name: wish for name, wish in spec.told.items() if wish is not None}
        response = self._wire.send("POST", f"/{self.KIND}/{self.MAKE}", {**said, **identity})
        there = self.find(id_) if response.is_error else None
        if there is None:
            self._refused(response, spec)
        return there

    def _refused(self, response: httpx.Response, spec: Entity) -> None:
        """Raise an error of ours if the response is one."""
        del spec
        self._wire.accepted(response)
