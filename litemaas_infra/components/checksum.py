"""What tells that secrets have changed, and nothing of what they are."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Final

CHECKSUM: Final = "checksum/database"
"""Annotation of a pod that reads once, as it starts, how its database is logged in to."""


def checksum(values: Mapping[str, str], salt: str) -> str:
    """A plain one would let whoever reads it try values until one fits."""
    return hmac.new(salt.encode(), json.dumps(values, sort_keys=True).encode(), hashlib.sha256).hexdigest()
