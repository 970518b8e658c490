"""LiteLLM's credentials: written by its admin API, and read from its database.

The API masks the values that it tells, and some versions answer 200 to what they refused. What is stored
says what is. Source: litellm/proxy/credential_endpoints/endpoints.py, 1.74.7 to 1.108.7.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final
from urllib.parse import quote

import httpx

from litemaas_infra.clients import stored_models
from litemaas_infra.clients.dialect import Dialect
from litemaas_infra.clients.postgres import Connection
from litemaas_infra.clients.stored_models import opener
from litemaas_infra.clients.wire import Wire
from litemaas_infra.errors import GatewayRefused
from litemaas_infra.specs.credential import FIELD, Credential, CredentialSpec

_SELECT: Final = (
    "SELECT credential_name, credential_values, credential_info "
    'FROM "LiteLLM_CredentialsTable" WHERE credential_name = %s'
)


class Credentials:
    """The credentials of a gateway, each known by its name."""

    def __init__(
        self,
        wire: Wire,
        dialect: Dialect,
        stored: Callable[[], AbstractContextManager[Connection]],
        salt_key: str,
    ) -> None:
        self._wire, self._dialect, self._stored, self._salt_key = wire, dialect, stored, salt_key

    def find(self, name: str) -> Credential | None:
        """What is stored of it; None where there is none."""
        with self._stored() as connection:
            row = connection.execute(_SELECT, (name,)).fetchone()
        if row is None:
            return None
        opened = opener(self._salt_key)
        values = {key: opened(value) for key, value in (row["credential_values"] or {}).items()}
        return Credential(name, values, row["credential_info"] or {})

    def users(self, name: str) -> list[str]:
        """The model_names of the stored models that name it."""
        with self._stored() as connection:
            models = stored_models.every(connection, self._salt_key).values()
        return sorted({model.model_name for model in models if model.params.get(FIELD) == name})

    def make(self, spec: CredentialSpec) -> None:
        """Make it, or go on where an earlier try was broken off.

        Raises GatewayRefused when there is one that was made elsewhere, unless it is to be adopted.
        """
        there = self.find(spec.name)
        if there and not there.is_as(spec) and not spec.adopt:
            raise GatewayRefused(
                f"the gateway has a credential {spec.name!r} already, with other "
                f"{', '.join(there.differing(spec)) or 'info'}; set its `adopt` to true, which changes it "
                "for every model that names it, or give this one another name"
            )
        self.ensure(spec)

    def ensure(self, spec: CredentialSpec) -> None:
        """Make it what is declared, and wait until the gateway uses it so. Safe to repeat."""
        there = self.find(spec.name)
        if there and there.keeps_more(spec):
            self.forget(spec.name)
            there = None
        if there is None:
            self._write("POST", "/credentials", spec, self._dialect.credential_made)
        elif not there.is_as(spec):
            self._write("PATCH", _path(spec.name), spec, self._dialect.credential_changed)

    def forget(self, name: str) -> None:
        """Delete it; no error if there is none."""
        response = self._wire.send("DELETE", _path(name))
        if response.status_code != httpx.codes.NOT_FOUND and self.find(name) is not None:
            raise GatewayRefused(
                f"the gateway did not delete credential {name!r}: {self._wire.message(response)}"
            )

    def _write(self, method: str, path: str, spec: CredentialSpec, used_after: float) -> None:
        response = self._wire.send(method, path, self._body(spec))
        stored = self.find(spec.name)
        if stored is None or not stored.is_as(spec):
            self._wire.accepted(response)
            raise GatewayRefused(
                f"the gateway did not keep credential {spec.name!r}: {self._wire.message(response)}"
            )
        time.sleep(used_after)

    def _body(self, spec: CredentialSpec) -> dict[str, Any]:
        for value in spec.plain.values():
            self._wire.keep_secret(value)
        return {
            "credential_name": spec.name,
            "credential_values": spec.plain,
            "credential_info": spec.info,
        }


def _path(name: str) -> str:
    return f"/credentials/{quote(name, safe='')}"
