"""Variables of the gateway's pod, which LiteLLM takes for a value where it says os.environ/NAME."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from litemaas_infra import names

MIGRATING: Final[Mapping[str, str]] = {
    # The table of prices comes with the image; fetching a newer one would need a way out at every start.
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    # On a read-only image, the one place where it may unpack the migrations it applies.
    "LITELLM_MIGRATION_DIR": "/tmp/migrations",  # noqa: S108
    # 1.74 would make the tables alike without asking, and drop what it does not know.
    "USE_PRISMA_MIGRATE": "True",
    # Versions before 1.104 start otherwise, whatever became of it.
    "ENFORCE_PRISMA_MIGRATION_CHECK": "True",
}
"""What whoever may make the gateway's tables is told."""
# A replica still asks whether there is something to migrate, which a Job has done before. Told not to
# (DISABLE_SCHEMA_UPDATE), LiteLLM compares the tables instead, with the password among a command's arguments.
PLAIN: Final[Mapping[str, str]] = {**MIGRATING, "STORE_MODEL_IN_DB": "True", "LITELLM_MODE": "PRODUCTION"}
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
