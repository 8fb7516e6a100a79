"""Two officers give, one takes away, and nobody else has a part in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from datetime import timedelta

import pytest
import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import clearances
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.confidentiality.audit.tables import records
from party.operations.confidentiality.tables import clearance_seals as seals
from party.operations.confidentiality.tables import clearances as table
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import operations as organization
from party.operations.security import operations
from tests.clearances import BASIS
from tests.clearances import clear
from tests.clearances import propose
from tests.clearances import revoke
from tests.office import Office


Be = Callable[[str], AbstractContextManager[None]]

LAST = date(2027, 11, 24)


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that serves all levels."""
    monkeypatch.setattr(levels, "cap", lambda zone: levels.TOP_SECRET)


def ask(office: Office, login: str, kind: str = "secret", until: date | None = LAST, basis: str = BASIS) -> str:
    return operations.propose_clearance(office.people[login], kind, until=until, basis=basis)


def level(office: Office, login: str) -> str:
    return clearances.level_of(office.people[login])


def test_a_clearance_holds_when_a_second_officer_confirms_it(trusted: Office, be: Be, serving: None) -> None:
    with be("coyeu"):
        clearance = ask(trusted, "lanhdao", "top-secret")
    assert level(trusted, "lanhdao") == "normal"
    with be("coyeu2"):
        operations.confirm_clearance(clearance)
    assert level(trusted, "lanhdao") == "top-secret"
    assert tokens.user(trusted.people["lanhdao"], "top-secret") in principals.of(trusted.people["lanhdao"])


def test_the_proposer_does_not_confirm(trusted: Office, be: Be) -> None:
    with be("coyeu"):
        clearance = ask(trusted, "lanhdao")
        with pytest.raises(NotAllowed):
            operations.confirm_clearance(clearance)
    assert level(trusted, "lanhdao") == "normal"


def test_nobody_has_a_part_in_what_is_given_to_himself(trusted: Office, be: Be) -> None:
    clear(trusted, "chanhvp", "security_officer")
    with be("coyeu"), pytest.raises(NotAllowed):
        ask(trusted, "coyeu")
    with be("coyeu2"):
        clearance = ask(trusted, "coyeu")
    with be("coyeu"), pytest.raises(NotAllowed):
        operations.confirm_clearance(clearance)
    with be("chanhvp"):
        operations.confirm_clearance(clearance)
    assert level(trusted, "coyeu") == "secret"


@pytest.mark.parametrize("login", ["kiemtoan", "lanhdao", "quantri"])
def test_for_others_there_is_no_register(login: str, trusted: Office, be: Be) -> None:
    clearance = propose(trusted, "chanhvp", "secret")
    held = clear(trusted, "vanthu", "secret")
    with be(login):
        with pytest.raises(Missing):
            ask(trusted, "truongphong")
        with pytest.raises(Missing):
            operations.confirm_clearance(clearance)
        with pytest.raises(Missing):
            operations.refuse_proposal(clearance, "Không")
        with pytest.raises(Missing):
            operations.revoke_clearance(held, "Không")
        with pytest.raises(Missing):
            operations.appoint_first_officers([trusted.people[login]], basis=BASIS, add=True)


@pytest.mark.parametrize("role", ["Manager", "Site Administrator"])
def test_a_role_of_the_site_has_no_part_in_it(role: str, trusted: Office, be: Be) -> None:
    getSite().acl_users.portal_role_manager.assignRoleToPrincipal(role, trusted.people["quantri"])
    clearance = propose(trusted, "quantri", "secret")
    with be("quantri"):
        with pytest.raises(Missing):
            ask(trusted, "lanhdao")
        with pytest.raises(Missing):
            operations.confirm_clearance(clearance)
    # a group of the name that a token has gives nothing either
    assert level(trusted, "quantri") == "normal"


def test_the_system_itself_gives_nothing_but_the_first_officers(trusted: Office) -> None:
    with pytest.raises(Missing):
        ask(trusted, "lanhdao")


def test_one_officer_revokes_at_once(trusted: Office, be: Be, serving: None) -> None:
    clearance = clear(trusted, "lanhdao", "secret")
    person = trusted.people["lanhdao"]
    assert tokens.user(person, "secret") in principals.of(person)
    with be("coyeu2"):
        operations.revoke_clearance(clearance, "Chuyển công tác")
    assert tokens.user(person, "secret") not in principals.of(person)
    row = clearances.find(clearance)
    assert (row.state, row.reason) == ("revoked", "Chuyển công tác")


def test_who_could_on_a_day_stays_known(trusted: Office, time: clock.Frozen) -> None:
    first = clock.today()
    clearance = clear(trusted, "lanhdao", "secret")
    time.advance(days=10)
    revoke(trusted, clearance)
    person = trusted.people["lanhdao"]
    assert level(trusted, "lanhdao") == "normal"
    time.advance(days=1)
    held = {day: clearances.level_of(person, first + timedelta(days=day)) for day in (-1, 0, 9, 10, 11)}
    assert held == {-1: "normal", 0: "secret", 9: "secret", 10: "secret", 11: "normal"}
    assert person in {row.person for row in clearances.on(first)}
    assert person not in {row.person for row in clearances.on(clock.today())}


def test_a_clearance_ends_before_its_last_day_is_over_and_not_earlier(trusted: Office, time: clock.Frozen) -> None:
    clear(trusted, "lanhdao", "secret", until=date(2026, 12, 1))
    time.advance(days=6)
    assert (clock.today(), level(trusted, "lanhdao")) == (date(2026, 11, 30), "secret")
    time.advance(days=1)
    assert level(trusted, "lanhdao") == "normal"


def test_the_higher_of_two_counts_and_the_lower_stays_when_it_goes(trusted: Office) -> None:
    clear(trusted, "lanhdao", "secret")
    higher = clear(trusted, "lanhdao", "top-secret")
    assert level(trusted, "lanhdao") == "top-secret"
    revoke(trusted, higher)
    assert level(trusted, "lanhdao") == "secret"


def test_a_refused_proposal_stays_with_its_reason(trusted: Office, be: Be) -> None:
    clearance = propose(trusted, "lanhdao", "secret")
    with be("coyeu2"):
        operations.refuse_proposal(clearance, "Chưa đủ căn cứ")
        with pytest.raises(Invalid):
            operations.confirm_clearance(clearance)
    assert clearances.find(clearance).reason == "Chưa đủ căn cứ"


def test_an_officer_who_is_none_any_more_has_proposed_nothing(trusted: Office, be: Be) -> None:
    third = clear(trusted, "chanhvp", "security_officer")
    with be("chanhvp"):
        clearance = ask(trusted, "lanhdao")
    revoke(trusted, third)
    with be("coyeu2"), pytest.raises(NotAllowed):
        operations.confirm_clearance(clearance)


@pytest.mark.parametrize(
    ("kind", "until", "basis"),
    [
        ("secret", None, BASIS),
        ("secret", date(2026, 11, 24), BASIS),
        ("secret", date(2031, 11, 25), BASIS),
        ("secret", LAST, "  "),
        ("normal", LAST, BASIS),
        ("Tuyệt mật", LAST, BASIS),
        ("manager", LAST, BASIS),
    ],
)
def test_what_a_clearance_cannot_be(kind: str, until: date | None, basis: str, trusted: Office, be: Be) -> None:
    with be("coyeu"), pytest.raises(Invalid):
        ask(trusted, "lanhdao", kind, until, basis)


def test_five_years_are_possible_and_an_office_may_be_open(trusted: Office, be: Be) -> None:
    with be("coyeu"):
        ask(trusted, "lanhdao", "secret", date(2031, 11, 24))
        ask(trusted, "chanhvp", "auditor", None)


def test_the_same_is_not_held_twice_and_is_given_anew_when_it_ends(trusted: Office, be: Be) -> None:
    clear(trusted, "lanhdao", "secret", until=LAST)
    with be("coyeu"):
        with pytest.raises(Invalid):
            ask(trusted, "lanhdao", until=date(2028, 1, 1))
        person = trusted.people["lanhdao"]
        operations.propose_clearance(person, "secret", from_day=LAST, until=date(2028, 11, 24), basis=BASIS)


def test_nobody_watches_over_himself(trusted: Office, be: Be) -> None:
    with be("coyeu2"):
        with pytest.raises(Invalid):
            ask(trusted, "coyeu", "auditor")
        with pytest.raises(Invalid):
            ask(trusted, "kiemtoan", "security_officer")


def test_clearances_end_with_the_account(trusted: Office) -> None:
    clearance = clear(trusted, "lanhdao", "secret")
    proposal = propose(trusted, "lanhdao", "top-secret")
    organization.deactivate_person(trusted.people["lanhdao"], "Nghỉ hưu")
    assert level(trusted, "lanhdao") == "normal"
    assert [clearances.find(each).state for each in (clearance, proposal)] == ["revoked", "refused"]


def test_somebody_with_a_closed_account_gets_nothing(trusted: Office, be: Be) -> None:
    organization.deactivate_person(trusted.people["lanhdao"], "Nghỉ hưu")
    with be("coyeu"), pytest.raises(Invalid):
        ask(trusted, "lanhdao")


# --- written past the operations -------------------------------------------------------------------------------------


def test_a_row_written_past_the_operations_gives_nothing(trusted: Office) -> None:
    with turn.turn():
        columns = {
            "id": "0" * 32,
            "person": trusted.people["quantri"],
            "kind": "top-secret",
            "from_day": clock.today(),
            "basis": BASIS,
            "state": "confirmed",
            "proposed_by": trusted.people["coyeu"],
            "proposed_at": clock.now(),
            "confirmed_by": trusted.people["coyeu2"],
            "confirmed_at": clock.now(),
            "mac": "0" * 64,
        }
        turn.run(sa.insert(table).values(columns))
    assert level(trusted, "quantri") == "normal"
    assert [each.kind for each in clearances.verify()] == ["seal", "row"]


@pytest.mark.parametrize(
    "values", [{"kind": "top-secret"}, {"until_day": date(2040, 1, 1)}, {"person": "chanhvp"}, {"state": "confirmed"}]
)
def test_a_row_changed_past_the_operations_counts_for_nothing(values: dict[str, object], trusted: Office) -> None:
    clearance = clear(trusted, "lanhdao", "secret")
    if "state" in values:
        revoke(trusted, clearance)
    if "person" in values:
        values = {"person": trusted.people["chanhvp"]}
    with turn.turn():
        turn.run(sa.update(table).where(table.c.id == clearance).values(values))
    assert {level(trusted, each) for each in ("lanhdao", "chanhvp")} == {"normal"}
    assert clearances.verify()


def test_a_revocation_is_not_undone_by_putting_back_the_old_row(trusted: Office) -> None:
    clearance = clear(trusted, "lanhdao", "secret")
    old = turn.row(sa.select(table).where(table.c.id == clearance))
    revoke(trusted, clearance)
    with turn.turn():
        turn.run(sa.update(table).where(table.c.id == clearance).values(old._mapping))
    assert level(trusted, "lanhdao") == "normal"
    assert [each.kind for each in clearances.verify()] == ["seal"]


def test_putting_back_the_seal_as_well_is_found_through_the_journal(trusted: Office) -> None:
    clearance = clear(trusted, "lanhdao", "secret")
    person = trusted.people["lanhdao"]
    old = turn.row(sa.select(table).where(table.c.id == clearance))
    seal = turn.row(sa.select(seals).where(seals.c.person == person))
    revoke(trusted, clearance)
    assert clearances.verify() == []
    with turn.turn():
        turn.run(sa.update(table).where(table.c.id == clearance).values(old._mapping))
        turn.run(sa.update(seals).where(seals.c.person == person).values(seal._mapping))
    assert clearances.verify() == [clearances.Problem(person, "", "older")]


def test_a_row_that_does_not_fit_is_told_to_the_journal(trusted: Office) -> None:
    clearance = clear(trusted, "lanhdao", "secret")
    with turn.turn():
        turn.run(sa.update(table).where(table.c.id == clearance).values(kind="top-secret"))
    assert level(trusted, "lanhdao") == "normal"
    assert ("tampered", "refused") in written_about(trusted.people["lanhdao"])


def test_every_decision_stands_in_the_journal(trusted: Office, be: Be) -> None:
    person = trusted.people["vanthu.tg"]
    revoke(trusted, clear(trusted, "vanthu.tg", "secret"))
    clearance = propose(trusted, "vanthu.tg", "security_officer")
    with be("coyeu2"):
        operations.refuse_proposal(clearance, "Không")
    revoke(trusted, clear(trusted, "vanthu.tg", "auditor"))
    assert [action for action, _outcome in written_about(person)] == [
        "clearance_propose",
        "clearance_grant",
        "clearance_revoke",
        "clearance_propose",
        "clearance_reject",
        "clearance_propose",
        "officer_appoint",
        "officer_dismiss",
    ]


def written_about(person: str) -> list[tuple[str, str]]:
    wanted = sa.select(records.c.action, records.c.outcome).where(records.c.objects == f'["{person}"]')
    with audit.database().reader.connect() as connection:
        return [(row.action, row.outcome) for row in connection.execute(wanted.order_by(records.c.id))]


# --- other places ----------------------------------------------------------------------------------------------------


def test_without_keys_nobody_holds_anything(trusted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    clear(trusted, "lanhdao", "secret")
    monkeypatch.setattr(keys, "available", lambda: False)
    assert level(trusted, "lanhdao") == "normal"
    assert not clearances.is_officer(trusted.people["coyeu"])
    assert clearances.register() == []


def test_in_the_internet_zone_nothing_is_decided(trusted: Office, be: Be, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    with be("coyeu"), pytest.raises(NotAllowed):
        ask(trusted, "lanhdao")
    assert actor.current() == actor.SYSTEM
