"""How often what is measured."""

import pytest

from benchmarks.series import repetitions


@pytest.mark.parametrize(("models", "times"), [(1, 3), (10, 3), (50, 3), (100, 2), (500, 1)])
def test_few_models_are_measured_more_often(models: int, times: int) -> None:
    assert repetitions(models, 3) == times


def test_no_more_often_than_wanted() -> None:
    assert repetitions(1, 2) == 2
