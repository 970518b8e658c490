"""What can go wrong between a provider and a service, and the script that says where it does.

A proxy in front of each service makes an Exchange of every request. A fault is told in an exchange's own
words, so that most of them strike LiteLLM and PostgreSQL alike.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

NEVER = -1


class Exchange(ABC):
    """One request of a provider to a service, and the service's answer."""

    what: str
    """The request in short: `POST /model/new`, `INSERT INTO models`."""
    writes: bool
    """Whether others can see what it does."""

    @abstractmethod
    def send(self) -> None:
        """Hand the request to the real service."""

    @abstractmethod
    def receive(self) -> None:
        """Wait for the service's answer."""

    @abstractmethod
    def answer(self) -> None:
        """Give the service's answer to the provider."""

    @abstractmethod
    def drop(self) -> None:
        """Close the provider's connection."""

    @abstractmethod
    def hang(self) -> None:
        """Leave the provider without an answer for as long as it waits."""

    @abstractmethod
    def refuse(self) -> None:
        """Close this connection and refuse every new one, until the script is over."""

    def carry_out(self) -> None:
        """Let the service do what it is asked; the provider hears nothing yet."""
        self.send()
        self.receive()

    def pass_on(self) -> None:
        """What happens when nothing goes wrong."""
        self.carry_out()
        self.answer()


Fault = Callable[[Exchange], None]


def dropped_before(exchange: Exchange) -> None:
    exchange.drop()


def dropped_after(exchange: Exchange) -> None:
    exchange.carry_out()
    exchange.drop()


def hanging_before(exchange: Exchange) -> None:
    exchange.hang()


def hanging_after(exchange: Exchange) -> None:
    exchange.carry_out()
    exchange.hang()


def refused(exchange: Exchange) -> None:
    exchange.refuse()


@dataclass
class Script:
    """Where the fault strikes: at the exchange of that position, counted among those that `counts` takes."""

    fault: Fault = Exchange.pass_on
    position: int = NEVER
    counts: Callable[[Exchange], bool] = lambda _: True
    lasting: bool = False
    """Whether it also strikes everything that is counted after it."""
    seen: list[Exchange] = field(default_factory=list)
    """What was counted, in order."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def play(self, exchange: Exchange) -> None:
        """Let the exchange go as the script has it."""
        (self.fault if self._strikes(exchange) else Exchange.pass_on)(exchange)

    @property
    def struck(self) -> bool:
        """Whether the position was reached."""
        return NEVER < self.position < len(self.seen)

    def _strikes(self, exchange: Exchange) -> bool:
        if not self.counts(exchange):
            return False
        with self._lock:
            position = len(self.seen)
            self.seen.append(exchange)
        return position == self.position or (self.lasting and self.struck)


def effects(exchange: Exchange) -> bool:
    """Counts what others can see."""
    return exchange.writes
