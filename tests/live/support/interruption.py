"""A provider's operation in a process of its own, which is killed at a chosen moment.

The moments are the ones around what others can see: a request to the gateway (before it, once it is
sent, once it is answered), and the row (written, committed).
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import httpx
import psycopg

from litemaas_infra.clients import models_table
from litemaas_infra.providers.base import Props
from litemaas_infra.providers.model import ModelProvider

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


def killed_at(moment: str, operation: str, *arguments: str | Props) -> bool:
    """Run the provider's operation until the moment; whether it came."""
    process = PROCESSES.Process(target=_operate, args=(moment, operation, arguments))
    process.start()
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL), f"{operation} failed by itself, or hangs"
    return process.exitcode != 0


def _operate(moment: str, operation: str, arguments: tuple[str | Props, ...]) -> None:
    def reached(name: str) -> None:
        if name == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    _watch_gateway(reached)
    _watch_rows(reached)
    getattr(ModelProvider(), operation)(*arguments)


def _watch_gateway(reached: Callable[[str], None]) -> None:
    request = httpx.Client.request

    def watched(self: httpx.Client, method: str, url: str, **other: Any) -> httpx.Response:
        if method == "GET":
            return request(self, method, url, **other)
        what = "PATCH" if method == "PATCH" else url

        def trace(event: str, _: Any) -> None:
            if event == "http11.receive_response_headers.started":
                reached(f"sent {what}")

        reached(f"before {what}")
        response = request(self, method, url, **other, extensions={"trace": trace})
        reached(f"after {what}")
        return response

    vars(httpx)["Client"].request = watched


def _watch_rows(reached: Callable[[str], None]) -> None:
    for name in ("save", "remove"):
        _call_after(models_table, name, lambda: reached("row written"))
    _call_after(psycopg.Connection, "commit", lambda: reached("row committed"))


def _call_after(owner: Any, name: str, then: Callable[[], None]) -> None:
    original = getattr(owner, name)

    def wrapped(*arguments: Any, **other: Any) -> Any:
        result = original(*arguments, **other)
        then()
        return result

    setattr(owner, name, wrapped)
