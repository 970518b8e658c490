"""The tables say what was measured."""

from benchmarks.report.table import comparison, growth
from benchmarks.samples import OPERATIONS, Results


def cells(table: str) -> dict[tuple[str, str], list[str]]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {(row[0], row[1]): row[2:] for row in rows}


def test_there_is_a_row_for_each_operation_and_number_of_models(results: Results) -> None:
    assert list(cells(comparison(results))) == [
        (operation, n) for operation in OPERATIONS for n in ("10", "20")
    ]


def test_a_row_has_medians_spreads_and_ratios(results: Results) -> None:
    row = cells(comparison(results))["register", "10"]
    assert row == ["6.0 (5.0-8.0)", "2.0", "3.0", "1.20", "2.00", "60", "10.0"]


def test_what_the_role_was_not_run_with_is_in_proportion_and_marked(results: Results) -> None:
    assert cells(comparison(results))["register", "20"][-2:] == ["~120", "~10.0"]


def test_what_the_role_cannot_do_has_no_figure(results: Results) -> None:
    table = cells(comparison(results))
    assert table["refresh", "10"][-2:] == ["-", "-"]
    assert table["refresh", "20"][-2:] == ["-", "-"]


def test_what_was_not_measured_has_no_figure(results: Results) -> None:
    ours = [sample for sample in results.samples if sample.way == "ours"]
    row = cells(comparison(Results(results.date, results.machine, {}, ours)))["register", "20"]
    assert row == ["12.0", "-", "-", "-", "-", "-", "-"]


def test_every_row_has_a_cell_for_every_heading(results: Results) -> None:
    for table in (comparison(results), growth(results)):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_the_memory_is_the_peak_of_a_whole_life(results: Results) -> None:
    assert growth(results).splitlines()[2:] == ["| 10 | 90 | 50 |", "| 20 | 90 | 50 |"]
