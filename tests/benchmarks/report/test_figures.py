"""Figures that are derived from samples."""

import pytest

from benchmarks.report.figures import both_floors, pace, ratio
from benchmarks.samples import Results


def test_the_floors_are_added(results: Results) -> None:
    assert both_floors(results, "change", 20) == 10


def test_half_a_floor_is_none(results: Results) -> None:
    assert (
        both_floors(Results("", {}, {}, [s for s in results.samples if s.way != "pulumi"]), "change", 20)
        is None
    )


def test_a_ratio_to_what_is_unknown_is_unknown() -> None:
    assert ratio(1.0, None) is None
    assert ratio(None, 1.0) is None


def test_litellms_pace_is_the_time_between_answers(results: Results) -> None:
    assert pace(results) == pytest.approx({10: 1000, 20: 3000})


def test_there_is_no_pace_without_writes(results: Results) -> None:
    assert pace(Results("", {}, {}, [s for s in results.samples if s.operation != "register"])) == {}
