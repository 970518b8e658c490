"""What the user sees while waiting: what is done now, for how long, and the last line of its log."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.live import Live
from rich.text import Text

from sandbox.cluster.processes import last_lines

PLAIN_INTERVAL = 15.0
"""Seconds between two lines about the same step where there is no terminal."""


@dataclass
class Step:
    """Something under way; `detail` says what it waits for, else the last line of its newest log does."""

    title: str
    logs: Path | None = None
    detail: str = ""
    began: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return monotonic() - self.began

    def __str__(self) -> str:
        detail = (self.detail or self._last_word()).strip()
        return f"{self.title} ({self.seconds:.0f} s)" + (f": {detail}" if detail else "")

    def _last_word(self) -> str:
        # A build may call for others, which write logs of their own: the newest is where the work is done.
        logs = self.logs.glob("*.log") if self.logs else ()
        newest = max(logs, key=lambda log: log.stat().st_mtime, default=None)
        return "".join(last_lines(newest, 1)) if newest else ""

    def __rich__(self) -> Text:
        return Text(str(self), no_wrap=True, overflow="ellipsis")


class Progress:
    """Shows steps: a live line on a terminal, else a plain line now and then."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, text: str) -> None:
        """A line that stays."""
        self.console.print(text, highlight=False, markup=False, soft_wrap=True)

    @contextmanager
    def step(self, title: str, logs: Path | None = None) -> Iterator[Step]:
        """Shows the step while the block runs, and how long it took when it ends well."""
        step = Step(title, logs)
        with self._live(step) if self.console.is_terminal else self._plain(step):
            yield step
        self.say(f"{title}: {step.seconds:.1f} s")

    def _live(self, step: Step) -> Live:
        return Live(step, console=self.console, transient=True, refresh_per_second=4)

    @contextmanager
    def _plain(self, step: Step) -> Iterator[None]:
        ended = threading.Event()
        reporter = threading.Thread(target=self._report, args=(step, ended), daemon=True)
        reporter.start()
        try:
            yield
        finally:
            ended.set()
            reporter.join()

    def _report(self, step: Step, ended: threading.Event) -> None:
        while not ended.wait(PLAIN_INTERVAL):
            self.say(str(step))
