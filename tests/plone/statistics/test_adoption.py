"""Who uses the system of those who should, ranks, limits and the target: counted by hand, and at the edges."""

import io
import random
from datetime import date
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from party.operations.documents import operations
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import events
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from party.operations.organization.tables import posts
from party.operations.statistics import adoption_files
from party.operations.statistics import adoption_tables
from party.operations.statistics import digitisation
from party.operations.statistics import thresholds
from party.operations.statistics.adoption_report import AdoptionReport
from party.operations.statistics.adoption_report import ELSEWHERE
from party.operations.statistics.digitisation import Target
from party.operations.statistics.periods import Period
from party.operations.statistics.ranking import ranked
from party.operations.statistics.thresholds import Bands


TODAY = date(2026, 11, 24)
WEEK = Period(date(2026, 11, 23), date(2026, 11, 30))
BEFORE = date(2026, 11, 18)


@pytest.fixture
def login(office, tally):
    """``login("vanthu", date(…))`` counts a login of the office's people."""

    def count(name: str, day: date = TODAY, unit: str = "tinh") -> None:
        tally("login", unit, day, person=office.people[name])

    return count


def report(office: Any, unit: str = "tinh", period: Period = WEEK, **more: Any) -> AdoptionReport:
    return AdoptionReport(office.units.get(unit, unit), period, **more)


def shares(found: AdoptionReport) -> dict[str, Any]:
    return {found.titles[uid]: (len(line.use.active), len(line.use.entitled)) for uid, line in found.lines.items()}


def test_active_are_those_of_the_entitled_who_logged_in(office, be, login):
    login("vanthu.tc", unit="tochuc")
    login("vanthu.tc", unit="tochuc")
    login("lanhdao")
    login("chanhvp", BEFORE)
    with be("lanhdao"):
        found = report(office)
        assert shares(found) == {
            "Tỉnh uỷ Lâm Sơn": (1, 4),
            "Ban Tổ chức Tỉnh uỷ": (1, 3),
            "Ban Tuyên giáo và Dân vận Tỉnh uỷ": (0, 2),
            "Phòng Tổng hợp": (0, 2),
            "Đảng uỷ xã Hoà Bình": (0, 2),
            "Đảng uỷ xã Kỳ Sơn": (0, 0),
        }
        assert (len(found.total.use.active), len(found.total.use.entitled)) == (2, 13)


def test_a_unit_without_people_has_no_share(office, be):
    with be("lanhdao"):
        found = report(office)
        table = adoption_tables.ranking(found)
    row = next(each for each in table.rows if each[0] == "Đảng uỷ xã Kỳ Sơn")
    assert [adoption_tables.shown(value, column.kind) for value, column in zip(row, table.columns, strict=True)] == [
        "Đảng uỷ xã Kỳ Sơn",
        "0",
        "0",
        "–",
        "",
        "–",
        "–",
        "–",
        "–",
        "–",
    ]


def test_people_count_by_the_days_of_their_posts_and_with_an_active_account(office, be, login, as_system):
    units, staff = office.units, office.people
    organization.appoint(staff["vanthu.tc"], units["xa2"], "clerk", from_day=WEEK.last)
    organization.appoint(staff["lanhdao.tc"], units["xa2"], "leader", from_day=WEEK.until)
    held = turn.rows(sa.select(posts.c.id).where(posts.c.person == staff["chuyenvien.tc"]))
    organization.end_post(held[0].id, WEEK.since)
    organization.deactivate_person(staff["vanthu.tg"], "Nghỉ việc")
    found = shares(report(office))
    assert found["Đảng uỷ xã Kỳ Sơn"] == (0, 1), "from the last day of the week, not from the day after"
    assert found["Ban Tổ chức Tỉnh uỷ"] == (0, 2), "a post that ended before the first day is none"
    assert found["Ban Tuyên giáo và Dân vận Tỉnh uỷ"] == (0, 1)
    login("vanthu.tg", unit="tuyengiao")
    login("vanthu.tc", unit="tochuc")
    again = report(office)
    assert shares(again)["Ban Tuyên giáo và Dân vận Tỉnh uỷ"] == (1, 2), "who logged in had an account then"
    both = {uid for uid, line in again.lines.items() if staff["vanthu.tc"] in line.use.active}
    assert both == {units["xa2"], units["tochuc"]}
    assert len(again.total.use.active) == 2, "each person once"


def test_shares_equal_those_counted_one_by_one(office, login, as_system):
    chance = random.Random(5)
    days = [WEEK.since + timedelta(days=number) for number in range(-7, 7)]
    made = [(name, chance.choice(days)) for name in office.people for _login in range(chance.randint(0, 3))]
    for name, day in made:
        login(name, day)
    for period in (WEEK, Period(WEEK.since - timedelta(days=7), WEEK.since), Period(TODAY, TODAY + timedelta(days=1))):
        found = report(office, "", period)
        for uid, line in found.lines.items():
            below = {each for each in found.units.rows if uid in lookup.ancestors(each)}
            mine = below if found.units.rows[uid].kind != "central_committee" else {uid}
            entitled = {
                each.person for each in turn.rows(sa.select(posts)) if each.unit in mine and each.until_day is None
            }
            active = {
                office.people[name]
                for name, day in made
                if period.since <= day < period.until and office.people[name] in entitled
            }
            assert line.use.entitled == entitled
            assert line.use.active == active
        assert found.total.use.entitled == {each.person for each in turn.rows(sa.select(posts))}


@pytest.mark.parametrize(
    ("share", "band"),
    [
        (None, ""),
        (0, "very_low"),
        (19.99, "very_low"),
        (20, "low"),
        (29.99, "low"),
        (30, "usual"),
        (90, "usual"),
        (90.01, "good"),
        (100, "good"),
    ],
)
def test_bands_at_their_edges(share, band):
    assert Bands().of(share) == band


def test_equal_shares_have_one_rank_and_stand_by_their_vietnamese_names():
    titles = {"a": "Xã Ô Lâm", "b": "Xã An Cư", "c": "Xã Đa Phước", "d": "Xã Ba Chúc", "e": "Xã Ân Hảo"}
    places = ranked({"a": 50.0, "b": None, "c": 50.0, "d": 80.0, "e": None}, {"a": 90.0, "d": 10.0, "c": None}, titles)
    assert [titles[each.unit] for each in places] == [
        "Xã Ba Chúc",
        "Xã Đa Phước",
        "Xã Ô Lâm",
        "Xã An Cư",
        "Xã Ân Hảo",
    ]
    assert [each.rank for each in places] == [1, 2, 2, None, None]
    assert [each.climbed for each in places] == [1, None, -1, None, None]
    assert [each.change for each in places] == [70, None, -40, None, None]


def test_ranks_are_held_against_the_period_before(office, be, login):
    login("vanthu.tc", unit="tochuc")
    login("lanhdao.tg", BEFORE, "tuyengiao")
    with be("lanhdao"):
        places = {office_name(office, each.unit): each for each in report(office).places}
    assert (places["tochuc"].rank, places["tochuc"].rank_before, places["tochuc"].climbed) == (1, 2, 1)
    assert (places["tuyengiao"].rank, places["tuyengiao"].rank_before) == (2, 1)
    assert places["xa2"].rank is None


def office_name(office: Any, uid: str) -> str:
    return next(name for name, each in office.units.items() if each == uid)


def test_only_who_answers_for_a_unit_sees_its_figures(office, be):
    with be("lanhdao.tc"):
        assert report(office, "tochuc").titles
        with pytest.raises(NotAllowed):
            report(office, "tinh")
        with pytest.raises(NotAllowed):
            report(office, "")
    with be("chuyenvien"), pytest.raises(NotAllowed):
        report(office, "tonghop")
    with be("lanhdao"):
        with pytest.raises(Missing):
            report(office, "nothing")
        with pytest.raises(Invalid):
            report(office, by="nothing")
        with pytest.raises(Invalid):
            report(office, structure="nothing")


def test_limits_of_one_unit_change_no_other(office, be, as_system):
    units = office.units
    thresholds.set_bands(80, 40, 25)
    with be("quantri"):
        thresholds.set_bands(60, 10, 5, units["xa"])
        with pytest.raises(NotAllowed):
            thresholds.set_bands(1, 1, 1, units["tinh"])
        with pytest.raises(NotAllowed):
            thresholds.set_bands(1, 1, 1)
    kept = thresholds.AllBands()
    assert kept.of(units["xa"]) == Bands(60, 10, 5)
    assert {kept.of(uid) for name, uid in units.items() if name != "xa"} == {Bands(80, 40, 25)}
    noted = turn.rows(
        sa.select(events.c.unit, events.c.diff).where(events.c.operation == "set_bands").order_by(events.c.id)
    )
    assert [(each.unit, each.diff) for each in noted] == [
        ("", {"bands": [[90, 30, 20], [80, 40, 25]]}),
        (units["xa"], {"bands": [None, [60, 10, 5]]}),
    ]
    with be("quantri"):
        thresholds.clear_bands(units["xa"])
    assert thresholds.AllBands().of(units["xa"]) == Bands(80, 40, 25)


@pytest.mark.parametrize("limits", [(30, 90, 20), (90, 30, 31), (101, 30, 20), (90, 30, -1)])
def test_limits_that_make_no_sense_are_refused(office, as_system, limits):
    with pytest.raises(Invalid):
        thresholds.set_bands(*limits)
    assert thresholds.AllBands().usual == Bands()


def test_the_straight_line_goes_from_nothing_to_the_target():
    aim = Target(30, date(2025, 1, 1), date(2025, 12, 31))
    assert aim.expected(date(2024, 12, 31)) == 0
    assert aim.expected(date(2025, 12, 31)) == aim.expected(date(2026, 5, 1)) == 30
    assert aim.expected(date(2025, 7, 2)) == pytest.approx(30 * 183 / 365)
    assert aim.expected(date(2025, 1, 1)) == pytest.approx(30 / 365)


def test_progress_is_what_was_declared_and_what_was_scanned_here(office, be, as_system, letter):
    units = office.units
    digitisation.set_target(40, date(2026, 1, 1), date(2026, 12, 31))
    with be("vanthu.tc"):
        digitisation.declare(units["tochuc"], 2026, 200, 30)
        with pytest.raises(NotAllowed):
            digitisation.declare(units["tuyengiao"], 2026, 1, 1)
    with be("lanhdao"):
        digitisation.declare(units["tonghop"], 2025, 1000, 500)
    letter("tochuc", "vanthu.tc")
    letter("tochuc", "vanthu.tc", number_symbol="2-CV/VPTW")
    with be("vanthu.tc"):
        operations.register_incoming(
            units["tochuc"],
            [],
            title="V/v không có tệp",
            type="party.cong-van",
            issuer="Văn phòng Trung ương Đảng",
            number_symbol="3-CV/VPTW",
            document_date=date(2026, 11, 20),
        )
    with be("lanhdao"):
        found = report(office).digitised
    line = found[units["tochuc"]]
    assert (line.total, line.declared, line.scanned, line.done, line.share) == (200, 30, 2, 32, 16)
    assert found[units["tonghop"]].share is None, "what was declared for a year outside the target does not count"
    digitisation.declare(units["tochuc"], 2026, 100, 48)
    assert report(office).digitised[units["tochuc"]].share == 50


@pytest.mark.parametrize(("year", "total", "done"), [(26, 1, 1), (2026, -1, 0), (2026, 1, -1), (2026, 10**10, 0)])
def test_a_declaration_that_is_no_count_is_refused(office, as_system, year, total, done):
    with pytest.raises(Invalid):
        digitisation.declare(office.units["xa"], year, total, done)


def test_flows_go_from_line_to_line_and_elsewhere(office, be, outgoing):
    units = office.units
    outgoing("issued", to=("xa", "xa2", "tochuc"))
    outgoing("issued", to=("xa", "vptw"))
    with be("lanhdao"):
        found = report(office).flows
    assert found == {
        (units["tinh"], units["xa"]): 2,
        (units["tinh"], units["xa2"]): 1,
        (units["tinh"], units["tochuc"]): 1,
        (units["tinh"], ELSEWHERE): 1,
    }


def test_weeks_end_with_the_period_and_spans_have_its_length(office, be, login):
    login("vanthu.tc", unit="tochuc")
    login("vanthu.tc", WEEK.since - timedelta(weeks=11), "tochuc")
    with be("lanhdao"):
        found = report(office)
    assert [week.since for week, _shares in found.weeks] == [
        WEEK.since - timedelta(weeks=number) for number in range(11, -1, -1)
    ]
    mine = [week[office.units["tochuc"]] for _week, week in found.weeks]
    assert mine == pytest.approx([100 / 3, *[0] * 10, 100 / 3])
    assert [period.days for period, _line in found.spans] == [7] * 6
    assert found.spans[-1][0] == WEEK


def test_files_hold_the_tables_and_no_formula(office, be, as_system, login):
    organization.change_unit(office.units["xa"], title='=HYPERLINK("x")')
    login("vanthu.xa", unit="xa")
    with be("lanhdao"):
        found = report(office)
        text = adoption_files.csv(found, "ranking").decode("utf-8-sig")
        book = adoption_files.xlsx(found)
    lines = text.splitlines()
    assert lines[1].split(",")[1:4] == ["1", "13", "7.69"]
    assert any("'=HYPERLINK" in each for each in lines)
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    assert len(sheets) == len(adoption_tables.TABLES)
    cells = {cell.value: cell.data_type for row in sheets[0].iter_rows() for cell in row}
    assert cells['=HYPERLINK("x")'] == "s"
    assert cells[50] == "n"
