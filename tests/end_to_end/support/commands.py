"""Commands as a user types them in the checkout, bounded in time; a failure shows all that they said."""

import math
import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

CHECKOUT = Path(__file__).parents[3]
_TAIL = 12_000
"""Characters of a command's words that a failure shows."""


@dataclass(frozen=True)
class Done:
    """A command that ended by itself."""

    command: str
    code: int
    out: str
    err: str
    seconds: float

    @property
    def text(self) -> str:
        """All that it said."""
        return self.out + self.err

    def succeeded(self) -> "Done":
        """The same, if it did."""
        assert self.code == 0, str(self)
        return self

    def failed(self, within: float = math.inf) -> "Done":
        """The same, if it failed as a program should: with a code, soon, and in words for people."""
        assert self.code != 0, str(self)
        assert self.seconds < within, str(self)
        assert "Traceback" not in self.text, str(self)
        return self

    def says(self, *words: str) -> "Done":
        """The same, if it said all of that."""
        for missing in (word for word in words if word not in self.text):
            pytest.fail(f"{missing!r} is not in what it said: {self}")
        return self

    def __str__(self) -> str:
        return f"{self.command}\nended with {self.code} after {self.seconds:.0f} s:\n{self.text[-_TAIL:]}"


def run(
    *command: str, timeout: float = 60, stdin: str = "", environment: Mapping[str, str] | None = None
) -> Done:
    """Runs the command in the checkout. One that outlasts `timeout` seconds is ended and fails the test."""
    began = monotonic()
    with subprocess.Popen(
        command,
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(stdin, timeout)
        except subprocess.TimeoutExpired:
            out, err = _end(process)
            pytest.fail(f"did not end within {timeout:.0f} s: {' '.join(command)}\n{(out + err)[-_TAIL:]}")
        except BaseException:
            _end(process)
            raise
    return Done(" ".join(command), process.returncode, out, err, monotonic() - began)


def _end(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Interrupted first, as a user would: Pulumi then lets go of its stack."""
    for number in (signal.SIGINT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=15)
    return "", ""
