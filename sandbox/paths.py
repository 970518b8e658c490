"""Where the sandbox keeps things: what is built outlives `down`, what runs does not."""

import os
import re
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
"""The working copy this sandbox belongs to."""

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "litemaas-sandbox"
"""Everything built, keyed by its inputs; kept until the user removes it."""

VARIABLE = "LITEMAAS_SANDBOX"
"""Names one of several sandboxes on a machine; not set, it is the one without a name."""


def _name() -> str:
    """Part of the names of folders that `down` removes: nothing may hide in it."""
    chosen = os.environ.get(VARIABLE, "")
    if not re.fullmatch("[a-z0-9]{0,16}", chosen):
        sys.exit(f"sandbox: {VARIABLE}={chosen!r}: up to 16 small letters and digits, for instance second")
    return f"litemaas-sandbox-{chosen}" if chosen else "litemaas-sandbox"


NAME = _name()
"""Of the sandbox that every command is about."""

RUN = Path("/var/lib") / NAME
"""Everything of the running sandbox, Pulumi's state included; `down` removes it."""
