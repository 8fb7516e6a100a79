"""Classified work in the report: told to those cleared for it, in cells that say nothing of a single case."""

from datetime import date
from typing import Any

import pytest

from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.statistics import exports
from party.operations.statistics import periods
from party.operations.statistics import structure
from party.operations.statistics import table
from party.operations.statistics.periods import Period
from party.operations.statistics.report import report
from tests.clearances import clear


JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
AUGUST = Period(date(2026, 8, 1), date(2026, 9, 1))
BOTH = Period(date(2026, 7, 1), date(2026, 9, 1))


@pytest.fixture
def secrets(tally):
    """Two months of registered secrets in the units of the province, and in Hanoi so many that the province can be told."""
    counts = {"tinh": (30, 20), "tochuc": (12, 9), "tuyengiao": (3, 8), "xa": (9, 9), "xa2": (0, 1)}
    for name, (july, august) in {**counts, "vptw": (20, 20), "quan": (90, 90)}.items():
        tally("incoming", name, date(2026, 7, 15), july, level="secret")
        tally("incoming", name, date(2026, 8, 15), august, level="secret")


def cells(found):
    """What is said of incoming secrets, by title, the total under ""."""
    said = {each.title: str(each.classified["incoming"]) for each in found.rows}
    return {**said, "": str(found.classified["incoming"])}


def test_a_cleared_reader_is_told_no_small_count_and_none_that_gives_it_away(office, be, secrets):
    clear(office, "lanhdao", "top-secret")
    with be("lanhdao"):
        found = report(office.units["tinh"], JULY, with_classified=True)
    assert cells(found) == {
        "Tỉnh uỷ Lâm Sơn": "30",
        "Ban Tổ chức Tỉnh uỷ": "12",
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ": "<5",
        "Phòng Tổng hợp": "<5",
        "Đảng uỷ xã Hoà Bình": "…",
        "Đảng uỷ xã Kỳ Sơn": "<5",
        "": "54",
    }
    assert found.total.incoming == 0, "none of it is in the other figures"


def test_two_reports_subtracted_give_nothing_that_one_does_not_give(office, be, secrets):
    clear(office, "lanhdao", "top-secret")
    with be("lanhdao"):
        july, august, both = (
            report(office.units["tinh"], period, with_classified=True) for period in (JULY, AUGUST, BOTH)
        )
    for name in cells(july):
        one, other, sum_ = (
            (each.classified if not name else {row.title: row for row in each.rows}[name].classified)["incoming"]
            for each in (july, august, both)
        )
        assert sum_.given == one.given + other.given
        assert sum_.more == (one.more or other.more)
    assert cells(both)["Ban Tuyên giáo và Dân vận Tỉnh uỷ"] != str(3 + 8)


def test_the_report_of_a_unit_below_says_the_same_of_it(office, be, secrets):
    clear(office, "lanhdao", "top-secret")
    with be("lanhdao"):
        above = report(office.units["tinh"], JULY, with_classified=True)
        below = report(office.units["xa"], JULY, with_classified=True)
        withheld = report(office.units["tuyengiao"], JULY, with_classified=True)
    assert cells(below)[""] == cells(above)["Đảng uỷ xã Hoà Bình"] == "…"
    assert cells(withheld)[""] == "<5"


def test_all_levels_are_told_together_and_only_to_who_may_read_them_all(office, be, secrets, tally):
    tally("incoming", "xa", date(2026, 7, 15), 7, level="top-secret")
    clear(office, "lanhdao", "secret")
    with be("lanhdao"):
        assert report(office.units["tinh"], JULY, with_classified=True).classified is None
    clear(office, "lanhdao", "top-secret")
    with be("lanhdao"):
        assert cells(report(office.units["tinh"], JULY, with_classified=True))[""] == "61"


@pytest.mark.parametrize(
    ("period", "how"),
    [
        (Period(date(2026, 7, 1), date(2026, 7, 31)), structure.THEN),
        (Period(date(2026, 7, 2), date(2026, 8, 2)), structure.THEN),
        (Period(date(2026, 11, 1), date(2026, 12, 1)), structure.THEN),
        (JULY, structure.TODAY),
    ],
)
def test_there_are_no_cells_but_of_whole_months_that_are_over_by_the_structure_of_then(
    office, be, secrets, period, how
):
    clear(office, "lanhdao", "top-secret")
    with be("lanhdao"):
        assert report(office.units["tinh"], period, how, with_classified=True).classified is None


def test_who_is_not_cleared_gets_the_same_whether_or_not_there_are_secrets(office, be, tally):
    def seen(login: str) -> tuple[Any, ...]:
        with be(login):
            found = report(office.units["tinh"], JULY, with_classified=True)
            return found, exports.csv(found), [column.label for column in table.columns(found)]

    before = seen("lanhdao")
    tally("incoming", "xa", date(2026, 7, 15), 40, level="secret")
    tally("transfer", "xa", date(2026, 7, 15), 40, level="secret", amount=3)
    assert seen("lanhdao") == before


@pytest.mark.parametrize("zone", ["internet", "no keys"])
def test_a_process_that_opens_no_secret_tells_nobody(office, be, secrets, monkeypatch, zone):
    clear(office, "lanhdao", "top-secret")
    if zone == "internet":
        monkeypatch.setattr(levels, "zone", lambda: "internet")
    else:
        monkeypatch.setattr(keys, "available", lambda: False)
    with be("lanhdao"):
        assert report(office.units["tinh"], JULY, with_classified=True).classified is None


def test_who_does_not_ask_is_not_told(office, be, secrets):
    clear(office, "lanhdao", "top-secret")
    with be("lanhdao"):
        assert report(office.units["tinh"], JULY).classified is None


def test_a_file_with_cells_says_who_took_it(office, be, secrets):
    clear(office, "lanhdao", "top-secret")
    with be("lanhdao"):
        found = report(office.units["tinh"], JULY, compare=periods.before(JULY), with_classified=True)
        rows = exports.csv(found).decode("utf-8-sig").splitlines()
        assert exports.pdf(found).startswith(b"%PDF-")
    assert rows[1].split(",")[-3:] == ["54", "<5", "<5"]
