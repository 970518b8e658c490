import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from litemaas_infra.clients import shared
from litemaas_infra.clients.shared import Once, Taken
from litemaas_infra.errors import ClusterUnreachable


class Connections:
    """Opens connections, each a number, and remembers what became of them."""

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.closed: list[int] = []
        self.dead: set[int] = set()

    @contextmanager
    def open(self) -> Iterator[int]:
        number = len(self.opened)
        self.opened.append(number)
        try:
            yield number
        finally:
            self.closed.append(number)

    def taken(self) -> Taken[int]:
        return Taken(self.open, lambda number: number not in self.dead)


def test_what_many_ask_for_at_once_is_made_once() -> None:
    made: list[int] = []
    barrier = threading.Barrier(8)

    def make() -> int:
        made.append(1)
        return len(made)

    once = Once(make)

    def ask(_: int) -> int:
        barrier.wait()
        return once()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {1}


def test_a_failure_is_told_to_all_who_wait_instead_of_each_waiting_for_its_own() -> None:
    tries: list[int] = []

    def fail() -> int:
        tries.append(1)
        raise ClusterUnreachable("gone")

    once = Once(fail)
    for _ in range(3):
        with pytest.raises(ClusterUnreachable, match="gone"):
            once()
    assert len(tries) == 1


def test_after_a_while_a_failure_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "SAME", 0.0)
    answers = iter([ClusterUnreachable("gone"), None])

    def make() -> str:
        error = next(answers)
        if error:
            raise error
        return "made"

    once = Once(make)
    with pytest.raises(ClusterUnreachable):
        once()
    assert once() == "made"


def test_a_connection_is_opened_when_first_taken_and_kept() -> None:
    connections = Connections()
    taken = connections.taken()
    assert connections.opened == []
    for _ in range(3):
        with taken.take() as number:
            assert number == 0
    taken.close()
    assert (connections.opened, connections.closed) == ([0], [0])


def test_a_connection_that_failed_is_opened_anew() -> None:
    connections = Connections()
    taken = connections.taken()
    with pytest.raises(OSError, match="broken"), taken.take():
        raise OSError("broken")
    with taken.take() as number:
        assert number == 1
    assert connections.closed == [0]


def test_a_connection_that_broke_while_nobody_used_it_is_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "_IDLE", -1.0)
    connections = Connections()
    taken = connections.taken()
    with taken.take():
        connections.dead.add(0)
    with taken.take() as number:
        assert number == 1


def test_one_at_a_time_has_the_connection() -> None:
    taken, inside = Connections().taken(), threading.Semaphore(1)

    def use(_: int) -> bool:
        with taken.take():
            alone = inside.acquire(blocking=False)
            inside.release()
            return alone

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(64)))
