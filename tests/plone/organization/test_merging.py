"""A merger from its plan to the day it is in force: who closes, who takes over, who goes where."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.documents import addressees
from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations as documents
from party.operations.documents import trays
from party.operations.documents.operations.registers import registers
from party.operations.documents.recipients import Addressee
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import metadata
from party.operations.organization import former_logins
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import tree
from party.operations.organization.merging import apply
from party.operations.organization.merging import check
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps
from tests.office import Office
from tests.office import PASSWORD


Be = Callable[[str], Any]

DAY = date(2026, 12, 1)
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def plan(office: Office, *moves: tuple[str, str], on: date = DAY, below: str = "move") -> str:
    """A plan with a line for each pair of short names."""
    merger = operations.plan_merger("Sắp xếp xã", on, basis="Nghị quyết 202")
    for old, new in moves:
        operations.add_merger_line(merger, office.units[old], office.units[new], below)
    return merger


def run(merger: str) -> None:
    """Do what can be done today, as the worker does it step after step."""
    while apply.advance(merger, plans.find(merger).row.run):
        pass
    principals.forget()


def start(merger: str) -> None:
    operations.start_merger(merger)
    run(merger)


def sentences(merger: str) -> list[tuple[str, int, str]]:
    return [(each.part, each.line, str(each.message)) for each in check.problems(plans.find(merger))]


def kept() -> dict[str, list[Any]]:
    """All rows of the organisation and of access, but those of the plan and of the journal."""
    left_out = ("mergers", "merger_", "events", "outbox", "register_revisions")
    return {
        name: sorted(map(str, turn.rows(sa.select(table))))
        for name, table in metadata.tables.items()
        if not name.startswith(left_out)
    }


def standings(office: Office, login: str) -> set[tuple[str, str, str]]:
    return {(each.unit, each.function, each.via) for each in principals.standings(office.people[login])}


# --- applied --------------------------------------------------------------------------------------------------------------


def test_a_commune_is_taken_over_on_the_day_and_not_before(office: Office, time: Any) -> None:
    xa, xa2 = office.units["xa"], office.units["xa2"]
    merger = plan(office, ("xa2", "xa"))
    start(merger)
    assert lookup.unit(xa2).closed_on == lookup.unit_object(xa2).closed_on == DAY
    assert (xa2, "clerk", "succession") not in standings(office, "vanthu.xa")
    assert lookup.present(xa2) == xa2
    assert plans.find(merger).row.state == "started"
    time.advance(days=7)
    run(merger)
    assert (xa2, "clerk", "succession") in standings(office, "vanthu.xa")
    assert lookup.present(xa2) == xa
    assert plans.find(merger).row.state == "done"
    assert tree.successors([xa2])[xa2].basis == "Nghị quyết 202"


def test_people_hold_the_successors_post_from_the_day_and_the_old_one_for_a_time(office: Office, time: Any) -> None:
    xa, xa2 = office.units["xa"], office.units["xa2"]
    merger = plan(office, ("xa", "xa2"))
    assert operations.move_everybody(merger, kept_until=date(2026, 12, 31)) == 2
    start(merger)
    assert standings(office, "lanhdao.xa") == {(xa, "leader", "post")}
    time.advance(days=7)
    run(merger)
    assert standings(office, "lanhdao.xa") == {
        (xa, "leader", "post"),
        (xa2, "leader", "post"),
        (xa, "leader", "succession"),
    }
    time.advance(days=30)
    principals.forget()
    assert standings(office, "lanhdao.xa") == {(xa2, "leader", "post"), (xa, "leader", "succession")}


def test_units_below_go_to_the_successor_after_its_own_and_keep_their_address(office: Office, time: Any) -> None:
    units = office.units
    own = operations.create_unit("Phòng Cán bộ", "room", units["tuyengiao"]).UID()
    moved = [operations.create_unit(f"Phòng {each}", "room", units["tochuc"]).UID() for each in ("Một", "Hai")]
    paths = [lookup.unit(each).path for each in moved]
    merger = plan(office, ("tochuc", "tuyengiao"))
    operations.move_everybody(merger)
    start(merger)
    assert {lookup.unit(each).parent for each in moved} == {units["tochuc"]}
    time.advance(days=7)
    run(merger)
    assert [each.uid for each in tree.children(units["tuyengiao"], limit=9)] == [own, *moved]
    assert {lookup.unit(each).organ for each in moved} == {units["tuyengiao"]}
    assert [lookup.unit(each).path for each in moved] == paths


def test_units_below_close_with_the_one_above_and_the_successor_takes_over_from_each(office: Office) -> None:
    units = office.units
    room = operations.create_unit("Phòng Một", "room", units["tochuc"]).UID()
    desk = operations.create_unit("Tổ Hai", "room", room).UID()
    merger = plan(office, ("tochuc", "tuyengiao"), on=TODAY, below="close")
    operations.move_everybody(merger)
    start(merger)
    assert {lookup.unit(each).closed_on for each in (units["tochuc"], room, desk)} == {TODAY}
    assert (desk, "clerk", "succession") in standings(office, "vanthu.tg")
    assert plans.find(merger).row.state == "done"


def test_a_new_unit_is_made_with_the_books_of_the_one_it_takes_over_from(office: Office, time: Any) -> None:
    merger = operations.plan_merger("Hợp nhất xã", DAY)
    new = operations.add_merger_unit(merger, "Đảng uỷ xã Hoà Sơn", "commune", office.units["tinh"], 400)
    for old in ("xa", "xa2"):
        operations.add_merger_line(merger, office.units[old], new)
    operations.add_merger_code(merger, new, "code", "A40.90", "other", primary=True)
    operations.add_merger_code(merger, new, "symbol", "ĐU")
    operations.move_everybody(merger)
    start(merger)
    (made,) = lookup.search_units("hoa son")
    assert [each.title for each in registers(made.uid, "incoming")] == ["Sổ văn bản đến"]
    assert (lookup.symbol_on(made.uid, DAY), lookup.symbol_on(made.uid, TODAY)) == ("ĐU", "")
    assert tree.codes_in_use([made.uid]) == {}
    time.advance(days=7)
    run(merger)
    assert tree.codes_in_use([made.uid]) == {made.uid: "A40.90"}
    assert standings(office, "vanthu.xa") == {
        (made.uid, "clerk", "post"),
        (office.units["xa"], "clerk", "succession"),
        (office.units["xa2"], "clerk", "succession"),
    }


def test_an_old_code_finds_the_unit_that_took_over(office: Office, time: Any) -> None:
    merger = plan(office, ("xa2", "xa"))
    start(merger)
    assert lookup.unit_for_code("A40.31").uid == office.units["xa2"]
    time.advance(days=7)
    assert lookup.unit_for_code("a40.31").uid == office.units["xa"]
    assert lookup.unit_by_code("A40.31").uid == office.units["xa2"]
    assert [each.uid for each in lookup.search_units("A40.31")] == [office.units["xa"]]
    assert lookup.unit_for_code("A40.31", TODAY).uid == office.units["xa2"]


def test_who_takes_over_from_a_successor_takes_over_from_those_before_it(office: Office, time: Any) -> None:
    units = office.units
    for at, (old, new) in enumerate([("xa2", "xa"), ("xa", "tochuc")]):
        merger = operations.plan_merger("Sắp xếp", date(2026, 12, 1 + at))
        operations.add_merger_line(merger, units[old], units[new])
        operations.move_everybody(merger)
        start(merger)
    time.advance(days=7)
    assert lookup.unit_for_code("A40.31").uid == units["xa"]
    time.advance(days=1)
    assert lookup.unit_for_code("A40.31").uid == units["tochuc"]
    principals.forget()
    assert (units["xa2"], "clerk", "succession") in standings(office, "vanthu.tc")


def test_what_was_sent_to_a_closed_unit_is_registered_by_the_successor_in_its_own_book(
    office: Office, time: Any, be: Be, pdf: Any
) -> None:
    units = office.units
    with be("vanthu.tc"):
        draft = documents.create_draft(
            units["tochuc"], [pdf()], title="V/v họp", type="party.cong-van", recipients=[{"unit": units["xa"]}]
        )
        documents.submit_for_review(draft.UID(), [Addressee(person=office.people["lanhdao.tc"])])
    with be("lanhdao.tc"):
        documents.approve(draft.UID(), "")
        documents.sign(draft.UID(), office.people["lanhdao.tc"])
    with be("vanthu.tc"):
        documents.issue(draft.UID())
    person = operations.create_person(units["xa2"], "vanthu.xa2", "Trần Thị Lụa", PASSWORD, first_login=False)
    operations.appoint(person, units["xa2"], "clerk")
    merger = plan(office, ("xa", "xa2"), on=TODAY)
    operations.move_person(merger, office.people["lanhdao.xa"], units["xa2"], "leader")
    operations.move_person(merger, office.people["vanthu.xa"], units["xa2"], "officer")
    start(merger)
    with be("vanthu.xa"):
        assert not trays.tray("to_receive").rows
    with actor.acting_as(person):
        (waiting,) = trays.tray("to_receive").rows
        received = documents.accept_delivery(waiting.id)
        assert received.unit == units["xa2"]
        assert lists.incoming_register(units["xa2"]).rows[0].arrival_number == 1


def test_open_work_of_a_closed_unit_goes_on_in_the_successor(office: Office, be: Be, pdf: Any, time: Any) -> None:
    units, people = office.units, office.people
    with be("vanthu.tc"):
        letter = documents.register_incoming(
            units["tochuc"], [pdf()], title="V/v họp", type="party.cong-van", issuer="Ai đó", document_date=TODAY
        ).UID()
    merger = plan(office, ("tochuc", "tuyengiao"))
    operations.move_everybody(merger)
    start(merger)
    time.advance(days=7)
    run(merger)
    with be("vanthu.tg"):
        assert [each.uid for each in trays.tray("to_pass_on").rows] == [letter]
        assert Addressee(person=people["lanhdao.tg"]) in addressees.suggest(units["tochuc"], "vo hong son")
        documents.transfer(letter, [Addressee(person=people["lanhdao.tg"])])
    with be("lanhdao.tg"):
        documents.transfer(letter, [Addressee(person=people["chuyenvien.tc"])])
        assert {each["from_unit"] for each in history.slips_of(letter)} == {units["tuyengiao"]}
    with be("chuyenvien.tc"):
        documents.finish_incoming(letter, "Đã dự họp")


def test_a_closed_unit_issues_nothing_after_its_last_day(office: Office, be: Be, pdf: Any, time: Any) -> None:
    units = office.units
    with be("vanthu.tc"):
        draft = documents.create_draft(
            units["tochuc"], [pdf()], title="V/v họp", type="party.cong-van", recipients=[{"unit": units["xa"]}]
        )
        documents.submit_for_review(draft.UID(), [Addressee(person=office.people["lanhdao.tc"])])
    with be("lanhdao.tc"):
        documents.approve(draft.UID(), "")
        documents.sign(draft.UID(), office.people["lanhdao.tc"])
    merger = plan(office, ("tochuc", "tuyengiao"))
    operations.move_everybody(merger)
    start(merger)
    time.advance(days=7)
    run(merger)
    with be("vanthu.tc"):
        with pytest.raises(Invalid, match="issues nothing after it"):
            documents.issue(draft.UID())
        documents.issue(draft.UID(), issue_date=TODAY)
    assert draft.number_symbol == "01-CV/BTCTU"
    with be("vanthu.tg"):
        (found,) = lists.outgoing_register(units["tochuc"], text="01-CV/BTCTU").rows
        assert found.uid == draft.UID()


# --- both logins ----------------------------------------------------------------------------------------------------------


def test_two_logins_are_one_person_until_the_old_one_ends(office: Office, time: Any, portal: Any) -> None:
    xa2 = office.units["xa2"]
    person = office.people["vanthu.xa"]
    merger = plan(office, ("xa", "xa2"))
    operations.move_person(merger, person, xa2, "clerk", kept_until=date(2026, 12, 15), login=" VanThu.HoaSon ")
    operations.move_everybody(merger)
    start(merger)
    assert authenticated(portal, "vanthu.hoason") == set()
    time.advance(days=7)
    run(merger)
    assert authenticated(portal, "vanthu.xa") == authenticated(portal, "vanthu.hoason") == {person}
    assert lookup.person_by_login("vanthu.xa").login == "vanthu.hoason"
    time.advance(days=14)
    assert authenticated(portal, "vanthu.xa") == set()
    assert authenticated(portal, "vanthu.hoason") == {person}
    assert [each.login for each in former_logins.of_person(person)] == ["vanthu.xa"]
    table = "login,full_name,unit,function\nvanthu.xa,Phan Thị Ngọc,A40.31,Lưu trữ\n"
    assert operations.import_organization(BytesIO(table.encode()), "nguoi.csv", dry_run=False).applied
    assert {each.function for each in lookup.posts_of(person)} == {"clerk", "archivist"}
    with pytest.raises(Invalid, match="is taken"):
        operations.create_person(xa2, "vanthu.xa", "Người Khác", PASSWORD)


def authenticated(portal: Any, login: str) -> set[str]:
    user = portal.acl_users.authenticate(login, PASSWORD, portal.REQUEST)
    return {user.getId()} if user is not None else set()


# --- undone ---------------------------------------------------------------------------------------------------------------


def test_before_its_day_everything_is_taken_back_exactly(office: Office) -> None:
    operations.create_unit("Phòng Một", "room", office.units["tochuc"])
    before, children = kept(), sorted(lookup.unit_object(office.units["tinh"]).objectIds())
    merger = operations.plan_merger("Hợp nhất", DAY)
    new = operations.add_merger_unit(merger, "Ban Xây dựng Đảng", "board", office.units["tinh"])
    for old in ("tochuc", "tuyengiao"):
        operations.add_merger_line(merger, office.units[old], new, "close")
    operations.add_merger_code(merger, new, "code", "A40.99", "other", primary=True)
    operations.add_merger_code(merger, office.units["xa"], "symbol", "ĐUX")
    operations.move_everybody(merger, kept_until=date(2027, 1, 1))
    start(merger)
    assert kept() != before
    operations.undo_merger(merger)
    assert kept() == before
    assert sorted(lookup.unit_object(office.units["tinh"]).objectIds()) == children
    assert lookup.unit_object(office.units["tochuc"]).closed_on is None
    assert not steps.of_merger(merger)
    operations.start_merger(merger)


def test_what_was_only_half_prepared_is_taken_back_too(office: Office) -> None:
    before = kept()
    merger = plan(office, ("xa2", "xa"), ("tochuc", "tuyengiao"))
    operations.move_everybody(merger)
    operations.start_merger(merger)
    assert apply.advance(merger, 1)
    operations.undo_merger(merger)
    assert kept() == before
    assert not apply.advance(merger, 1), "a job of before does nothing"


def test_from_its_day_on_it_is_not_taken_back(office: Office, time: Any) -> None:
    merger = plan(office, ("xa2", "xa"))
    start(merger)
    time.advance(days=7)
    with pytest.raises(Invalid, match="in force since"):
        operations.undo_merger(merger)
    run(merger)
    with pytest.raises(Invalid, match="in force since"):
        operations.undo_merger(merger)


def test_a_new_unit_that_is_in_use_is_not_taken_away(office: Office) -> None:
    merger = operations.plan_merger("Hợp nhất", DAY)
    new = operations.add_merger_unit(merger, "Đảng uỷ xã Hoà Sơn", "commune", office.units["tinh"])
    operations.add_merger_line(merger, office.units["xa2"], new)
    start(merger)
    (made,) = lookup.search_units("hoa son")
    operations.appoint(office.people["chuyenvien"], made.uid, "clerk")
    with pytest.raises(Invalid, match="is in use already"):
        operations.undo_merger(merger)


# --- failed ---------------------------------------------------------------------------------------------------------------


def test_after_a_failure_somebody_lets_it_go_on(office: Office) -> None:
    merger = plan(office, ("xa2", "xa"), on=TODAY)
    operations.start_merger(merger)
    operations.close_unit(office.units["xa2"], TODAY)
    with pytest.raises(Invalid, match="closed already"):
        apply.advance(merger, 1)
    operations.continue_merger(merger)
    assert plans.find(merger).row.run == 2
    assert not apply.advance(merger, 1)


# --- checked --------------------------------------------------------------------------------------------------------------


def test_a_plan_with_problems_is_not_started(office: Office) -> None:
    merger = operations.plan_merger("Rỗng", DAY)
    assert sentences(merger) == [
        ("plan", 0, "No unit closes by this plan. Add a line for each unit that another one takes over.")
    ]
    with pytest.raises(Invalid, match="has \\$\\{count\\} problems"):
        operations.start_merger(merger)


@pytest.mark.parametrize(
    ("moves", "part", "line", "said"),
    [
        ([("xa", "xa2"), ("xa", "tochuc")], "lines", 2, "has one successor"),
        ([("xa", "xa2"), ("xa2", "xa")], "lines", 1, "take over in a circle"),
        ([("xa", "xa2"), ("xa2", "tochuc")], "lines", 1, "closes itself by line"),
        ([("tinh", "tochuc")], "lines", 1, "stands below"),
        ([("xa", "tochuc")], "people", 0, "would have no post"),
    ],
    ids=["two successors", "circle", "chain", "below itself", "left behind"],
)
def test_each_problem_is_a_sentence_with_its_line(
    moves: list[tuple[str, str]], part: str, line: int, said: str, office: Office
) -> None:
    found = sentences(plan(office, *moves))
    assert any((each[0], each[1]) == (part, line) and said in each[2] for each in found), found


def test_a_date_that_is_past_is_a_problem(office: Office) -> None:
    merger = plan(office, ("xa2", "xa"), on=date(2026, 11, 23))
    assert [each[:2] for each in sentences(merger)] == [("plan", 0)]


def test_a_unit_that_is_not_there_a_code_that_is_taken_and_a_login_that_is_used_are_problems(office: Office) -> None:
    merger = plan(office, ("xa2", "xa"))
    operations.import_merger(merger, BytesIO("old_name;new_name\nXã Không Có;Kỳ Sơn\n".encode()), "ke-hoach.csv")
    operations.add_merger_code(merger, office.units["xa"], "code", "A40.31", "other")
    operations.add_merger_code(merger, office.units["xa"], "code", "A40.77", "other")
    operations.add_merger_code(merger, office.units["xa"], "code", "A40.77", "other")
    operations.move_person(merger, office.people["chuyenvien"], office.units["xa"], "officer", login="vanthu")
    found = sentences(merger)
    assert ("lines", 2, "There is no single unit “${name}” here. Choose the one that is meant.") in found
    assert [each[:2] for each in found] == [("lines", 2), ("codes", 1), ("codes", 3), ("people", 1)]


def test_a_plan_of_one_unit_touches_nothing_outside_of_it(office: Office, be: Be) -> None:
    with be("quantri"):
        with pytest.raises(NotAllowed):
            operations.plan_merger("Cả nước", DAY)
        merger = operations.plan_merger("Sắp xếp xã", DAY, unit=office.units["tinh"])
        for old, new in (("quan", "xa"), ("xa", "quan")):
            with pytest.raises(Invalid, match="lies outside"):
                operations.add_merger_line(merger, office.units[old], office.units[new])
        table = "old_name,new_name\nA09,Hoà Bình\nKỳ Sơn,A09\n"
        operations.import_merger(merger, BytesIO(table.encode()), "ke-hoach.csv")
        assert [(each.old, each.successor == office.units["quan"]) for each in plans.find(merger).lines] == [
            ("", False),
            (office.units["xa2"], False),
        ]
        for each in plans.find(merger).lines:
            operations.remove_from_merger(merger, "lines", each.id)
        operations.add_merger_line(merger, office.units["xa2"], office.units["xa"])
        start(merger)
    assert lookup.unit(office.units["xa2"]).closed_on == DAY
    with be("vanthu"), pytest.raises(Missing):
        operations.undo_merger(merger)


def test_a_started_plan_is_not_changed(office: Office) -> None:
    merger = plan(office, ("xa2", "xa"))
    operations.start_merger(merger)
    for act in (
        lambda: operations.change_merger(merger, name="Khác", on_day=DAY),
        lambda: operations.move_everybody(merger),
        lambda: operations.discard_merger(merger),
        lambda: operations.start_merger(merger),
    ):
        with pytest.raises(Changed):
            act()


# --- from a file ----------------------------------------------------------------------------------------------------------


def test_a_plan_is_read_from_a_table_of_names(office: Office) -> None:
    tw = office.units["tw"]
    made = {name: operations.create_unit(name, "provincial_committee", tw).UID() for name in PROVINCES}
    merger = operations.plan_merger("Sáp nhập tỉnh", DAY)
    table = "old_name,new_name\nBa Ria - Vung Tau,Thành phố Hồ Chí Minh\nThành phố Hồ Chí Minh,TP Hồ Chí Minh\n"
    table += "Kon Tum,Quảng Ngãi\nThừa Thiên Huế,Huế\nHoà Bình,Phú Thọ\n"
    added = operations.import_merger(merger, BytesIO(table.encode()), "merger.csv")
    assert added == {"lines": 5, "codes": 0, "people": 0}
    found = plans.find(merger)
    (huế,) = found.new_units
    assert found.new_units[huế].title == "Huế"
    pairs = [(each.old, each.successor) for each in found.lines]
    hcm = made["Thành uỷ Thành phố Hồ Chí Minh"]
    assert pairs == [
        (made["Tỉnh uỷ Bà Rịa – Vũng Tàu"], hcm),
        (hcm, hcm),
        (made["Tỉnh uỷ Kon Tum"], made["Tỉnh uỷ Quảng Ngãi"]),
        (made["Tỉnh uỷ Thừa Thiên Huế"], huế),
        (made["Tỉnh uỷ Hòa Bình"], made["Tỉnh uỷ Phú Thọ"]),
    ]
    assert len(found.effective) == 4
    assert not check.problems(found)


PROVINCES = (
    "Tỉnh uỷ Bà Rịa – Vũng Tàu",
    "Thành uỷ Thành phố Hồ Chí Minh",
    "Tỉnh uỷ Kon Tum",
    "Tỉnh uỷ Quảng Ngãi",
    "Tỉnh uỷ Thừa Thiên Huế",
    "Tỉnh uỷ Hòa Bình",
    "Tỉnh uỷ Phú Thọ",
)


def test_people_are_read_from_a_table_with_their_new_logins(office: Office) -> None:
    merger = plan(office, ("xa", "xa2"))
    table = "Tên đăng nhập,Đơn vị mới,Chức trách,Giữ đến hết ngày,Tên đăng nhập mới\n"
    table += "vanthu.xa,Xã Kỳ Sơn,Văn thư,31/12/2026,vanthu.kyson\nlanhdao.xa,A40.31,Lãnh đạo,,\n"
    assert operations.import_merger(merger, BytesIO(table.encode()), "can-bo.csv")["people"] == 2
    first, second = plans.find(merger).movements
    assert (first.person, first.function, first.login) == (office.people["vanthu.xa"], "clerk", "vanthu.kyson")
    assert (first.kept_until, second.kept_until) == (date(2027, 1, 1), None)
    assert not check.problems(plans.find(merger))
    table = table.replace("Văn thư", "Vua").replace("lanhdao.xa", "ai.do").replace("31/12/2026", "hôm nào")
    with pytest.raises(Invalid) as refused:
        operations.import_merger(merger, BytesIO(table.encode()), "can-bo.csv")
    assert refused.value.message.mapping["lines"] == "2: “Vua”, “hôm nào”; 3: “ai.do”"
    assert len(plans.find(merger).movements) == 2
