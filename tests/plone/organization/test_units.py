"""The tree of units: made, changed, moved, closed; a change for one unit changes no other."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization.tables import units
from tests.office import Office


Be = Callable[[str], Any]


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def rows_of_others(uid: str) -> list[Any]:
    return turn.rows(sa.select(units).where(units.c.uid != uid).order_by(units.c.uid))


def names_in_order(within: str) -> list[str]:
    return [each.title for each in lookup.search_units(within=within, limit=100)]


def test_a_unit_stands_where_it_was_put_and_keeps_books_by_its_kind(office: Office) -> None:
    board = operations.create_unit("Ban Nội chính Tỉnh uỷ", "board", office.units["tinh"]).UID()
    room = operations.create_unit("Phòng Tham mưu", "room", board).UID()
    assert lookup.ancestors(room) == [room, board, office.units["tinh"], office.units["tw"]]
    assert (lookup.unit(board).organ, lookup.unit(room).organ) == (board, board)


def test_two_units_may_have_one_name_and_have_addresses_of_their_own(office: Office) -> None:
    twins = [operations.create_unit("Phòng Tổng hợp", "room", office.units["tinh"]) for _ in range(2)]
    assert len({lookup.unit(each.UID()).path for each in twins}) == 2


def test_units_are_listed_in_their_order_and_not_by_name(office: Office) -> None:
    within = office.units["tochuc"]
    for title in ("Phòng B", "Phòng A", "Phòng C"):
        operations.create_unit(title, "room", within)
    assert names_in_order(within) == ["Ban Tổ chức Tỉnh uỷ", "Phòng B", "Phòng A", "Phòng C"]
    first = lookup.search_units("Phòng C", within=within)[0]
    operations.change_unit(first.uid, position=1)
    assert names_in_order(within) == ["Ban Tổ chức Tỉnh uỷ", "Phòng C", "Phòng B", "Phòng A"]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Đảng uỷ xã Hoà Bình mới"},
        {"short_name": "ĐU Hoà Bình"},
        {"deadline_days": 3},
        {"escalation_hours": 2},
        {"regime": "state"},
        {"clerk_level_only": True},
        {"place": "Hoà Bình"},
        {"kind": "party_committee"},
    ],
    ids=str,
)
def test_a_change_for_one_unit_changes_no_other(change: dict[str, Any], office: Office) -> None:
    uid = office.units["xa"]
    others = {name: lookup.unit_object(each) for name, each in office.units.items() if name != "xa"}
    before = rows_of_others(uid), {name: dict(each.__dict__) for name, each in others.items()}
    operations.change_unit(uid, **change)
    assert {name: getattr(lookup.unit_object(uid), name) for name in change} == change
    assert (rows_of_others(uid), {name: dict(each.__dict__) for name, each in others.items()}) == before


def test_a_change_is_kept_with_before_and_after_and_none_is_written_where_nothing_changed(office: Office) -> None:
    operations.change_unit(office.units["xa"], deadline_days=5, short_name="")
    operations.change_unit(office.units["xa"], deadline_days=5)
    changes = [each for each in turn.rows(journal.history(office.units["xa"])) if each.operation == "change_unit"]
    assert [each.diff for each in changes] == [{"deadline_days": [10, 5]}]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"kind": "village"}, "kind"),
        ({"regime": "army"}, "regime"),
        ({"position": -1}, "position"),
        ({"position": 100_000}, "position"),
        ({"deadline_days": 0}, "deadline_days"),
        ({"deadline_days": "mười"}, "deadline_days"),
        ({"escalation_hours": 721}, "escalation_hours"),
        ({"short_name": "x" * 101}, "short_name"),
        ({"clerk_level_only": "có"}, "clerk_level_only"),
        ({"office": "nowhere"}, "office"),
        ({"closed_on": date(2026, 1, 1)}, "closed_on"),
        ({"routes": {}}, "routes"),
        ({"colour": "red"}, "colour"),
    ],
    ids=str,
)
def test_a_mistake_is_refused_with_its_field(change: dict[str, Any], field: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        operations.change_unit(office.units["xa"], **change)
    assert refused.value.field == field
    with pytest.raises(Invalid) as refused:
        operations.create_unit(**{"title": "Mới", "kind": "commune", "parent": office.units["tinh"], **change})
    assert refused.value.field == field


def test_a_move_rewrites_all_that_hangs_on_it_and_leaves_the_address(office: Office) -> None:
    board = office.units["tochuc"]
    room = operations.create_unit("Phòng Cán bộ", "room", board).UID()
    desk = operations.create_unit("Tổ Hồ sơ", "room", room).UID()
    paths = {uid: lookup.unit(uid).path for uid in (board, room, desk)}
    operations.move_unit(room, office.units["tuyengiao"])
    assert lookup.ancestors(desk) == [desk, room, office.units["tuyengiao"], office.units["tinh"], office.units["tw"]]
    assert {lookup.unit(uid).organ for uid in (room, desk)} == {office.units["tuyengiao"]}
    assert {uid: lookup.unit(uid).path for uid in (board, room, desk)} == paths
    assert names_in_order(office.units["tuyengiao"])[1:] == ["Phòng Cán bộ", "Tổ Hồ sơ"]
    assert names_in_order(board) == ["Ban Tổ chức Tỉnh uỷ"]


@pytest.mark.parametrize("parent", ["tinh", "tonghop"])
def test_a_unit_is_not_put_below_itself_or_a_unit_of_its_own(parent: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        operations.move_unit(office.units["tinh"], office.units[parent])
    assert refused.value.field == "parent"


def test_nothing_is_put_below_a_unit_that_was_closed(office: Office) -> None:
    operations.close_unit(office.units["xa2"], date(2026, 11, 24), successor=office.units["xa"])
    with pytest.raises(NotAllowed, match="was closed"):
        operations.create_unit("Phòng Mới", "room", office.units["xa2"])
    with pytest.raises(NotAllowed, match="was closed"):
        operations.move_unit(office.units["tonghop"], office.units["xa2"])


def test_nothing_is_put_below_a_unit_that_is_not_there(office: Office) -> None:
    with pytest.raises(Missing):
        operations.create_unit("Phòng Mới", "room", "nowhere")
    with pytest.raises(Missing):
        operations.move_unit(office.units["xa"], "nowhere")


def test_a_unit_is_closed_on_a_day_and_is_found_for_ever(office: Office) -> None:
    uid = office.units["xa2"]
    operations.close_unit(uid, date(2026, 12, 1), successor=office.units["xa"], basis="Nghị quyết 18")
    assert lookup.search_units("Kỳ Sơn")
    with pytest.raises(Invalid, match="closed already"):
        operations.close_unit(uid, date(2026, 12, 2))
    assert lookup.unit(uid).closed_on == lookup.unit_object(uid).closed_on == date(2026, 12, 1)


def test_from_the_day_it_was_closed_a_unit_is_not_offered_any_more(office: Office, time: Any) -> None:
    operations.close_unit(office.units["xa2"], date(2026, 11, 25))
    assert lookup.search_units("Kỳ Sơn")
    time.advance(days=1)
    assert not lookup.search_units("Kỳ Sơn")
    assert lookup.search_units("Kỳ Sơn", open_only=False)


def test_a_unit_takes_over_from_another_one_that_is_open(office: Office) -> None:
    with pytest.raises(Invalid):
        operations.close_unit(office.units["xa"], date(2026, 11, 24), successor=office.units["xa"])
    operations.close_unit(office.units["xa2"], date(2026, 11, 24))
    with pytest.raises(NotAllowed, match="was closed"):
        operations.close_unit(office.units["xa"], date(2026, 11, 24), successor=office.units["xa2"])


def test_an_administrator_keeps_his_unit_and_those_below_it_and_no_others(office: Office, be: Be) -> None:
    with be("quantri"):
        operations.change_unit(office.units["tinh"], place="Lâm Sơn")
        operations.change_unit(office.units["xa"], place="Hoà Bình")
        operations.create_unit("Phòng Mới", "room", office.units["tochuc"])
        operations.move_unit(office.units["tonghop"], office.units["tochuc"])
        for act in (
            lambda: operations.change_unit(office.units["tw"], place="Hà Nội"),
            lambda: operations.create_unit("Ban Mới", "board", office.units["tw"]),
            lambda: operations.create_unit("Trung ương khác", "central_committee"),
            lambda: operations.close_unit(office.units["quan"], date(2026, 11, 24)),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_no_administrator_takes_his_unit_away_from_its_superior(office: Office, be: Be) -> None:
    with be("quantri"):
        for parent in ("", office.units["vptw"], office.units["tochuc"]):
            with pytest.raises(NotAllowed):
                operations.move_unit(office.units["tinh"], parent)
        with pytest.raises(NotAllowed):
            operations.move_unit(office.units["vptw"], office.units["tinh"])


@pytest.mark.parametrize("login", ["vanthu", "lanhdao", "chuyenvien", "vanthu.xa"])
def test_nobody_else_changes_units(login: str, office: Office, be: Be) -> None:
    with be(login), pytest.raises(NotAllowed):
        operations.change_unit(office.units["tinh"], place="x")
