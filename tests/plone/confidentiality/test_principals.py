"""The principal set: who a person is on a day, from posts, delegations and successions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.confidentiality.principals import Standing
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from party.operations.organization.tables import successions
from tests.office import Office


TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 25)

Be = Callable[[str], Any]


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def sides(office: Office, login: str, unit: str, day: date | None = None) -> set[str]:
    """The sides of a unit whose tokens the person holds."""
    prefix = tokens.unit(office.units[unit], "")
    held = principals.of(office.people[login], day)
    return {token.removeprefix(prefix) for token in held if token.startswith(prefix)}


def end_posts(office: Office, login: str, until: date | None = None) -> None:
    for each in lookup.posts_of(office.people[login]):
        organization.end_post(each.id, until)


def test_everybody_holds_his_own_token_and_those_of_his_function(office: Office) -> None:
    assert tokens.user(office.people["vanthu"]) in principals.of(office.people["vanthu"])
    assert sides(office, "vanthu", "tinh") == {"clerk", "registry", "desk", "member"}
    assert sides(office, "lanhdao", "tinh") == {"leader", "desk", "member"}
    assert sides(office, "chuyenvien", "tonghop") == {"officer", "member"}
    assert sides(office, "chuyenvien", "tinh") == set()


def test_a_unit_administrator_and_who_is_nobody_hold_nothing_that_opens_content(office: Office) -> None:
    assert sides(office, "quantri", "tinh") == {"unit_admin"}
    assert principals.of("") == frozenset()
    assert principals.of("test_user_1_") == {tokens.user("test_user_1_")}


def test_a_post_counts_from_its_first_day_until_the_day_it_ends(office: Office) -> None:
    person = office.people["chuyenvien"]
    organization.appoint(person, office.units["xa"], "clerk", from_day=TODAY, until=date(2026, 12, 1))
    days = [YESTERDAY, TODAY, date(2026, 11, 30), date(2026, 12, 1)]
    assert [bool(sides(office, "chuyenvien", "xa", day)) for day in days] == [False, True, True, False]


def test_who_loses_his_post_loses_it_at_once(office: Office) -> None:
    assert sides(office, "vanthu", "tinh")
    end_posts(office, "vanthu")
    assert sides(office, "vanthu", "tinh") == set()
    assert sides(office, "vanthu", "tinh", YESTERDAY)


def test_one_person_may_hold_posts_in_several_units(office: Office) -> None:
    organization.appoint(office.people["vanthu"], office.units["xa2"], "clerk")
    assert "registry" in sides(office, "vanthu", "tinh")
    assert "registry" in sides(office, "vanthu", "xa2")


def delegate(office: Office, be: Be, to: str, from_day: date = TODAY, until: date = date(2026, 12, 1)) -> None:
    with be("lanhdao"):
        organization.delegate(
            office.people[to], office.units["tinh"], "leader", from_day, until, "Đi công tác nước ngoài"
        )


def test_a_delegation_counts_only_on_its_days(office: Office, be: Be) -> None:
    delegate(office, be, "chuyenvien")
    days = [YESTERDAY, TODAY, date(2026, 11, 30), date(2026, 12, 1)]
    assert [sides(office, "chuyenvien", "tinh", day) for day in days] == [
        set(),
        {"leader", "desk", "member"},
        {"leader", "desk", "member"},
        set(),
    ]


def test_who_stands_in_reads_also_what_was_routed_to_the_delegator_in_person(office: Office, be: Be) -> None:
    delegate(office, be, "chuyenvien")
    assert tokens.user(office.people["lanhdao"]) in principals.of(office.people["chuyenvien"])
    assert tokens.user(office.people["chuyenvien"]) not in principals.of(office.people["lanhdao"])


def test_what_a_delegator_has_lost_his_delegate_has_lost(office: Office, be: Be) -> None:
    delegate(office, be, "chuyenvien")
    end_posts(office, "lanhdao")
    assert sides(office, "chuyenvien", "tinh") == set()
    assert tokens.user(office.people["lanhdao"]) not in principals.of(office.people["chuyenvien"])


def test_what_a_closed_account_delegated_ends_with_it(office: Office, be: Be) -> None:
    delegate(office, be, "chuyenvien")
    organization.deactivate_person(office.people["lanhdao"], "Chuyển công tác")
    assert sides(office, "chuyenvien", "tinh") == set()


def test_what_was_delegated_to_somebody_he_does_not_pass_on(office: Office, be: Be) -> None:
    delegate(office, be, "chuyenvien")
    with be("chuyenvien"), pytest.raises(Invalid) as refused:
        organization.delegate(
            office.people["truongphong"], office.units["tinh"], "leader", TODAY, TOMORROW, "Uỷ quyền tiếp"
        )
    assert refused.value.field == "function"


def test_a_delegation_says_in_whose_place_one_acts(office: Office, be: Be) -> None:
    delegate(office, be, "chuyenvien")
    expected = Standing(office.units["tinh"], "leader", office.people["lanhdao"], "delegation")
    assert expected in principals.standings(office.people["chuyenvien"])


def test_who_serves_in_a_successor_serves_in_all_units_it_took_over_from(office: Office) -> None:
    organization.close_unit(office.units["xa2"], YESTERDAY, successor=office.units["xa"])
    organization.close_unit(office.units["xa"], TODAY, successor=office.units["tochuc"])
    assert sides(office, "vanthu.tc", "xa") == {"clerk", "registry", "desk", "member"}
    assert sides(office, "vanthu.tc", "xa2") == {"clerk", "registry", "desk", "member"}
    assert sides(office, "vanthu.tc", "xa2", YESTERDAY) == set()
    assert sides(office, "vanthu.tg", "xa2") == set()


def test_a_succession_counts_from_its_day_on(office: Office) -> None:
    organization.close_unit(office.units["xa2"], TOMORROW, successor=office.units["xa"])
    assert sides(office, "vanthu.xa", "xa2") == set()
    assert "registry" in sides(office, "vanthu.xa", "xa2", TOMORROW)


def test_a_delegate_of_a_successor_serves_in_the_predecessor_too(office: Office, be: Be) -> None:
    organization.close_unit(office.units["xa"], TODAY, successor=office.units["tinh"])
    delegate(office, be, "chuyenvien")
    assert "leader" in sides(office, "chuyenvien", "xa")


def test_units_that_took_over_from_each_other_do_not_go_round_for_ever(office: Office) -> None:
    pairs = [("xa", "xa2"), ("xa2", "xa")]
    with turn.turn():
        for before, after in pairs:
            row = {
                "predecessor": office.units[before],
                "successor": office.units[after],
                "from_day": TODAY,
                "basis": "",
            }
            turn.run(sa.insert(successions).values(row))
    principals.forget()
    assert "registry" in sides(office, "vanthu.xa", "xa2")


def test_only_who_keeps_a_unit_appoints_in_it(office: Office, be: Be) -> None:
    for login in ("vanthu", "lanhdao", "chuyenvien", "vanthu.xa"):
        with be(login), pytest.raises(NotAllowed):
            organization.appoint(office.people[login], office.units["tinh"], "unit_admin")
    with be("quantri"), pytest.raises(NotAllowed):
        organization.appoint(office.people["quantri"], office.units["tw"], "leader")


def test_who_acts_is_who_is_logged_in_and_nobody_when_nobody_is(office: Office, be: Be) -> None:
    assert actor.current() == actor.SYSTEM
    with be("vanthu"):
        assert actor.current() == office.people["vanthu"]
        with be("lanhdao"):
            assert actor.current() == office.people["lanhdao"]
        assert actor.current() == office.people["vanthu"]
    with pytest.raises(LookupError), actor.acting_as("p0"):
        pass


def test_what_a_process_remembers_is_dropped_when_another_one_wrote_a_register(office: Office) -> None:
    person = office.people["vanthu"]
    assert sides(office, "vanthu", "tinh")
    kept = principals._kept.found
    end_posts(office, "vanthu")
    assert not sides(office, "vanthu", "tinh")
    assert principals._present() is not kept
    assert principals.of(person) == {tokens.user(person)}
