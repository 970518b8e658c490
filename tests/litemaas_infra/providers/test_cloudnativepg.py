"""The wait for CloudNativePG's operator: never silent, and over at once where nobody listens."""

from types import SimpleNamespace
from typing import Any

import pytest

from litemaas_infra.errors import DatabaseUnauthorized, DatabaseUnreachable, RolloutFailed
from litemaas_infra.providers import cloudnativepg
from litemaas_infra.providers.site import Site


class Operator:
    """A session with a cluster whose operator is at one phase after the other, 20 s each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *phases: str, opens_after: float = 1e9) -> None:
        self.site = Site("litemaas")
        self.phases, self.opens_after, self.now = phases, opens_after, 0.0
        self.said: list[str] = []
        clock = SimpleNamespace(monotonic=lambda: self.now, sleep=self._sleep)
        monkeypatch.setattr(cloudnativepg, "time", clock)
        monkeypatch.setattr(cloudnativepg, "say", self.said.append)

    def await_database(self) -> None:
        cloudnativepg.awaited(self, self._open)  # type: ignore[arg-type]  # what the wait needs of a session

    def cluster(self) -> Any:
        at = min(int(self.now // 20), len(self.phases) - 1)
        return SimpleNamespace(get=lambda *_: {"status": {"phase": self.phases[at]}} if self.phases else {})

    def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def _open(self) -> None:
        if self.now < self.opens_after:
            raise DatabaseUnauthorized("role litellm is not let in")


def test_it_ends_when_the_database_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    operator = Operator(monkeypatch, "Setting up primary", opens_after=25)
    operator.await_database()
    assert 25 <= operator.now < 30
    assert operator.said == []


def test_it_says_how_far_the_operator_is_and_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    operator = Operator(monkeypatch, "Setting up primary", "Creating replica", opens_after=70)
    operator.await_database()
    assert [line.partition("litemaas-postgres: ")[2] for line in operator.said] == [
        "Creating replica; role litellm is not let in"
    ] * 2


def test_nobody_who_takes_notice_is_told_within_a_minute_or_so(monkeypatch: pytest.MonkeyPatch) -> None:
    operator = Operator(monkeypatch)
    with pytest.raises(RolloutFailed, match="no operator of CloudNativePG takes notice of cluster litemaas-"):
        operator.await_database()
    assert operator.now < 65


def test_an_operator_that_comes_to_no_end_is_told_with_its_phase_and_the_cause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    operator = Operator(monkeypatch, "Failing over")
    with pytest.raises(RolloutFailed) as raised:
        operator.await_database()
    message = str(raised.value)
    assert "after 10 minutes" in message
    assert "Failing over; and role litellm is not let in" in message
    assert "`kubectl describe cluster.postgresql.cnpg.io -n litemaas litemaas-postgres`" in message


def test_a_server_that_is_not_up_yet_is_waited_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    operator = Operator(monkeypatch, "Setting up primary")
    answers = [DatabaseUnreachable("nobody answers"), None]

    def opened() -> None:
        if error := answers.pop(0):
            raise error

    cloudnativepg.awaited(operator, opened)  # type: ignore[arg-type]  # what the wait needs of a session
    assert answers == []
