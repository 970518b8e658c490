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
