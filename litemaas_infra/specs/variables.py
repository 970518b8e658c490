"""Variables of the gateway's pod, which LiteLLM takes for a value where it says os.environ/NAME."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from litemaas_infra import names

PLAIN: Final[Mapping[str, str]] = {
    "STORE_MODEL_IN_DB": "True",
    "LITELLM_MODE": "PRODUCTION",
    # The table of prices comes with the image; fetching a newer one would need a way out at every start.
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    # A Job has done it, once for all replicas.
    "DISABLE_SCHEMA_UPDATE": "True",
}
"""What this stack sets for everyone to see."""
OF_SECRET: Final = (
    names.MASTER_KEY,
    names.SALT_KEY,
    names.UI_USERNAME,
    names.UI_PASSWORD,
    names.DATABASE_URL,
)
"""What it sets out of the gateway's Secret, under the same names."""
SHUTDOWN: Final = "GRACEFUL_SHUTDOWN_TIMEOUT"
"""Seconds that a replica which is to end may take for its last answers."""
OWN: Final = frozenset((*PLAIN, *OF_SECRET, SHUTDOWN))
"""What nobody else may set."""

_NAMED: Final = re.compile(r"os\.environ/(\w+)")
"""Not only at the beginning: some of LiteLLM's settings take `Bearer os.environ/NAME`."""


def named(value: Any) -> Iterator[str]:
    """The variables that a value names, at any depth."""
    if isinstance(value, str):
        yield from _NAMED.findall(value)
    elif isinstance(value, (Mapping, list, tuple)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from named(part)
