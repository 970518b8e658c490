"""LiteLLM's admin API, as far as virtual keys go."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import httpx

from litemaas_infra.clients.entities import DELETED, Entities, Info
from litemaas_infra.clients.key_list import listed
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.entity import Entity
from litemaas_infra.specs.virtual_key import VirtualKeySpec, retired, token

_DASHBOARD: Final = "litellm-dashboard"
"""The team of keys that the admin UI logs in with."""
_UNDELETABLE: Final = "DeletedVerificationToken"
"""Part of what 1.81.16 answers to every deletion: it has no place for what it would note of the key."""
_TAKEN: Final = "already exists"
"""Part of what LiteLLM answers to a second key of one alias."""


class VirtualKeys(Entities):
    """The virtual keys of a gateway, each known by its token."""

    KIND, KEY, MAKE, INFO, REMOVED = "key", "key", "generate", "info", "keys"

    def find(self, id_: str) -> Info | None:
        """What LiteLLM says of the key; None where there is none. Raises GatewayError."""
        info = super().find(id_)
        # Newer versions go on telling of a deleted key.
        return None if info and (info.get("status") == "deleted" or info.get("deleted_at")) else info

    def every(self) -> list[Info]:
        """What LiteLLM says of every key, but of those that the admin UI makes for its own logins."""
        return [key for key in listed(self._wire) if key.get("team_id") != _DASHBOARD]

    def give(self, value: str, spec: VirtualKeySpec, before: Iterable[str] = ()) -> None:
        """Make the key of that value, or make it what is declared; those of the tokens before it give way.

        They end after its overlap, and what was spent with the last of them counts for it. Safe to repeat,
        wherever it was broken off. Raises GatewayRefused when another key has its alias.
        """
        self._wire.keep_secret(value)
        spent = 0.0
        for known in before:
            if found := self.find(known):
                spent = float(found["spend"] or 0)
                self._retire(known, found, spec)
        # Known by its token: LiteLLM would otherwise keep the value in its logs.
        self.ensure(token(value), spec, {self.KEY: value, "spend": spent})

    def _retire(self, known: str, found: Info, spec: VirtualKeySpec) -> None:
        """Let a key end after the overlap, and delete it when that is over."""
        alias = retired(spec.alias, known)
        if found["key_alias"] != alias:
            self.change(known, {"key_alias": alias, "duration": spec.ending})
        elif found["expires"] and datetime.fromisoformat(found["expires"]) < datetime.now(UTC):
            self.forget(known)

    def forget(self, id_: str) -> None:
        """Delete the key; no error if there is none. One that cannot be deleted opens nothing from then on.

        Its alias is free in either case.
        """
        response = self._wire.send("POST", "/key/delete", self._removal(id_))
        if response.is_error and _UNDELETABLE in response.text:
            self.change(id_, {"blocked": True, "key_alias": f"{DELETED}{id_[:12]}"})
        elif response.status_code != httpx.codes.NOT_FOUND:
            self._wire.accepted(response)

    def block(self, key_token: str) -> None:
        """Have the key open nothing, and keep what was spent with it; no error if there is none."""
        if self.find(key_token) is not None:
            self.change(key_token, {"blocked": True})

    def _refused(self, response: httpx.Response, spec: Entity) -> None:
        if response.is_error and _TAKEN in response.text:
            raise GatewayRefused(
                f"the gateway has another virtual key of alias {spec.called!r}, whose value this stack does "
                "not have; delete it in the admin UI under Virtual Keys, or give it another alias there"
            )
        super()._refused(response, spec)
