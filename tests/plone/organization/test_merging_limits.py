"""What a plan may not do: end posts and change logins of people whom its planner does not keep, or stand still for ever."""

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
from party.operations.documents import operations as documents
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import tree
from party.operations.organization.merging import apply
from party.operations.organization.merging import check
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps
from party.operations.organization.merging.preview import Preview
from party.operations.organization.merging.tables import lines
from party.operations.organization.merging.tables import movements
from party.operations.statistics.readiness_tables import readiness_declarations
from party.operations.statistics.scheduled_tables import scheduled_reports
from tests.office import Office
from tests.office import PASSWORD


Be = Callable[[str], Any]

DAY = date(2026, 12, 1)


@pytest.fixture
def merger(office: Office, be: Be) -> str:
    """A plan of the province's administrator: the commune of Kỳ Sơn takes over from that of Hoà Bình."""
    newSecurityManager(None, system)
    with be("quantri"):
        merger = operations.plan_merger("Sắp xếp xã", DAY, unit=office.units["tinh"])
        operations.add_merger_line(merger, office.units["xa"], office.units["xa2"])
        return merger


def sentences(merger: str) -> list[tuple[str, str]]:
    return [(each.part, str(each.message)) for each in check.problems(plans.find(merger))]


def run(merger: str) -> None:
    while apply.advance(merger, plans.find(merger).row.run):
        pass
    principals.forget()


def post_of(office: Office, login: str) -> int:
    return lookup.posts_of(office.people[login])[0].id


# --- posts ----------------------------------------------------------------------------------------------------------------


def test_a_line_that_is_taken_out_takes_the_people_with_it(office: Office, be: Be, merger: str) -> None:
    with be("quantri"):
        operations.move_everybody(merger)
        operations.move_person(merger, office.people["chuyenvien"], office.units["xa2"], "officer")
        (line,) = plans.find(merger).lines
        operations.remove_from_merger(merger, "lines", line.id)
        assert [each.person for each in plans.find(merger).movements] == [office.people["chuyenvien"]]


@pytest.mark.parametrize("login", ["chuyenvien", "vanthu.quan", "lanhdao.xa"])
def test_a_plan_ends_posts_only_in_the_units_that_it_closes(login: str, office: Office, be: Be, merger: str) -> None:
    with be("quantri"):
        operations.move_everybody(merger)
        with turn.turn():
            of_clerk = movements.c.person == office.people["vanthu.xa"]
            turn.run(sa.update(movements).where(of_clerk).values(post=post_of(office, login)))
        assert any(part == "people" and "in no unit that closes" in said for part, said in sentences(merger))
        with pytest.raises(Invalid, match="problems"):
            operations.start_merger(merger)


def test_nobody_is_moved_who_serves_elsewhere_only(office: Office, be: Be, merger: str) -> None:
    with be("quantri"):
        operations.move_everybody(merger)
        operations.move_person(merger, office.people["vanthu.quan"], office.units["xa2"], "clerk")
        ((part, said),) = sentences(merger)
        assert (part, "serves outside" in said) == ("people", True)


def test_the_worker_asks_again_whose_posts_it_may_end(office: Office, be: Be, merger: str) -> None:
    with be("quantri"):
        operations.move_everybody(merger)
        operations.start_merger(merger)
        with turn.turn():
            person = office.people["vanthu.quan"]
            turn.run(sa.update(movements).values(person=person, post=post_of(office, "vanthu.quan")))
        assert apply.advance(merger, 1), "the unit closes"
        with pytest.raises(NotAllowed):
            apply.advance(merger, 1)


def test_a_preview_tells_nothing_of_units_outside(office: Office, be: Be, merger: str) -> None:
    with be("quantri"):
        with turn.turn():
            turn.run(sa.update(lines).values(old=office.units["quan"]))
        preview = Preview(plans.find(merger))
        assert (preview.counts()["closed"], preview.gains(), plans.find(merger).posts) == (0, [], [])
        assert ("lines", "${unit} lies outside of what this plan is about.") in sentences(merger)


def test_a_code_or_a_symbol_is_given_only_within_the_plan(office: Office, be: Be, merger: str) -> None:
    with be("quantri"):
        operations.move_everybody(merger)
        operations.add_merger_code(merger, office.units["quan"], "symbol", "QU")
        operations.add_merger_code(merger, office.units["quan"], "code", "A40.99", "other")
        assert sentences(merger) == [("codes", "${unit} lies outside of what this plan is about.")] * 2


# --- logins ---------------------------------------------------------------------------------------------------------------


def test_a_login_is_changed_only_by_who_keeps_the_account(office: Office, be: Be, merger: str) -> None:
    person, xa2 = office.people["vanthu.xa"], office.units["xa2"]
    operations.appoint(person, office.units["quan"], "archivist")
    table = "login,unit,function,new_login\nvanthu.xa,Kỳ Sơn,Văn thư,vanthu.moi\n"
    with be("quantri"):
        with pytest.raises(NotAllowed, match="a new login"):
            operations.move_person(merger, person, xa2, "clerk", login="vanthu.moi")
        with pytest.raises(NotAllowed, match="a new login"):
            operations.import_merger(merger, BytesIO(table.encode()), "can-bo.csv")
        operations.move_everybody(merger)
        assert sentences(merger) == []
        with turn.turn():
            turn.run(sa.update(movements).where(movements.c.person == person).values(login="vanthu.moi"))
        ((part, said),) = sentences(merger)
        assert (part, "a new login" in said) == ("people", True)


def test_on_the_day_who_started_the_plan_must_still_keep_the_account(
    office: Office, be: Be, merger: str, time: clock.Frozen
) -> None:
    person = office.people["vanthu.xa"]
    with be("quantri"):
        operations.move_person(merger, person, office.units["xa2"], "clerk", login="vanthu.moi")
        operations.move_everybody(merger)
        operations.start_merger(merger)
        run(merger)
    newSecurityManager(None, system)
    operations.appoint(person, office.units["quan"], "archivist")
    time.advance(days=7)
    with be("quantri"):
        run(merger)
        assert plans.find(merger).row.state == "done"
    assert lookup.person(person).login == "vanthu.xa"
    assert steps.kept_logins(merger) == [{"person": person, "login": "vanthu.moi", "why": "not_allowed"}]


def test_a_login_of_a_started_plan_is_given_to_nobody_else(office: Office, merger: str) -> None:
    with actor.acting_as(office.people["quantri"]):
        operations.move_person(merger, office.people["vanthu.xa"], office.units["xa2"], "clerk", login="vanthu.moi")
        operations.move_everybody(merger)
        operations.start_merger(merger)
    with pytest.raises(Invalid, match="kept for somebody else"):
        operations.create_person(office.units["xa2"], "Vanthu.Moi", "Người Khác", PASSWORD)
    other = operations.plan_merger("Hợp nhất ban", DAY)
    operations.add_merger_line(other, office.units["tochuc"], office.units["tuyengiao"])
    operations.move_person(other, office.people["vanthu.tc"], office.units["tuyengiao"], "clerk", login="vanthu.moi")
    operations.move_everybody(other)
    assert sentences(other) == [("people", "Login ${login} is taken. Logins are never used again.")]
    with actor.acting_as(office.people["quantri"]):
        operations.undo_merger(merger)
    assert sentences(other) == []


@pytest.mark.parametrize("account", ["person", "site"])
def test_a_login_that_is_taken_on_the_day_holds_up_nothing(
    account: str, office: Office, merger: str, time: clock.Frozen, portal: Any
) -> None:
    xa2, taken = office.units["xa2"], operations.create_person(office.units["xa"], "tam.thoi", "Ai Đó", PASSWORD)
    with actor.acting_as(office.people["quantri"]):
        for at, login in enumerate(("vanthu.xa", "lanhdao.xa")):
            function = ("clerk", "leader")[at]
            operations.move_person(merger, office.people[login], xa2, function, login=f"moi.{at}")
        operations.start_merger(merger)
        run(merger)
    if account == "person":
        with turn.turn():
            portal.acl_users.source_users.updateUser(taken, "moi.0")
            turn.run(sa.text("UPDATE people SET login = 'moi.0' WHERE login = 'tam.thoi'"))
    else:
        portal.acl_users.source_users.addUser("moi.0", "moi.0", PASSWORD)
    time.advance(days=7)
    with actor.acting_as(office.people["quantri"]):
        run(merger)
        assert plans.find(merger).row.state == "done"
    logins = lookup.logins({office.people["vanthu.xa"], office.people["lanhdao.xa"]})
    assert set(logins.values()) == {"vanthu.xa", "moi.1"}
    assert steps.kept_logins(merger) == [{"person": office.people["vanthu.xa"], "login": "moi.0", "why": "taken"}]


# --- between the start and the day ----------------------------------------------------------------------------------------


def test_nothing_new_comes_below_a_unit_that_will_close(office: Office, be: Be, merger: str) -> None:
    xa, person = office.units["xa"], office.people["chuyenvien"]
    with be("quantri"):
        operations.move_everybody(merger)
        operations.start_merger(merger)
        run(merger)
        with pytest.raises(NotAllowed, match="closes on"):
            operations.create_unit("Phòng Mới", "room", xa)
        with pytest.raises(NotAllowed, match="closes on"):
            operations.move_unit(office.units["tonghop"], xa)
        with pytest.raises(NotAllowed, match="closes on"):
            operations.appoint(person, xa, "officer", from_day=DAY)
        operations.appoint(person, xa, "officer", until=DAY)
        other = operations.plan_merger("Thêm phòng", DAY, unit=office.units["tinh"])
        new = operations.add_merger_unit(other, "Phòng Khác", "room", xa)
        operations.add_merger_line(other, office.units["tonghop"], new)
        operations.move_everybody(other)
        assert ("lines", "The unit above the new ${unit} is closed or not there.") in sentences(other)


def test_lists_bring_nothing_new_into_a_unit_that_will_close(office: Office, merger: str) -> None:
    with actor.acting_as(office.people["quantri"]):
        operations.move_person(merger, office.people["vanthu.xa"], office.units["xa2"], "clerk", login="vanthu.moi")
        operations.move_everybody(merger)
        operations.start_merger(merger)
        run(merger)
    units = "name,kind,parent\nPhòng Mới,Phòng,A40.30\n"
    people = "login,full_name,unit,function,from_day\nvanthu.moi,Ai Đó,A40.31,Văn thư,\n"
    people += "chuyenvien,Vũ Đình Phúc,A40.30,Chuyên viên,01/12/2026\nvanthu.xa,Phan Thị Ngọc,A40.30,Văn thư,\n"
    found = [
        [str(problem) for line in report.lines for problem in line.problems]
        for report in (
            operations.import_organization(BytesIO(each.encode()), "tep.csv", True) for each in (units, people)
        )
    ]
    closes = "${unit} closes on ${day}. Choose the unit that takes over from it."
    assert found == [[closes], ["Login ${login} is taken. Logins are never used again.", closes]]


def test_a_unit_that_came_below_after_the_start_is_moved_too(
    office: Office, be: Be, merger: str, time: clock.Frozen
) -> None:
    with be("quantri"):
        operations.move_everybody(merger)
        operations.start_merger(merger)
        room = operations.create_unit("Phòng Mới", "room", office.units["xa"]).UID()
        run(merger)
        time.advance(days=7)
        run(merger)
    assert [each.uid for each in tree.children(office.units["xa2"], limit=9)] == [room]


# --- taken back -----------------------------------------------------------------------------------------------------------


def _sent(office: Office, be: Be, pdf: Any, uid: str) -> None:
    with be("vanthu.tc"):
        draft = documents.create_draft(
            office.units["tochuc"], [pdf()], title="V/v họp", type="party.cong-van", recipients=[{"unit": uid}]
        )
        documents.submit_for_review(draft.UID(), [Addressee(person=office.people["lanhdao.tc"])])
    with be("lanhdao.tc"):
        documents.approve(draft.UID(), "")
        documents.sign(draft.UID(), office.people["lanhdao.tc"])
    with be("vanthu.tc"):
        documents.issue(draft.UID())


def _reported(office: Office, be: Be, pdf: Any, uid: str) -> None:
    values = {"unit": uid, "kind": "report", "rule": "daily", "hour": 16, "working_days": True, "people": []}
    turn.run(sa.insert(scheduled_reports).values(**values, functions=[], active=True, begun_at=clock.now()))


def _declared(office: Office, be: Be, pdf: Any, uid: str) -> None:
    values = {"unit": uid, "aspect": "trained", "done": 1, "needed": 2, "day": DAY, "note": "", "declared_by": "x"}
    turn.run(sa.insert(readiness_declarations).values(**values, at=clock.now()))


@pytest.mark.parametrize("name_it", [_sent, _reported, _declared])
def test_a_new_unit_that_anything_names_is_not_taken_away(
    name_it: Callable[..., None], office: Office, be: Be, pdf: Any
) -> None:
    newSecurityManager(None, system)
    merger = operations.plan_merger("Hợp nhất", DAY)
    new = operations.add_merger_unit(merger, "Đảng uỷ xã Hoà Sơn", "commune", office.units["tinh"])
    operations.add_merger_line(merger, office.units["xa2"], new)
    operations.start_merger(merger)
    run(merger)
    (made,) = lookup.search_units("hoa son")
    with turn.turn():
        name_it(office, be, pdf, made.uid)
    with pytest.raises(Invalid, match="is in use already"):
        operations.undo_merger(merger)
