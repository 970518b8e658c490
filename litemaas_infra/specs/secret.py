"""Values that open something, made by us."""

import secrets
from typing import Final

_BYTES: Final = 32


def fresh(prefix: str) -> str:
    """A value that nobody can guess, safe in a URL."""
    return prefix + secrets.token_urlsafe(_BYTES)
