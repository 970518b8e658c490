"""Waiting for an object to become ready or to be gone: it says what it waits for, and gives up in time."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.engine.kubernetes.api import Cluster
from sandbox.engine.kubernetes.errors import ProviderError
from sandbox.engine.kubernetes.objects import Object, annotation, metadata
from sandbox.engine.kubernetes.readiness.judge import judge
from sandbox.engine.kubernetes.readiness.look import LiveLook
from sandbox.engine.kubernetes.readiness.workloads import condition

LIMIT = 600.0
"""Seconds to wait if nothing else is asked, as the real provider does."""

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 1.0
"""Seconds between two looks, growing from the first to the second."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """The object as last seen, and why it is not as wanted: no reasons if it is."""

    live: Object
    reasons: tuple[str, ...] = ()


def limit(inputs: Object, asked: float) -> float:
    """Seconds to wait: `asked` by the resource's options, else by its annotation, else the usual."""
    written = annotation(inputs, "timeoutSeconds")
    return asked or (float(written) if written.isdecimal() else 0) or LIMIT


class Waiting:
    """Waits for one resource's object; ends early when `stopping` is set."""

    def __init__(self, cluster: Cluster, stopping: threading.Event, say: Say) -> None:
        self._cluster = cluster
        self._look = LiveLook(cluster)
        self._stopping = stopping
        self._say = say
        self._said = ""
        self._seen: Object = {}

    def until_ready(self, applied: Object, inputs: Object, seconds: float) -> Outcome:
        """Wait until the object is ready, cannot become so, or the time is up."""
        self._seen = applied
        try:
            reasons = self._wait(inputs, seconds)
        except ProviderError as error:  # it was applied, so Pulumi has to keep it, whatever came then
            reasons = (f"it cannot be watched any longer: {error}",)
        self._tell("")
        return Outcome(self._seen, reasons)

    def _wait(self, inputs: Object, seconds: float) -> tuple[str, ...]:
        end, pause = time.monotonic() + seconds, FIRST_PAUSE
        while not (verdict := judge(self._seen, inputs, self._look)).ready:
            if verdict.failed:
                return (verdict.reason,)
            self._tell(f"waiting: {verdict.reason}")
            if self._stopping.wait(pause) or time.monotonic() > end:
                return (self._gave_up(verdict.reason, seconds),)
            pause = min(pause * 1.5, LONGEST_PAUSE)
            self._seen = self._cluster.get(self._seen)
        return ()

    def once(self, live: Object, inputs: Object) -> Outcome:
        """The verdict of just now, without waiting."""
        verdict = judge(live, inputs, self._look)
        return Outcome(live) if verdict.ready else Outcome(live, (verdict.reason,))

    def _gave_up(self, doing: str, seconds: float) -> str:
        if self._stopping.is_set():
            return f"the operation was cancelled while it was not ready: {doing}"
        return f"not ready after {seconds:g} s: {doing}"

    def until_gone(self, obj: Object, seconds: float) -> str:
        """Wait until the object is gone; empty, or why it is still there."""
        end, pause = time.monotonic() + seconds, FIRST_PAUSE
        while (live := self._cluster.find(obj)) and _same(live, obj):
            remains = remaining(live)
            self._tell(f"waiting until it is gone: {remains}")
            if self._stopping.wait(pause):
                return f"the operation was cancelled while it was still there: {remains}"
            if time.monotonic() > end:
                return f"still there after {seconds:g} s: {remains}"
            pause = min(pause * 1.5, LONGEST_PAUSE)
        self._tell("")
        return ""

    def _tell(self, message: str) -> None:
        if message != self._said:
            self._say(message)
            self._said = message


def _same(live: Object, known: Object) -> bool:
    return bool(metadata(live).get("uid") == metadata(known).get("uid", metadata(live).get("uid")))


def remaining(live: Object) -> str:
    """What keeps an object that is being deleted."""
    messages = [
        str(condition(live, kind).get("message"))
        for kind in (
            "NamespaceContentRemaining",
            "NamespaceFinalizersRemaining",
            "NamespaceDeletionContentFailure",
        )
        if condition(live, kind).get("status") == "True"
    ]
    finalizers = metadata(live).get("finalizers") or []
    if finalizers:
        messages.append(f"finalizers {', '.join(finalizers)}")
    return "; ".join(messages) or "its deletion is under way"
