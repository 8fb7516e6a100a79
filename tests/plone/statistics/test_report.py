"""The report: real work is counted where and when it was done, by the structure of then or of today, and stays counted."""

from datetime import date
from datetime import timedelta
from typing import Any

import pytest

from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import operations as organization
from party.operations.statistics import periods
from party.operations.statistics.counting import Figures
from party.operations.statistics.periods import Period
from party.operations.statistics.report import report
from party.operations.statistics.structure import TODAY
from tests.office import Office


JUNE = periods.span(date(2025, 6, 13), date(2025, 6, 19))
DAY = date(2025, 6, 16)


def lines(found):
    """Figures by title of the line."""
    return {each.title: each.figures for each in found.rows}


def figures(office: Office, *asked: Any, **more: Any) -> dict[str, Figures]:
    """Figures by short name of the unit, as those see them who set up the site."""
    names = {uid: name for name, uid in office.units.items()}
    return {names.get(each.unit, each.title): each.figures for each in report(*asked, **more).rows}


def test_what_offices_do_is_counted_for_their_units_and_added_up(office, be, letter, outgoing):
    today = periods.named("today")
    first, _second = letter(), letter(number_symbol="2-CV/VPTW")
    letter("tochuc", "vanthu.tc", number_symbol="3-CV/VPTW")
    with be("vanthu"):
        operations.transfer(
            first.UID(),
            [
                Addressee(person=office.people["chanhvp"]),
                Addressee(person=office.people["lanhdao"], capacity="informed"),
            ],
        )
    outgoing("issued")
    with be("lanhdao"):
        found = report(office.units["tinh"], today)
    assert lines(found)["Tỉnh uỷ Lâm Sơn"] == Figures(incoming=2, outgoing=1, transfers=2)
    assert lines(found)["Ban Tổ chức Tỉnh uỷ"] == Figures(incoming=1)
    assert lines(found)["Đảng uỷ xã Kỳ Sơn"] == Figures()
    assert found.total == Figures(incoming=3, outgoing=1, transfers=2)
    with be("lanhdao.tw"):
        assert lines(report(office.units["tw"], today))["Tỉnh uỷ Lâm Sơn"] == found.total


def test_units_stand_in_their_order_with_running_numbers_and_sub_totals_by_kind(office, as_system, tally):
    tally("login", "tinh", DAY, 3, person="a")
    tally("login", "xa", DAY, person="a")
    tally("login", "quan", DAY, 2, person="b")
    found = report("", JUNE)
    assert [(each.number, each.title) for each in found.rows] == [
        (1, "Văn phòng Trung ương Đảng"),
        (2, "Quân uỷ Trung ương"),
        (1, "Tỉnh uỷ Lâm Sơn"),
    ]
    assert [(str(each.label), each.total) for each in found.groups] == [
        ("Central body", Figures(1, 2)),
        ("Provincial committee", Figures(1, 4)),
    ]
    assert found.total == Figures(2, 6)


def test_one_who_logs_in_in_two_units_is_one_person_in_the_total(office, as_system, tally):
    tally("login", "tinh", DAY, person="a")
    tally("login", "quan", DAY, person="a")
    found = report("", JUNE)
    assert [each.figures.people for each in found.rows] == [0, 1, 1]
    assert found.total == Figures(people=1, logins=2)


def test_units_two_steps_down_stand_under_the_unit_they_belong_to(office, as_system, tally):
    tally("incoming", "tinh", DAY, 2)
    tally("incoming", "xa", DAY, 3)
    tally("incoming", "vptw", DAY, 4)
    found = report("", JUNE, grouping="parent")
    groups = {each.label: each for each in found.groups}
    province = groups["Tỉnh uỷ Lâm Sơn"]
    assert province.total.incoming == 5
    shown = {each.title: (each.own, each.figures.incoming) for each in province.rows}
    assert shown["Tỉnh uỷ Lâm Sơn"] == (True, 2)
    assert shown["Đảng uỷ xã Hoà Bình"] == (False, 3)
    assert groups["Văn phòng Trung ương Đảng"].total.incoming == 4
    assert found.total.incoming == 9


def test_only_the_days_of_the_period_count_and_another_period_stands_beside(office, as_system, tally):
    for day, count in ((12, 1), (13, 2), (19, 4), (20, 8)):
        tally("incoming", "tinh", date(2025, 6, day), count)
    found = report("", JUNE, compare=periods.before(JUNE))
    assert found.total.incoming == 6
    assert found.before.incoming == 1
    assert {each.title: each.before.incoming for each in found.rows}["Tỉnh uỷ Lâm Sơn"] == 1


def test_a_moved_unit_counts_where_it_stood_on_each_day_or_where_it_stands_today(office, as_system, tally, time):
    half = date(2026, 11, 24)
    for day in (half - timedelta(days=1), half, half + timedelta(days=1)):
        tally("incoming", "xa", day)
    organization.move_unit(office.units["xa"], office.units["quan"])
    time.advance(days=3)
    whole = periods.span(half - timedelta(days=1), half + timedelta(days=1))
    then = figures(office, "", whole)
    assert (then["tinh"].incoming, then["quan"].incoming) == (1, 2)
    assert figures(office, "", periods.before(periods.span(half, half)))["tinh"].incoming == 1
    today = figures(office, "", whole, TODAY)
    assert (today["tinh"].incoming, today["quan"].incoming) == (0, 3)


def test_a_closed_unit_keeps_its_line_of_then_and_counts_for_its_successor_today(office, as_system, tally, time):
    tally("login", "xa", DAY, 2, person="a")
    tally("login", "xa2", DAY, 3, person="b")
    province = office.units["tinh"]
    before = report(province, JUNE)
    organization.close_unit(office.units["xa"], date(2026, 11, 25), successor=office.units["xa2"])
    assert figures(office, province, JUNE, TODAY)["xa"] == Figures(1, 2), "not yet taken over"
    time.advance(days=2)
    then = figures(office, province, JUNE)
    assert (then["xa"], then["xa2"]) == (Figures(1, 2), Figures(1, 3))
    assert report(province, JUNE).total == before.total
    today = figures(office, province, JUNE, TODAY)
    assert "xa" not in today
    assert today["xa2"] == Figures(2, 5)


def test_a_closed_unit_that_did_nothing_has_a_line_while_it_was_open(office, as_system, time):
    organization.close_unit(office.units["xa"], date(2026, 11, 25))
    time.advance(days=9)
    province = office.units["tinh"]
    assert "xa" in figures(office, province, periods.span(date(2026, 11, 23), date(2026, 11, 26)))
    assert "xa" not in figures(office, province, periods.span(date(2026, 11, 25), date(2026, 11, 26)))


def test_a_unit_that_was_not_there_yet_has_no_line(office, as_system):
    organization.create_unit("Đảng uỷ xã Mới", "commune", office.units["tinh"])
    uid = organization.create_unit("Đảng uỷ xã Rất Mới", "commune", office.units["tinh"]).UID()
    organization.add_symbol(uid, "ĐU", date(2026, 11, 1))
    assert "Đảng uỷ xã Rất Mới" not in lines(report(office.units["tinh"], JUNE))
    assert "Đảng uỷ xã Rất Mới" in lines(report(office.units["tinh"], periods.named("this-month")))


def test_what_happens_later_changes_no_figure_of_a_past_period(office, be, letter, outgoing, time, as_system):
    one, other = letter(), letter(number_symbol="2-CV/VPTW")
    with be("vanthu"):
        sent = operations.transfer(one.UID(), [Addressee(person=office.people["chanhvp"])])
    issued = outgoing("issued")
    today = periods.named("today")
    before = report(office.units["tinh"], today)
    assert before.total == Figures(incoming=2, outgoing=1, transfers=1)
    with be("vanthu"):
        operations.recall_slip(sent[0])
        operations.return_incoming(other.UID(), "Gửi nhầm nơi nhận")
        operations.recall_document(issued.UID(), "Sai thể thức")
    time.advance(days=1)
    with be("vanthu"):
        operations.raise_level(one.UID(), "secret", reason="Có nội dung mật")
    organization.move_unit(office.units["tonghop"], office.units["tochuc"])
    assert report(office.units["tinh"], today) == before


@pytest.mark.parametrize("login", ["chuyenvien", "truongphong", "chuyenvien.tc"])
def test_who_answers_for_no_unit_sees_no_figures(office, be, login):
    with be(login), pytest.raises(NotAllowed):
        report(office.units["tinh"], JUNE)


@pytest.mark.parametrize(
    ("login", "unit", "seen"),
    [
        ("lanhdao", "tinh", True),
        ("lanhdao", "xa", True),
        ("vanthu.xa", "xa", True),
        ("lanhdao.tw", "tw", True),
        ("lanhdao.tw", "tinh", True),
        ("lanhdao.xa", "xa2", False),
        ("lanhdao.xa", "tinh", False),
        ("lanhdao", "vptw", False),
        ("lanhdao", "tw", False),
        ("vanthu.quan", "tinh", False),
        ("lanhdao", "", False),
    ],
)
def test_figures_are_for_those_who_answer_for_the_unit(office, be, login, unit, seen):
    with be(login):
        if seen:
            assert report(office.units[unit], JUNE).unit == office.units[unit]
        else:
            with pytest.raises(NotAllowed):
                report(office.units.get(unit, ""), JUNE)


def test_what_is_asked_wrongly_is_refused(office, as_system):
    with pytest.raises(Missing):
        report("0" * 32, JUNE)
    with pytest.raises(Invalid):
        report("", JUNE, "tomorrow")
    with pytest.raises(Invalid):
        report("", JUNE, grouping="colour")


def test_the_report_reads_the_tallies_twice_whatever_it_shows(office, as_system, tally, statements):
    tally("login", "tinh", DAY, person="a")
    with statements() as asked:
        report("", Period(date(2025, 1, 1), clock.today()))
    assert sum("tallies" in each for each in asked) == 2
