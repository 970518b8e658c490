"""Waiting for a rollout: it says what it waits for, and ends early with the pods' own reason."""

import time
from collections.abc import Callable
from typing import Final

from litemaas_infra.clients.cluster import Cluster, Object
from litemaas_infra.clients.rollout.trouble import Patience, Trouble
from litemaas_infra.clients.rollout.troubles import troubles
from litemaas_infra.clients.rollout.workload import Workload, find, unfinished
from litemaas_infra.errors import ClusterRefused, ClusterUnreachable, RolloutFailed

LIMIT: Final = 600.0
"""Seconds that a rollout may take: an image of a gigabyte may have to come from far away."""
_OUTAGE: Final = 30
"""Seconds that the Kubernetes API may be away."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 1.0
"""Seconds between two looks, growing from the first to the second."""
_SILENCE: Final = 30.0
"""Seconds after which the user is told what is waited for."""

Say = Callable[[str], None]


def wait(cluster: Cluster, workload: Workload, say: Say, seconds: float = LIMIT) -> Object:
    """The workload once its rollout is complete. Raises RolloutFailed, or NotInCluster if it is gone."""
    patience, told, begun, pause = Patience(), _Teller(say), time.monotonic(), _FIRST_PAUSE
    while True:
        found, missing, trouble = _look(cluster, workload)
        if found is not None and not missing:
            return found
        doing = "; ".join([f"{workload}: {missing}", *map(str, trouble[:1])])
        if final := patience.exhausted(trouble):
            raise RolloutFailed(_reasons(cluster, workload, final))
        if time.monotonic() - begun > seconds:
            raise RolloutFailed(
                f"not ready after {seconds:.0f} s: {doing}; if it only needs longer, run again, else see: "
                f"oc describe pods -n {workload.namespace}"
            )
        told.tell(doing)
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def _look(cluster: Cluster, workload: Workload) -> tuple[Object | None, str, list[Trouble]]:
    try:
        found = find(cluster, workload)
        missing = unfinished(found)
        return found, missing, troubles(cluster, found) if missing else []
    except (ClusterUnreachable, ClusterRefused) as error:
        return None, "it cannot be looked at", [Trouble("the cluster", str(error), _OUTAGE)]


def _reasons(cluster: Cluster, workload: Workload, final: list[Trouble]) -> str:
    causes = [f"{trouble}{trouble.log.last_lines(cluster) if trouble.log else ''}" for trouble in final]
    return "\n".join([f"{workload} cannot become ready; ", *causes]).replace("; \n", "; ", 1)


class _Teller:
    """Says what is waited for, when that is new and has lasted a while."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._last = ""
        self._next = time.monotonic() + _SILENCE

    def tell(self, doing: str) -> None:
        if doing != self._last and time.monotonic() > self._next:
            self._say(f"waiting: {doing}")
            self._last, self._next = doing, time.monotonic() + _SILENCE
