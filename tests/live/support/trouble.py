"""An operation while services fail: how it ended, and that it says so as it should."""

from collections.abc import Sequence
from dataclasses import dataclass

from litemaas_infra.errors import LiteMaaSError
from tests.live.support.operations import Result, Step, take


@dataclass(frozen=True)
class Outcome:
    """What came of the steps that were done, and the error that ended them."""

    done: Sequence[Result]
    error: Exception | None = None

    def assert_clear(self, secrets: Sequence[str]) -> None:
        """Success, or one error of ours that a person can read and that tells no secret."""
        if self.error is None:
            return
        assert isinstance(self.error, LiteMaaSError), repr(self.error)
        message = str(self.error)
        assert message
        assert "\n" not in message
        assert not [secret for secret in secrets if secret in message]


def tried(steps: Sequence[Step]) -> Outcome:
    """Take the steps until one fails."""
    done: list[Result] = []
    for step in steps:
        try:
            done.append(take(step))
        except Exception as error:  # noqa: BLE001 - it is judged by the tests
            return Outcome(done, error)
    return Outcome(done)
