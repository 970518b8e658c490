"""What keeps a workload from becoming ready, and how long it may last before it counts as final."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from litemaas_infra.clients.cluster import Cluster


@dataclass(frozen=True)
class Log:
    """Where a container's last words stand; those of its `previous` run if it is being started again."""

    namespace: str
    pod: str
    container: str
    previous: bool

    def last_lines(self, cluster: Cluster) -> str:
        """The end of the log, to be put under a message; empty if there is none."""
        log = cluster.log(self.namespace, self.pod, self.container, previous=self.previous, lines=10)
        return f"\nits last lines:\n{log.rstrip()}" if log.strip() else ""


@dataclass(frozen=True)
class Trouble:
    """Something that may or may not pass."""

    subject: str
    """What is in trouble: `pod litellm-1`."""
    cause: str
    """What the cluster says about it, and what may mend it."""
    patience: float
    """Seconds it may last."""
    log: Log | None = None

    def __str__(self) -> str:
        return f"{self.subject}: {self.cause}"


class Patience:
    """Remembers since when each trouble lasts, to tell those that stay from those that pass."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[tuple[str, float], float] = {}

    def exhausted(self, found: list[Trouble]) -> list[Trouble]:
        """Those of the troubles found now that have lasted longer than they may."""
        now = self._clock()
        # By subject and patience, not by words: an image's errors alternate between two of them.
        self._since = {key: self._since.get(key, now) for key in map(_key, found)}
        return [trouble for trouble in found if now - self._since[_key(trouble)] >= trouble.patience]


def _key(trouble: Trouble) -> tuple[str, float]:
    return trouble.subject, trouble.patience
