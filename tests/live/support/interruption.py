"""A provider's steps in a process of their own, which is killed around one of their exchanges."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

from litemaas_infra.errors import LiteMaaSError
from tests.live.support.faults import Exchange, Fault
from tests.live.support.operations import Result, Step, take
from tests.live.support.trouble import Outcome

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


class Victim:
    """The process to kill, once it runs. Its methods are faults."""

    def __init__(self) -> None:
        self._pid: Future[int] = Future()

    def before(self, exchange: Exchange) -> None:
        """The service never hears of the request."""
        self._kill()
        exchange.drop()

    def sent(self, exchange: Exchange) -> None:
        """The service does as asked, and has nobody to tell."""
        exchange.send()
        self._kill()
        exchange.receive()

    def after(self, exchange: Exchange) -> None:
        """The answer has arrived, and is lost with what the process knew."""
        exchange.carry_out()
        os.kill(self._pid.result(10), signal.SIGSTOP)  # so that it comes to nothing more
        exchange.answer()
        self._kill()

    def run(self, steps: Sequence[Step]) -> Outcome:
        """Take the steps until one fails or the process is killed."""
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=_take, args=(steps, theirs))
        process.start()
        theirs.close()
        assert process.pid
        self._pid.set_result(process.pid)
        told = list(_received(ours))
        process.join(60)
        done = [result for result in told if not isinstance(result, Exception)]
        assert process.exitcode in (0, -signal.SIGKILL), f"{steps[len(done)][1]} failed by itself, or hangs"
        return Outcome(done, next((error for error in told if isinstance(error, Exception)), None))

    def _kill(self) -> None:
        os.kill(self._pid.result(10), signal.SIGKILL)


MOMENTS: Final[Mapping[str, Callable[[Victim], Fault]]] = {
    "before": lambda victim: victim.before,
    "sent": lambda victim: victim.sent,
    "after": lambda victim: victim.after,
}


def _take(steps: Sequence[Step], told: Connection) -> None:
    try:
        for step in steps:
            told.send(take(step))
    except LiteMaaSError as error:
        told.send(error)


def _received(told: Connection) -> Iterator[Result | Exception]:
    with suppress(EOFError), told:
        while True:
            yield told.recv()
