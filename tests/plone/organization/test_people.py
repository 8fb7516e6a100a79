"""Accounts: logins are never used again, passwords are good enough, and nobody takes over an account."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.confidentiality import actor
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization.operations.people import check_password
from tests.office import Office
from tests.office import PASSWORD


Be = Callable[[str], Any]


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def create(office: Office, login: str = "nguoimoi", name: str = "Trần Thị Mới", **more: Any) -> str:
    return operations.create_person(office.units["tinh"], login, name, more.pop("password", PASSWORD), **more)


def logs_in(portal: Any, login: str, password: str) -> bool:
    users = portal.acl_users.source_users
    return users.authenticateCredentials({"login": login, "password": password}) is not None


def test_a_person_logs_in_by_a_login_that_tells_nothing_of_his_id(portal: Any, office: Office) -> None:
    person = create(office)
    assert logs_in(portal, "nguoimoi", PASSWORD)
    assert person.startswith("p")
    assert "nguoimoi" not in person
    assert lookup.person(person).full_name == "Trần Thị Mới"


@pytest.mark.parametrize(
    "login", ["", "ab", "-abc", ".abc", "có dấu", "a b c", "a@b.vn", "x" * 81, "lvl:normal:x", "a/b/c"]
)
def test_a_login_that_cannot_be_typed_everywhere_is_refused(login: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        create(office, login)
    assert refused.value.field == "login"


@pytest.mark.parametrize("login", ["vanthu", "VanThu", " vanthu "])
def test_a_login_is_taken_for_ever_also_by_who_has_left(login: str, office: Office) -> None:
    operations.deactivate_person(office.people["vanthu"], "Nghỉ hưu")
    with pytest.raises(Invalid) as refused:
        create(office, login)
    assert refused.value.field == "login"


@pytest.mark.parametrize("password", ["", "Ngan-1", "matkhaudai", "1234567890", "MATKHAUDAI", "----------"])
def test_a_password_that_is_short_or_of_one_kind_is_refused_under_its_field(password: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        create(office, password=password)
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["matkhau123", "Matkhaudai", "mậtkhẩudài", "mat khau dai"])
def test_a_password_of_two_kinds_and_ten_characters_is_good_enough(password: str) -> None:
    check_password(password)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"name": " "}, "full_name"), ({"name": "x" * 201}, "full_name"), ({"phone": "0" * 41}, "phone")],
)
def test_details_that_do_not_fit_are_refused(more: dict[str, str], field: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        create(office, **more)
    assert refused.value.field == field


def test_names_are_sorted_by_the_given_name(office: Office) -> None:
    found = [each.full_name for each in lookup.search_people("", organs=(office.units["tochuc"],))]
    assert found == ["Ngô Thanh Bình", "Bùi Thị Thảo", "Đặng Quang Vinh"]


def test_a_new_password_is_chosen_at_the_first_login_and_after_a_reset(portal: Any, office: Office) -> None:
    person = create(office)
    assert lookup.person(person).must_change_password
    with actor.acting_as(person):
        operations.change_password(PASSWORD, "Mat-khau-moi-2")
    assert not lookup.person(person).must_change_password
    random = operations.reset_password(person)
    check_password(random)
    assert lookup.person(person).must_change_password
    assert (logs_in(portal, "nguoimoi", random), logs_in(portal, "nguoimoi", "Mat-khau-moi-2")) == (True, False)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("sai", "Mat-khau-moi-2", "old"), (PASSWORD, PASSWORD, "new"), (PASSWORD, "ngan", "new")],
)
def test_a_password_is_changed_only_to_another_good_one_by_who_knows_the_old(
    old: str, new: str, field: str, portal: Any, office: Office, be: Be
) -> None:
    with be("vanthu"), pytest.raises(Invalid) as refused:
        operations.change_password(old, new)
    assert refused.value.field == field
    assert logs_in(portal, "vanthu", PASSWORD)


def test_who_is_no_person_of_the_office_has_no_password_here(office: Office) -> None:
    with pytest.raises(Missing):
        operations.change_password("a", "Mat-khau-moi-2")


def test_a_closed_account_logs_in_no_more_holds_nothing_and_keeps_its_name(portal: Any, office: Office) -> None:
    person = office.people["vanthu"]
    operations.deactivate_person(person, "Nghỉ hưu")
    assert not logs_in(portal, "vanthu", PASSWORD)
    # a session that is still open asks for the user by his id
    assert portal.acl_users.getUserById(person) is None
    assert lookup.posts_of(person) == []
    assert lookup.names({person}) == {person: "Nguyễn Thị Mai"}
    with pytest.raises(Invalid):
        operations.deactivate_person(person, "Lần nữa")


def test_a_closed_account_gets_no_post_and_no_delegation(office: Office, be: Be) -> None:
    operations.deactivate_person(office.people["vanthu"], "Nghỉ hưu")
    with pytest.raises(Invalid) as refused:
        operations.appoint(office.people["vanthu"], office.units["xa"], "clerk")
    assert refused.value.field == "person"
    with be("lanhdao"), pytest.raises(Invalid) as refused:
        operations.delegate(
            office.people["vanthu"], office.units["tinh"], "leader", date(2026, 11, 24), date(2026, 12, 1), "Đi vắng"
        )
    assert refused.value.field == "delegate"


def test_an_administrator_keeps_the_accounts_of_his_unit_and_those_below(office: Office, be: Be) -> None:
    with be("quantri"):
        for login in ("vanthu", "chuyenvien.tc", "vanthu.xa"):
            assert operations.reset_password(office.people[login])
        for login in ("lanhdao.tw", "vanthu.quan"):
            with pytest.raises(NotAllowed):
                operations.reset_password(office.people[login])
            with pytest.raises(NotAllowed):
                operations.deactivate_person(office.people[login], "x")


def test_no_administrator_takes_over_an_account_by_appointing_it_into_his_unit(office: Office, be: Be) -> None:
    with be("quantri"):
        operations.appoint(office.people["lanhdao.tw"], office.units["tinh"], "officer")
        for act in (
            lambda person: operations.reset_password(person),
            lambda person: operations.deactivate_person(person, "x"),
            lambda person: operations.change_person(person, full_name="Ai đó"),
        ):
            with pytest.raises(NotAllowed):
                act(office.people["lanhdao.tw"])


@pytest.mark.parametrize("login", ["vanthu", "lanhdao", "chuyenvien"])
def test_nobody_else_makes_or_resets_accounts(login: str, office: Office, be: Be) -> None:
    with be(login):
        with pytest.raises(NotAllowed):
            create(office)
        with pytest.raises(NotAllowed):
            operations.reset_password(office.people["lanhdao"])
