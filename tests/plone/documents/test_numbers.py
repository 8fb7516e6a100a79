"""The number of an issued document: by type, term or year, and suffix; without gaps, also after a mistake."""

from collections.abc import Callable
from datetime import date
from datetime import datetime
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.ledger import clock
from party.operations.ledger import series
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NumberTaken
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import Be


Outgoing = Callable[..., Any]


def issue(document: Any, be: Be, **typed: Any) -> str:
    with be("vanthu"):
        operations.issue(document.UID(), **typed)
    return str(document.number_symbol)


def issue_on(day: date, document: Any, office: Office, be: Be) -> None:
    with be("vanthu"):
        operations.sign(document.UID(), office.people["lanhdao"], signed_on=day)
        operations.issue(document.UID(), issue_date=day)


def period(document: Any) -> str:
    (held,) = series.of_object(document.UID())
    return str(held["period"])


def test_numbers_follow_each_other_within_a_type_with_a_leading_zero(outgoing: Outgoing) -> None:
    assert [outgoing("issued").number_symbol for _ in range(2)] == ["01-CV/TU", "02-CV/TU"]
    assert outgoing("issued", type="party.ke-hoach").number_symbol == "01-KH/TU"


def test_a_decision_and_a_regulation_share_their_symbol_and_are_two_series(outgoing: Outgoing) -> None:
    decision, regulation = outgoing("issued", type="party.quyet-dinh"), outgoing("issued", type="party.quy-dinh")
    assert decision.number_symbol == regulation.number_symbol == "01-QĐ/TU"
    assert outgoing("issued", type="party.quyet-dinh").number_symbol == "02-QĐ/TU"


def test_a_suffix_is_a_series_of_its_own(outgoing: Outgoing) -> None:
    outgoing("issued")
    assert outgoing("issued", suffix="nb").number_symbol == "01-CV/TU/nb"
    assert outgoing("issued").number_symbol == "02-CV/TU"


def test_a_type_without_a_symbol_is_numbered_without_one(outgoing: Outgoing) -> None:
    assert outgoing("issued", type="party.giay-moi").number_symbol == "01/TU"


def test_a_unit_of_the_party_goes_on_counting_over_new_year_until_the_term_ends(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    newSecurityManager(None, system)
    organization.set_term(office.units["tw"], "Khoá XV", date(2027, 6, 1))
    with clock.frozen(datetime(2026, 12, 31, 9, 0, tzinfo=clock.VIETNAM)) as time:
        assert outgoing("issued").number_symbol == "01-CV/TU"
        time.advance(days=1)
        document = outgoing("issued")
        assert (document.number_symbol, period(document)) == ("02-CV/TU", "Khoá XIV")
        time.advance(days=150)
        assert clock.today() == date(2027, 5, 31)
        assert period(outgoing("issued")) == "Khoá XIV"
        time.advance(days=1)
        document = outgoing("issued")
        assert (document.number_symbol, period(document)) == ("01-CV/TU", "Khoá XV")


def test_a_unit_of_the_state_begins_again_with_the_year_and_writes_numbers_its_way(
    office: Office, outgoing: Outgoing
) -> None:
    newSecurityManager(None, system)
    organization.change_unit(office.units["tinh"], regime="state")
    with clock.frozen(datetime(2026, 12, 31, 9, 0, tzinfo=clock.VIETNAM)) as time:
        assert outgoing("issued", type="state.quyet-dinh").number_symbol == "01/QĐ-TU"
        assert outgoing("issued", type="state.cong-van").number_symbol == "01/TU"
        time.advance(days=1)
        document = outgoing("issued", type="state.quyet-dinh")
        assert (document.number_symbol, period(document)) == ("01/QĐ-TU", "2027")


def test_the_legal_date_and_not_the_day_of_work_decides_the_period(office: Office, be: Be, outgoing: Outgoing) -> None:
    newSecurityManager(None, system)
    organization.set_term(office.units["tw"], "Khoá XV", date(2026, 11, 24))
    document = outgoing("approved")
    issue_on(date(2026, 11, 23), document, office, be)
    assert period(document) == "Khoá XIV"


def test_without_a_term_no_number_is_given_and_it_is_said_who_enters_one(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    newSecurityManager(None, system)
    organization.add_symbol(office.units["tinh"], "TU", date(2010, 1, 1))
    with pytest.raises(Invalid, match=r"No congress term.*administrator"):
        issue_on(date(2019, 5, 1), outgoing("approved"), office, be)


def test_a_unit_without_a_symbol_on_that_day_gets_no_number(office: Office, be: Be, outgoing: Outgoing) -> None:
    newSecurityManager(None, system)
    organization.change_unit(office.units["tinh"], regime="state")
    with pytest.raises(Invalid, match="issuer symbol"):
        issue_on(date(2019, 5, 1), outgoing("approved"), office, be)


def test_the_symbol_is_the_one_of_the_legal_date_and_stays_when_the_unit_gets_another(
    office: Office, outgoing: Outgoing
) -> None:
    newSecurityManager(None, system)
    before = outgoing("issued")
    organization.add_symbol(office.units["tinh"], "TULS", date(2026, 11, 24))
    assert (before.number_symbol, outgoing("issued").number_symbol) == ("01-CV/TU", "02-CV/TULS")


def test_a_number_typed_after_the_paper_book_is_kept_and_passed_over_later(be: Be, outgoing: Outgoing) -> None:
    assert issue(outgoing("signed"), be, number=2) == "02-CV/TU"
    assert outgoing("issued").number_symbol == "01-CV/TU"
    assert outgoing("issued").number_symbol == "03-CV/TU"


def test_a_number_typed_twice_is_refused_and_the_document_stays_signed(be: Be, outgoing: Outgoing) -> None:
    outgoing("issued")
    second = outgoing("signed")
    with pytest.raises(NumberTaken):
        issue(second, be, number=1)
    assert second.number_symbol == ""


def test_a_recalled_document_keeps_its_number_for_ever(be: Be, outgoing: Outgoing) -> None:
    recalled = outgoing("issued")
    with be("vanthu"):
        operations.recall_document(recalled.UID(), "Sai số liệu")
    assert recalled.number_symbol == "01-CV/TU"
    assert outgoing("issued").number_symbol == "02-CV/TU"


def test_rooms_number_in_the_books_of_their_organ(office: Office, be: Be, outgoing: Outgoing) -> None:
    document = outgoing("issued")
    assert (document.drafting_unit, document.unit) == (office.units["tonghop"], office.units["tinh"])
    with be("vanthu"):
        (shown,) = lists.outgoing_register(office.units["tinh"]).rows
    assert (shown.number, shown.number_symbol, shown.period) == (1, "01-CV/TU", "Khoá XIV")
    assert (shown.signer, shown.recipients, shown.copies) == ("Lê Minh Đức", "Đảng uỷ xã Hoà Bình", 1)
    assert shown.issue_date == date(2026, 11, 24)
