"""Where the sandbox keeps things: what is built outlives `down`, what runs does not."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
"""The working copy this sandbox belongs to."""

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "litemaas-sandbox"
"""Everything built, keyed by its inputs; kept until the user removes it."""

RUN = Path("/var/lib/litemaas-sandbox")
"""Everything of the running sandbox, Pulumi's state included; `down` removes it."""
