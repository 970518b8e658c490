"""LiteLLM's admin API, as far as virtual keys go."""

from collections.abc import Mapping
from typing import Any, Final

import httpx

from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.virtual_key import VirtualKeySpec, seen, token

_TAKEN: Final = "already exists"
"""Part of what LiteLLM answers to a second key of one alias."""


class VirtualKeys:
    """The virtual keys of a gateway, each known by its token."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def find(self, key_token: str) -> Mapping[str, Any] | None:
        """What LiteLLM says of the key; None where there is none. Raises GatewayError."""
        response = self._wire.send("GET", f"/key/info?key={key_token}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        info: Mapping[str, Any] = self._wire.accepted(response).json()["info"]
        # Newer versions go on telling of a deleted key.
        return None if info.get("status") == "deleted" or info.get("deleted_at") else info

    def ensure(self, value: str, spec: VirtualKeySpec) -> None:
        """Make the key of that value, or make it what is declared. Safe to repeat.

        Raises GatewayRefused when another key has its alias.
        """
        self._wire.keep_secret(value)
        there = self.find(token(value))
        if there is None:
            self._make(value, spec)
        elif changes := _changes(seen(there), spec):
            self._update(token(value), changes)

    def block(self, key_token: str) -> None:
        """Have the key open nothing, and keep what was spent with it; no error if there is none."""
        if self.find(key_token) is not None:
            self._update(key_token, {"blocked": True})

    def forget(self, key_token: str) -> None:
        """Delete the key; no error if there is none."""
        response = self._wire.send("POST", "/key/delete", {"keys": [key_token]})
        if response.status_code != httpx.codes.NOT_FOUND:
            self._wire.accepted(response)

    def _update(self, key_token: str, changes: Mapping[str, Any]) -> None:
        # Asked for by its token: LiteLLM would otherwise keep the value in its logs.
        self._wire.accepted(self._wire.send("POST", "/key/update", {"key": key_token, **changes}))

    def _make(self, value: str, spec: VirtualKeySpec) -> None:
        said = {name: wish for name, wish in spec.told.items() if wish is not None}
        response = self._wire.send("POST", "/key/generate", {"key": value, **said})
        if response.is_error and _TAKEN in response.text:
            raise GatewayRefused(
                f"the gateway has another virtual key of alias {spec.alias!r}, whose value this stack does "
                "not have; delete it in the admin UI under Virtual Keys, or give it another alias there"
            )
        self._wire.accepted(response)


def _changes(found: Mapping[str, Any], spec: VirtualKeySpec) -> dict[str, Any]:
    """What LiteLLM must be told for the key to be the declared one."""
    wishes = zip(spec.fields.items(), spec.told.items(), strict=True)
    return {called: wish for (name, wish), (called, _) in wishes if found[name] != wish}
