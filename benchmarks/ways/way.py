"""What every way does with models."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from benchmarks.samples import OPERATIONS


@dataclass(frozen=True)
class Told:
    """What a way has to tell of an operation besides its time."""

    provider_mib: float | None = None
    written: list[float] = field(default_factory=list)


class Way(ABC):
    """One life of a number of models."""

    uses_gateway = True
    operations: tuple[str, ...] = OPERATIONS
    """What it can do, in order."""

    @abstractmethod
    def run(self, operation: str, count: int) -> Told:
        """Do it; that is what is timed. Raises RuntimeError with what the tool said when it fails."""

    def settle(self) -> None:  # noqa: B027 - most have nothing to undo
        """Undo, untimed, what the operation should not have left."""

    def close(self) -> None:  # noqa: B027
        """The life is over."""
