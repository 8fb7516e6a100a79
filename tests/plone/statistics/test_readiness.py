"""Readiness: what the system knows of each unit, what its administrator declares, and who is reminded of what is missing."""

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import tallies
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.mail.letters import Table
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from party.operations.statistics import readiness
from party.operations.statistics.readiness import ASPECTS
from party.operations.statistics.readiness import Cell
from party.operations.statistics.readiness import DECLARED
from party.operations.statistics.readiness import Line
from party.operations.statistics.readiness import State
from party.operations.statistics.readiness_acts import declare_readiness
from party.operations.statistics.readiness_acts import remind_of_readiness
from party.operations.statistics.readiness_mail import reminder
from party.operations.statistics.readiness_sheet import sheet
from tests.office import Office
from tests.office import PASSWORD


LONG_AGO = date(2020, 1, 1)


def line_of(office: Office, name: str) -> Line:
    return next(each for each in readiness.matrix() if each.unit == office.units[name])


def state(office: Office, name: str, aspect: str) -> State:
    return line_of(office, name).cells[aspect].state


def log_in(office: Office, login: str) -> None:
    """As a credential check that opens a session is counted."""
    person = office.people[login]
    with turn.turn():
        tallies.add(journal.record("login", person, person), tallies.LOGIN, "", person=person, level="normal")


def person(office: Office, unit: str, login: str, function: str, email: str = "") -> str:
    made = organization.create_person(office.units[unit], login, f"Người {login}", PASSWORD, email=email)
    organization.appoint(made, office.units[unit], function)
    office.people[login] = made
    return made


@pytest.fixture(autouse=True)
def the_whole_site(office: Office) -> Iterator[None]:
    """Who asks answers for everything, where a test names nobody."""
    with actor.as_system():
        yield


@pytest.fixture
def admins(office: Office) -> Iterator[None]:
    """A commune with an administrator who can be written to; the province's can be written to as well."""
    organization.change_person(office.people["quantri"], email="yen@lamson.test")
    person(office, "xa", "quantri.xa", "unit_admin", "xa@lamson.test")
    yield
    del office.people["quantri.xa"]


def test_rows_are_the_open_units_with_registers_in_the_order_of_the_tree(office: Office) -> None:
    organization.close_unit(office.units["xa2"], clock.today())
    titles = [each.title for each in readiness.matrix()]
    assert titles == [
        "Ban Chấp hành Trung ương Đảng",
        "Văn phòng Trung ương Đảng",
        "Tỉnh uỷ Lâm Sơn",
        "Ban Tổ chức Tỉnh uỷ",
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "Đảng uỷ xã Hoà Bình",
        "Quân uỷ Trung ương",
    ]


def test_what_the_system_knows_of_a_province(office: Office) -> None:
    log_in(office, "vanthu")
    log_in(office, "lanhdao")
    cells = line_of(office, "tinh").cells
    assert {name: cells[name].state for name in ASPECTS if name not in DECLARED} == {
        "code": State.READY,
        "old_code": State.UNDECLARED,
        "symbol": State.READY,
        "term": State.READY,
        "clerk": State.READY,
        "deputy": State.MISSING,
        "leader": State.READY,
        "routes": State.READY,
        "people": State.READY,
        "logins": State.PARTIAL,
    }
    staff = ("vanthu", "chanhvp", "lanhdao", "truongphong", "chuyenvien", "quantri")
    assert cells["people"] == Cell(State.READY, len(staff))
    assert cells["logins"] == Cell(State.PARTIAL, 2, len(staff))


@pytest.mark.parametrize("name", DECLARED)
def test_what_the_system_cannot_know_is_not_declared_at_first(office: Office, name: str) -> None:
    assert state(office, "tinh", name) is State.UNDECLARED


def test_a_code_of_today_or_of_the_past_counts_by_scheme_and_day(office: Office) -> None:
    unit = office.units["xa"]
    # A40.30 has the form of a party code but was entered under no scheme of today
    assert (state(office, "xa", "code"), state(office, "xa", "old_code")) == (State.MISSING, State.READY)
    organization.add_code(unit, "A40.99", "party", clock.today() + timedelta(days=1))
    assert state(office, "xa", "code") is State.MISSING
    organization.add_code(unit, "A40.98", "party", clock.today())
    assert state(office, "xa", "code") is State.READY


def test_a_code_of_a_unit_that_was_taken_over_is_an_old_code_of_its_successor(office: Office) -> None:
    organization.add_code(office.units["quan"], "A39", "party", LONG_AGO)
    assert state(office, "quan", "old_code") is State.UNDECLARED
    organization.close_unit(office.units["xa2"], clock.today(), successor=office.units["quan"])
    assert state(office, "quan", "old_code") is State.READY


def test_a_clerk_counts_when_he_has_logged_in(office: Office) -> None:
    assert line_of(office, "xa").cells["clerk"].state is State.PARTIAL
    log_in(office, "vanthu.xa")
    assert line_of(office, "xa").cells["clerk"].state is State.READY


def test_a_clerk_whose_account_is_closed_does_not_count(office: Office) -> None:
    log_in(office, "vanthu.xa")
    organization.deactivate_person(office.people["vanthu.xa"], "nghỉ hưu")
    assert line_of(office, "xa").cells["clerk"].state is State.MISSING


def test_who_stands_in_for_the_clerk_is_half_a_receiving_point(office: Office) -> None:
    organization.deactivate_person(office.people["vanthu.xa"], "nghỉ hưu")
    person(office, "xa", "chanhvp.xa", "office_head")
    assert line_of(office, "xa").cells["clerk"].state is State.PARTIAL
    del office.people["chanhvp.xa"]


def test_a_committee_is_served_by_the_clerk_of_its_office(office: Office) -> None:
    log_in(office, "vanthu.tw")
    assert state(office, "tw", "clerk") is State.READY


def test_a_unit_of_clerks_needs_no_leader_and_no_route(office: Office) -> None:
    assert {state(office, "quan", each) for each in ("leader", "routes")} == {State.NOT_NEEDED}
    assert {state(office, "xa", each) for each in ("leader", "routes")} == {State.READY, State.MISSING}


def test_a_route_that_was_taken_away_is_missing_again(office: Office) -> None:
    organization.set_routes(office.units["tinh"], [])
    assert state(office, "tinh", "routes") is State.MISSING


def test_without_a_term_of_its_own_a_unit_is_in_that_of_the_unit_above(office: Office) -> None:
    outside = organization.create_unit("Tỉnh uỷ Biệt Lập", "provincial_committee").UID()
    states = {each.unit: each.cells["term"].state for each in readiness.matrix()}
    assert (states[office.units["xa"]], states[outside]) == (State.READY, State.MISSING)


# --- declaring


@pytest.mark.parametrize(
    ("done", "needed", "expected"),
    [(0, 5, State.MISSING), (3, 5, State.PARTIAL), (5, 5, State.READY), (0, 0, State.NOT_NEEDED)],
)
def test_a_declaration_says_how_far_it_is(office: Office, done: int, needed: int, expected: State) -> None:
    declare_readiness(office.units["xa"], "training", 5, 5)
    declare_readiness(office.units["xa"], "training", done, needed, note="Lớp ngày 26/6")
    cell = line_of(office, "xa").cells["training"]
    assert (cell.state, cell.note) == (expected, "Lớp ngày 26/6")


def test_a_unit_may_declare_that_it_needs_no_deputy(office: Office) -> None:
    declare_readiness(office.units["xa"], "deputy", 0, 0)
    assert state(office, "xa", "deputy") is State.NOT_NEEDED
    assert state(office, "xa2", "deputy") is State.MISSING


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"aspect": "clerk"}, "aspect"),
        ({"done": 6}, "done"),
        ({"done": -1}, "done"),
        ({"aspect": "deputy"}, "needed"),
        ({"day": date(2026, 11, 25)}, "day"),
        ({"note": "x" * 501}, "note"),
        ({"unit": "tonghop"}, ""),
    ],
)
def test_what_cannot_be_is_refused(office: Office, changes: dict[str, Any], field: str) -> None:
    values = {"unit": "xa", "aspect": "training", "done": 3, "needed": 5, **changes}
    with pytest.raises(Invalid) as refused:
        declare_readiness(office.units[values.pop("unit")], **values)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("login", "unit", "may"),
    [("quantri", "xa", True), ("quantri", "tinh", True), ("quantri", "quan", False), ("lanhdao", "tinh", False)],
)
def test_the_administrator_declares_for_his_unit_and_those_below(
    office: Office, be: Any, login: str, unit: str, may: bool
) -> None:
    with be(login):
        if may:
            declare_readiness(office.units[unit], "line", 1, 1)
        else:
            with pytest.raises(NotAllowed):
                declare_readiness(office.units[unit], "line", 1, 1)


# --- who sees what


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("lanhdao", ["tinh", "tochuc", "tuyengiao", "xa", "xa2"]),
        ("vanthu.xa", ["xa"]),
        ("lanhdao.tc", ["tochuc"]),
    ],
)
def test_everybody_sees_the_units_he_answers_for(office: Office, be: Any, login: str, expected: list[str]) -> None:
    with be(login):
        assert [each.unit for each in readiness.matrix()] == [office.units[each] for each in expected]


def test_others_see_nothing(office: Office, be: Any) -> None:
    with be("chuyenvien"), pytest.raises(NotAllowed):
        readiness.matrix()
    with be("vanthu.xa"), pytest.raises(NotAllowed):
        readiness.matrix(office.units["xa2"])


def test_pages_filters_and_counts(office: Office) -> None:
    everything = readiness.matrix()
    pages, after = [], ""
    while True:
        page = readiness.page(after=after, limit=3)
        pages.append([each.unit for each in page.lines])
        if not page.following:
            break
        after = page.following
    assert [len(each) for each in pages] == [3, 3, 2]
    assert [uid for each in pages for uid in each] == [each.unit for each in everything]
    assert page.preceding == pages[0][-1]
    assert readiness.page(after=pages[0][-1], limit=3).preceding == ""
    assert page.total == 8
    assert page.counts["routes"] == {**dict.fromkeys(State, 0), State.READY: 1, State.MISSING: 6, State.NOT_NEEDED: 1}
    lacking = readiness.page(aspect="routes")
    assert office.units["tinh"] not in [each.unit for each in lacking.lines]
    assert len(lacking.lines) == 6


def test_a_unit_that_lacks_nothing_is_no_longer_listed_as_incomplete(office: Office) -> None:
    unit = office.units["quan"]
    log_in(office, "vanthu.quan")
    for aspect in (*DECLARED, "deputy", "old_code"):
        declare_readiness(unit, aspect, 0, 0)
    page = readiness.page(incomplete=True)
    assert page.complete == 1
    assert unit not in [each.unit for each in page.lines]


def test_the_sheet_says_the_same_in_vietnamese(office: Office) -> None:
    declare_readiness(office.units["xa"], "training", 3, 5)
    lines = readiness.matrix()
    page = load_workbook(BytesIO(sheet(lines, "Văn phòng"))).active
    rows = list(page.iter_rows(min_row=3, values_only=True))
    assert len(rows[0]) == 3 + len(ASPECTS)
    (commune,) = [each for each in rows if each[1] == "Đảng uỷ xã Hoà Bình"]
    assert commune[2] == "A40.30"
    assert str(commune[3 + list(ASPECTS).index("training")]).endswith(" 3/5")
    assert rows[-1][3 + list(ASPECTS).index("routes")] == "2/8"


# --- reminding


def asked() -> dict[str, dict[str, Any]]:
    return {each.payload["person"]: each.payload for each in outbox.listing("waiting") if each.kind == "mail"}


def test_administrators_are_reminded_and_those_above_where_there_is_none(office: Office, admins: None) -> None:
    found = remind_of_readiness(office.units["tinh"])
    assert (found.asked, found.before, found.unreachable) == (2, 0, ())
    payloads = asked()
    assert set(payloads) == {office.people["quantri"], office.people["quantri.xa"]}
    names = {}
    for login in ("quantri", "quantri.xa"):
        with actor.acting_as(office.people[login]):
            letter = reminder(office.people[login], payloads[office.people[login]]["facts"])
        (table,) = [each for each in letter.parts if isinstance(each, Table)]
        names[login] = {row[0]: row[1] for row in table.rows}
        assert letter.address
    assert set(names["quantri.xa"]) == {"Đảng uỷ xã Hoà Bình"}
    # the commune without an administrator is the province's
    assert set(names["quantri"]) == {
        "Tỉnh uỷ Lâm Sơn",
        "Ban Tổ chức Tỉnh uỷ",
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "Đảng uỷ xã Kỳ Sơn",
    }


def test_nobody_is_reminded_twice_on_a_day(office: Office, admins: None, time: clock.Frozen) -> None:
    remind_of_readiness(office.units["xa"])
    again = remind_of_readiness(office.units["tinh"])
    assert (again.asked, again.before) == (1, 1)
    time.advance(days=1)
    assert remind_of_readiness(office.units["tinh"]).asked == 2


def test_who_has_no_address_cannot_be_reminded_and_is_told_of(office: Office) -> None:
    found = remind_of_readiness(office.units["xa"])
    assert (found.asked, found.unreachable) == (0, ("Đảng uỷ xã Hoà Bình",))


def test_what_was_done_meanwhile_is_no_longer_in_the_mail(office: Office, admins: None) -> None:
    unit = office.units["xa"]
    remind_of_readiness(unit)
    declare_readiness(unit, "training", 1, 1)
    with actor.acting_as(office.people["quantri.xa"]):
        letter = reminder(office.people["quantri.xa"], {"unit": unit})
    (table,) = [each for each in letter.parts if isinstance(each, Table)]
    ((_title, missing),) = table.rows
    lines = {each.unit: each for each in readiness.lines([unit])}
    assert len(missing.split(", ")) == len(lines[unit].missing)
    assert "training" not in lines[unit].missing


def test_who_is_no_longer_administrator_is_told_nothing(office: Office, admins: None) -> None:
    made = office.people["quantri.xa"]
    remind_of_readiness(office.units["xa"])
    for post in principals.standings(made):
        assert post.function == "unit_admin"
    for row in lookup.posts_of(made):
        organization.end_post(row.id)
    with actor.acting_as(made), pytest.raises(Missing):
        reminder(made, {"unit": office.units["xa"]})


def test_who_answers_for_no_unit_reminds_nobody(office: Office, be: Any) -> None:
    with be("chuyenvien"), pytest.raises(NotAllowed):
        remind_of_readiness()
    with be("vanthu.xa"), pytest.raises(NotAllowed):
        remind_of_readiness(office.units["tinh"])
