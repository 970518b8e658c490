"""The wait for CloudNativePG's operator, which makes what is declared of a server and its databases."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from litemaas_infra import names
from litemaas_infra.errors import DatabaseError, NotInCluster, RolloutFailed
from litemaas_infra.providers.base import say
from litemaas_infra.providers.session import Session

_PATIENCE: Final = 600.0
"""Seconds for the operator to make servers, roles and databases: images are pulled, disks are made."""
_NOTICE: Final = 60.0
"""Seconds for the operator to take notice of what is declared."""
_BETWEEN: Final = 30.0
"""Seconds from one word of how far it is to the next."""
_PAUSE: Final = 3.0


def awaited(there: Session, opened: Callable[[], None]) -> None:
    """Until the database can be opened; meanwhile says how far the operator is.

    Raises RolloutFailed where no operator takes notice, or it takes too long.
    """
    started = told = time.monotonic()
    while True:
        try:
            return opened()
        except (DatabaseError, NotInCluster) as error:
            why, waited = error, time.monotonic() - started
        phase = _phase(there)
        if waited > (_PATIENCE if phase else _NOTICE):
            raise RolloutFailed(_failure(there, phase, why)) from why
        if time.monotonic() - told > _BETWEEN:
            told = time.monotonic()
            say(f"CloudNativePG says of its cluster {names.POSTGRES}: {phase or 'nothing yet'}; {why}")
        time.sleep(_PAUSE)


def _phase(there: Session) -> str:
    """How far the operator is, in its own words; empty while it has none."""
    cluster = there.cluster().get(names.CNPG, f"clusters/{names.POSTGRES}", there.site.namespace)
    status: Mapping[str, Any] = (cluster or {}).get("status") or {}
    return str(status.get("phase") or "")


def _failure(there: Session, phase: str, why: Exception) -> str:
    where = f"cluster {names.POSTGRES} in namespace {there.site.namespace}"
    if not phase:
        return (
            f"no operator of CloudNativePG takes notice of {where}: it does not run, or does not watch this "
            "namespace. Install or mend it (https://cloudnative-pg.io/docs), and run `pulumi up` again"
        )
    return (
        f"after {_PATIENCE / 60:.0f} minutes, CloudNativePG says of {where}: {phase}; and {why}. See "
        f"`kubectl describe cluster.{names.CNPG.partition('/')[0]} -n {there.site.namespace} "
        f"{names.POSTGRES}`, and run `pulumi up` again"
    )
