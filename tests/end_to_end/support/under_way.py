"""A command in the sandbox while it runs, with the processes it has started."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from tests.end_to_end.support.commands import CHECKOUT, Done
from tests.end_to_end.support.sandbox import COMMAND

# A shell's background job, these tests perhaps, ignores SIGINT, and so would all that they start.
_AS_TYPED = ("env", "--default-signal=INT")
_PAUSE = 0.05
"""Seconds between two looks."""


@dataclass
class UnderWay:
    """A command that was started and not yet waited for."""

    process: subprocess.Popen[str]
    output: IO[str]
    began: float = field(default_factory=monotonic)
    orphans: list[int] = field(default_factory=list)
    """What the command had started when it was killed."""

    def kill(self) -> None:
        """SIGKILL to the command alone; what it started goes on as it would."""
        self.orphans = list(self._descendants())
        self.process.kill()

    def kill_child(self, part: str) -> None:
        """SIGKILL to what it started with that in its command line."""
        [child] = [pid for pid in self._descendants() if part in _command_line(pid)]
        os.kill(child, signal.SIGKILL)

    def interrupt(self) -> None:
        """What Ctrl-C in a terminal does: SIGINT to the command and all of its process group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def when(self, ready: Callable[[], bool]) -> "UnderWay":
        """The same, once it is ready for what is to happen to it."""
        while not ready():
            assert self.process.poll() is None, f"it ended before: {self.ended()}"
            sleep(_PAUSE)
        return self

    def ended(self, within: float = 120) -> Done:
        """How it ended; that it has not ended within so many seconds is a failure."""
        code = self.process.wait(within)
        seconds = monotonic() - self.began
        self.output.seek(0)
        return Done(str(self.process.args), code, self.output.read(), "", seconds)

    def end(self) -> None:
        """End it, and what it left behind."""
        for pid in [*self.orphans, *self._descendants(), self.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(15)

    def _descendants(self) -> Iterator[int]:
        parents = {self.process.pid}
        for pid in sorted(int(file.name) for file in Path("/proc").glob("[0-9]*")):
            if _parent(pid) in parents:
                parents.add(pid)
                yield pid


@contextmanager
def under_way(*command: str) -> Iterator[UnderWay]:
    """The command, run in the sandbox; it and what it started are ended at the end."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            (*_AS_TYPED, COMMAND, "run", *command),
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started = UnderWay(process, output)
        try:
            yield started
        finally:
            started.end()


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _command_line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""
