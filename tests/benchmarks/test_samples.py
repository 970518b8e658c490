"""Results are kept whole."""

from pathlib import Path

from benchmarks.samples import Results, load


def test_what_is_saved_is_loaded(results: Results, tmp_path: Path) -> None:
    results.save(tmp_path / "results.json")
    assert load(tmp_path / "results.json") == results


def test_the_typical_time_is_the_median(results: Results) -> None:
    assert results.seconds("ours", "no-op", 10) == [5.0, 6.0, 8.0]
    assert results.typical("ours", "no-op", 10) == 6.0


def test_there_is_no_typical_time_of_nothing(results: Results) -> None:
    assert results.typical("ours", "no-op", 500) is None
