"""What was measured, and on which machine; kept as JSON, so that everything shown can be made again."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

OPERATIONS: Final = ("register", "no-op", "refresh", "change", "destroy")
"""What a model's life consists of, in its order."""

OURS, FLOOR, PULUMI, ANSIBLE = "ours", "floor", "pulumi", "ansible"
WAYS: Final = (OURS, FLOOR, PULUMI, ANSIBLE)


@dataclass(frozen=True)
class Sample:
    """One operation on that many models, once."""

    way: str
    operation: str
    models: int
    seconds: float
    load: float
    """The machine's load average of the minute before."""
    provider_mib: float | None = None
    """Peak of the Pulumi provider's resident memory, where there is one."""
    written: list[float] = field(default_factory=list)
    """Seconds after which each write was answered, in order, where the requests are the benchmark's own."""


@dataclass(frozen=True)
class Results:
    """All samples of one run; `concurrency` has the floor's seconds by number of parallel requests."""

    date: str
    machine: dict[str, str]
    concurrency: dict[str, float]
    samples: list[Sample]

    def seconds(self, way: str, operation: str, models: int) -> list[float]:
        """Every sample's seconds, shortest first."""
        return sorted(
            s.seconds for s in self.samples if (s.way, s.operation, s.models) == (way, operation, models)
        )

    def typical(self, way: str, operation: str, models: int) -> float | None:
        """The median; None where nothing was measured."""
        found = self.seconds(way, operation, models)
        return median(found) if found else None

    def sizes(self, *ways: str) -> list[int]:
        """The numbers of models measured by these ways, by any if none is named."""
        return sorted({s.models for s in self.samples if not ways or s.way in ways})

    def save(self, file: Path) -> None:
        """Write the JSON."""
        content = {**vars(self), "samples": [_compact(sample) for sample in self.samples]}
        file.write_text(json.dumps(content, indent=1) + "\n")


def load(file: Path) -> Results:
    """The results that `save` wrote."""
    content = json.loads(file.read_text())
    return Results(**{**content, "samples": [Sample(**sample) for sample in content["samples"]]})


def _compact(sample: Sample) -> dict[str, object]:
    return {name: _rounded(value) for name, value in asdict(sample).items() if value not in (None, [])}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    return (
        [_rounded(one) for one in value]
        if isinstance(value, Iterable) and not isinstance(value, str)
        else value
    )
