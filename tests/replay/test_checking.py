"""What the comparison of report and tables says, and what the figures of speed mean."""

import pytest

from replay import checking
from replay import facts
from replay import measures
from replay.progress import Progress


@pytest.fixture
def rows():
    return facts.rows()


@pytest.fixture
def reports(rows):
    """A report that is right."""
    return {"then": {row.unit: row.figures for row in rows}, "today": dict(facts.merged(rows))}


def test_a_report_that_is_right_differs_nowhere(rows, reports):
    found = checking.compare(rows, reports)
    # 75 units, 2 totals, 34 provinces
    assert (found.equal, found.different) == (5 * (75 + 2 + 34), 0)


def test_a_wrong_cell_is_named_with_what_the_table_says(rows, reports):
    reports["then"]["Tỉnh uỷ Yên Bái"] = (91, 373, 10, 13, 88)
    found = checking.compare(rows, reports)
    assert found.different == 2, "the cell and its total"
    (line,) = (each for each in found.lines if each.startswith("Tỉnh uỷ Yên Bái"))
    assert "373 ≠ 374" in line


def test_a_unit_that_the_report_leaves_out_differs(rows, reports):
    del reports["today"]["Thành uỷ Huế"]
    assert checking.compare(rows, reports).different == 5


def test_the_slope_compares_the_last_tenth_with_the_first_kind_by_kind():
    progress = Progress(200)
    for number in range(100):
        progress.done("login", number, 0.01)
        progress.done("transfer", number, 0.02 if number < 50 else 0.04)
    # 0.01 stays, 0.02 becomes 0.04: 0.03 → 0.05
    assert measures.slope(progress) == pytest.approx(1.67)
