"""The benchmarks measure what they say, with one model, on this deployment."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.models import models
from benchmarks.samples import FLOOR, OPERATIONS, OURS, PULUMI, load
from tests.live.support.people import DatabaseAdmin, GatewayAdmin

CHECKOUT = Path(__file__).parents[2]
WAYS = (OURS, FLOOR, PULUMI)


def test_one_model_is_measured_in_every_operation_and_nothing_is_left(
    tmp_path: Path, erase: Callable[[str], None], gateway: GatewayAdmin, database: DatabaseAdmin
) -> None:
    words = ["--sizes", "1", "--ways", ",".join(WAYS), "--concurrency", "1", "--repeat", "1"]
    command = [sys.executable, "-m", "benchmarks", *words, "--output", str(tmp_path)]
    [model] = models(1)
    try:
        subprocess.run(command, cwd=CHECKOUT, check=True, timeout=300)
        assert gateway.named(model["model_name"]) == []
        assert database.row(model["model_name"]) is None
    finally:
        erase(model["model_name"])

    samples = load(tmp_path / "results.json").samples
    assert [(s.way, s.operation) for s in samples] == [(way, o) for way in WAYS for o in OPERATIONS]
    assert all(sample.provider_mib for sample in samples if sample.way != FLOOR)
    assert "| register | 1 |" in (tmp_path / "section.md").read_text()
