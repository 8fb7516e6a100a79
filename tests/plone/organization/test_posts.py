"""Posts and delegations: dated rows, closed but never changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations
from tests.office import Office


Be = Callable[[str], Any]

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def functions(office: Office, login: str, day: date = TODAY) -> list[str]:
    return [each.function for each in lookup.posts_of(office.people[login], day)]


def test_a_post_is_held_from_its_first_day_until_before_the_day_it_ends(office: Office) -> None:
    operations.appoint(
        office.people["chuyenvien"],
        office.units["tonghop"],
        "room_head",
        title="Phó Trưởng phòng",
        from_day=date(2026, 12, 1),
        until=date(2027, 1, 1),
    )
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert ["room_head" in functions(office, "chuyenvien", day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"function": "king"}, "function"),
        ({"function": "officer"}, "function"),
        ({"until": TODAY}, "until"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_a_mistake_is_refused_with_its_field(more: dict[str, Any], field: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        operations.appoint(office.people["chuyenvien"], office.units["tonghop"], **{"function": "clerk", **more})
    assert refused.value.field == field


def test_nobody_is_appointed_in_a_closed_unit_nor_who_is_not_there(office: Office) -> None:
    with pytest.raises(Missing):
        operations.appoint("p0", office.units["xa"], "clerk")
    operations.close_unit(office.units["xa"], TODAY)
    with pytest.raises(NotAllowed, match="was closed"):
        operations.appoint(office.people["chuyenvien"], office.units["xa"], "clerk")


def test_a_post_that_has_ended_is_not_taken_up_again_by_changing_its_end(office: Office) -> None:
    (post,) = lookup.posts_of(office.people["chuyenvien"])
    operations.end_post(post.id, TODAY)
    with pytest.raises(Invalid) as refused:
        operations.end_post(post.id, date(2030, 1, 1))
    assert refused.value.field == "post"
    assert functions(office, "chuyenvien") == []


def test_an_end_that_lies_ahead_may_be_moved_while_the_post_is_held(office: Office) -> None:
    (post,) = lookup.posts_of(office.people["chuyenvien"])
    operations.end_post(post.id, date(2026, 12, 31))
    operations.end_post(post.id, date(2026, 12, 1))
    assert functions(office, "chuyenvien", date(2026, 11, 30)) == ["officer"]
    assert functions(office, "chuyenvien", date(2026, 12, 1)) == []


def test_a_post_does_not_end_before_it_began_and_one_that_is_none_not_at_all(office: Office) -> None:
    (post,) = lookup.posts_of(office.people["chuyenvien"])
    with pytest.raises(Invalid):
        operations.end_post(post.id, date(2019, 12, 31))
    with pytest.raises(Missing):
        operations.end_post(99999)


def test_holders_are_those_of_the_day_whose_account_is_open(office: Office) -> None:
    unit = office.units["tinh"]
    operations.appoint(office.people["chuyenvien"], unit, "clerk", from_day=date(2026, 12, 1))
    assert [each.full_name for each in lookup.holders(unit, "clerk")] == ["Nguyễn Thị Mai"]
    assert [each.full_name for each in lookup.holders(unit, "clerk", day=date(2026, 12, 1))] == [
        "Nguyễn Thị Mai",
        "Vũ Đình Phúc",
    ]
    operations.deactivate_person(office.people["vanthu"], "Nghỉ hưu")
    assert lookup.holders(unit, "clerk") == []


def delegate(office: Office, **more: Any) -> None:
    told = {
        "delegate": office.people["chuyenvien"],
        "unit": office.units["tinh"],
        "function": "leader",
        "from_day": TODAY,
        "until": date(2026, 12, 1),
        "reason": "Đi công tác",
    }
    operations.delegate(**{**told, **more})


def test_one_delegates_only_what_one_holds_to_somebody_else_for_a_time(office: Office, be: Be) -> None:
    mistakes: list[tuple[dict[str, Any], str]] = [
        ({"function": "clerk"}, "function"),
        ({"unit": office.units["xa"]}, "function"),
        ({"until": TODAY}, "until"),
        ({"delegate": office.people["lanhdao"]}, "delegate"),
    ]
    with be("lanhdao"):
        for more, field in mistakes:
            with pytest.raises(Invalid) as refused:
                delegate(office, **more)
            assert refused.value.field == field
        with pytest.raises(Missing):
            delegate(office, delegate="p0")
        delegate(office)


def test_a_delegation_is_no_post(office: Office, be: Be) -> None:
    with be("lanhdao"):
        delegate(office)
    assert functions(office, "chuyenvien") == ["officer"]
    assert [each.full_name for each in lookup.holders(office.units["tinh"], "leader")] == ["Lê Minh Đức"]
