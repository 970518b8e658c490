"""Everything there is at a site, looked at once for all models that are read at about the same time."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from litemaas_infra.clients import models_table, stored_models
from litemaas_infra.clients.wire import PATIENCE
from litemaas_infra.providers.session import Session, session
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.deployment import Deployment

FRESH: Final = 10.0
"""Seconds for which a look counts as now, unless this process has written since."""


@dataclass(frozen=True)
class Snapshot:
    """What was there: deployments stored and served, by id, and rows by model_name."""

    stored: Mapping[str, Deployment]
    served: frozenset[str]
    rows: Mapping[str, Mapping[str, Any]]
    taken: float = field(default_factory=time.monotonic)


_looks: Final[dict[Site, Snapshot | None]] = {}
_lock: Final = threading.Lock()


def snapshot(site: Site) -> Snapshot | None:
    """What is at the site; None if its namespace is not. Whoever asks meanwhile waits for the same look.

    Raises our errors: a failed look is never an empty one.
    """
    with _lock:
        last = _looks.get(site)
        if last is None or time.monotonic() - last.taken > FRESH:
            _looks[site] = last = _look(session(site))
        return last


def outdated(site: Site) -> None:
    """Say that the site was written to."""
    with _lock:
        _looks.pop(site, None)


def _look(there: Session) -> Snapshot | None:
    if not there.exists():
        return None
    with there.rows() as connection:
        rows = models_table.every(connection)
    with there.models() as connection:
        stored = stored_models.every(connection, there.salt_key())
    ours = {id_ for id_, deployment in stored.items() if deployment.ours}
    return Snapshot(stored, there.gateway().comes_to_serve(ours, PATIENCE), rows)
