"""The models that LiteLLM has stored, read from its own database.

LiteLLM's API never tells an endpoint's key and mixes its table of prices into what it tells, so that drift
could not be seen there. Nothing is ever written here: that is LiteLLM's.
Source: litellm/proxy/common_utils/encrypt_decrypt_utils.py and schema.prisma, 1.74.7 to 1.109.1.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from typing import Any, Final, LiteralString

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from psycopg import sql
from psycopg.errors import UndefinedTable

from litemaas_infra.clients.postgres import Connection
from litemaas_infra.specs.deployment import Deployment

UNREADABLE: Final = "[encrypted under another salt key]"
"""Stands for a value that LiteLLM itself could not read either."""
_SELECT: Final[LiteralString] = (
    'SELECT model_id, model_name, litellm_params, model_info FROM "LiteLLM_ProxyModelTable"'
)
_GCM: Final = "v2:gcm:"
_NONCE: Final = 12
_COMMON: Final = str.maketrans("-_", "+/")


def every(connection: Connection, salt_key: str) -> dict[str, Deployment]:
    """Every stored deployment, by id; none where LiteLLM has not made its tables yet."""
    return {found.id: found for found in _ask(connection, salt_key, "")}


def of_name(connection: Connection, salt_key: str, model_name: str, ids: list[str]) -> list[Deployment]:
    """The stored deployments of that name, or of one of the ids."""
    return _ask(connection, salt_key, " WHERE model_name = %s OR model_id = ANY(%s)", model_name, ids)


def _ask(connection: Connection, salt_key: str, which: LiteralString, *values: object) -> list[Deployment]:
    try:
        rows = connection.execute(sql.SQL(_SELECT + which), values).fetchall()
    except UndefinedTable:
        return []
    opened = opener(salt_key)
    return [
        Deployment(
            row["model_id"],
            row["model_name"],
            {name: opened(value) for name, value in (row["litellm_params"] or {}).items()},
            row["model_info"] or {},
        )
        for row in rows
    ]


def opener(salt_key: str) -> Callable[[Any], Any]:
    """Decrypts a parameter's value; LiteLLM encrypts those that are text."""
    key = hashlib.sha256(salt_key.encode()).digest()
    box, gcm = SecretBox(key), AESGCM(key)

    def opened(value: Any) -> Any:
        if not isinstance(value, str) or not value:
            return value
        try:
            if value.startswith(_GCM):
                sealed = base64.urlsafe_b64decode(value.removeprefix(_GCM))
                return gcm.decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
            # 1.74 writes the common alphabet, later ones the one that is safe in a URL.
            return box.decrypt(base64.b64decode(value.translate(_COMMON))).decode()
        except (CryptoError, InvalidTag, binascii.Error, ValueError):
            return UNREADABLE

    return opened
