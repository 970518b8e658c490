"""A small run's results."""

import pytest

from benchmarks.samples import ANSIBLE, FLOOR, OPERATIONS, OURS, PULUMI, Results, Sample

MACHINE = {
    "processor": "Abacus",
    "cores": "2",
    "memory": "24 GiB",
    "kernel": "6.18",
    "python": "3.11.7",
    "pulumi": "v3.259.0",
    "pulumi SDK": "3.272.0",
    "LiteLLM": "1.108.7",
}
SECONDS = {OURS: 6.0, FLOOR: 2.0, PULUMI: 3.0, ANSIBLE: 60.0}


def _sample(way: str, operation: str, models: int, seconds: float) -> Sample:
    written = [n * n / 10 for n in range(1, models + 1)] if (way, operation) == (FLOOR, "register") else []
    return Sample(way, operation, models, seconds, 0.5, {OURS: 90.0, PULUMI: 50.0}.get(way), written)


@pytest.fixture
def results() -> Results:
    """Every way with 10 models, all but the role with 20; ours with 10 three times."""
    samples = [
        _sample(way, operation, models, seconds * models / 10)
        for way, seconds in SECONDS.items()
        for operation in OPERATIONS
        for models in (10, 20)
        if way != ANSIBLE or (models == 10 and operation != "refresh")
    ]
    again = [_sample(OURS, operation, 10, seconds) for operation in OPERATIONS for seconds in (5.0, 8.0)]
    return Results("2026-11-21", MACHINE, {"1": 5.0, "2": 4.0}, samples + again)
