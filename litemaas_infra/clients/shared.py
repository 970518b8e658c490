"""What the threads of a provider's process share instead of each making its own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Final, Generic, TypeVar

from litemaas_infra.errors import LiteMaaSError

T = TypeVar("T")

SAME: Final = 5.0
"""Seconds for which a failure is told again to those who ask, instead of being waited for again."""
_IDLE: Final = 1.0
"""Seconds after which a connection is looked at before it is used again."""


class Once(Generic[T]):
    """Something made when it is first asked for, and kept; whoever asks meanwhile waits for it."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []
        self._failure: tuple[float, LiteMaaSError] | None = None

    def __call__(self) -> T:
        """The thing itself. Raises what making it raises."""
        with self._lock:
            if not self._made:
                self._made.append(self._try())
            return self._made[0]

    def _try(self) -> T:
        if self._failure and time.monotonic() - self._failure[0] < SAME:
            raise self._failure[1]
        try:
            return self._make()
        except LiteMaaSError as error:
            self._failure = (time.monotonic(), error)
            raise


class Taken(Generic[T]):
    """A connection that threads take in turns: opened when first taken, and again after it failed."""

    def __init__(self, opener: Callable[[], AbstractContextManager[T]], alive: Callable[[T], bool]) -> None:
        self._opener = opener
        self._alive = alive
        self._lock = threading.Lock()
        self._open = ExitStack()
        self._thing: list[T] = []
        self._used = 0.0

    @contextmanager
    def take(self) -> Iterator[T]:
        """The connection, for oneself."""
        with self._lock:
            try:
                yield self._get()
            except BaseException:
                self._close()
                raise
            finally:
                self._used = time.monotonic()

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            self._close()

    def _get(self) -> T:
        if self._thing and time.monotonic() - self._used > _IDLE and not self._alive(self._thing[0]):
            self._close()
        if not self._thing:
            self._thing.append(self._open.enter_context(self._opener()))
        return self._thing[0]

    def _close(self) -> None:
        self._thing.clear()
        self._open.close()
