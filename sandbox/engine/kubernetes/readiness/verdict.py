"""What is concluded from an object's status."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Ready; or not yet, and what is waited for; or failed for good, and why."""

    ready: bool
    reason: str = ""
    failed: bool = False


READY = Verdict(ready=True)


def waiting(reason: str) -> Verdict:
    """Not ready yet."""
    return Verdict(ready=False, reason=reason)


def failed(reason: str) -> Verdict:
    """Never going to be ready by itself."""
    return Verdict(ready=False, reason=reason, failed=True)


@dataclass(frozen=True)
class Log:
    """Where a container's last words stand."""

    namespace: str
    pod: str
    container: str
    previous: bool
    """Whether they are of the container's previous run: it is being started again."""


@dataclass(frozen=True)
class Trouble:
    """Something that keeps an object from becoming ready, and may or may not pass."""

    subject: str
    """What is in trouble, such as `container web of pod shop/web-1`."""

    cause: str
    """What the cluster says about it."""

    patience: float
    """Seconds it may last before it is taken for final."""

    log: Log | None = None
    """Where a container's last words tell more."""

    def __str__(self) -> str:
        return f"{self.subject}: {self.cause}"
