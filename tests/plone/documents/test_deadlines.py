"""The deadline by rule: so many working days after arrival, unless one is typed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.ledger.errors import Invalid
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import slip


Letter = Callable[..., Any]


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def test_without_another_word_it_is_ten_working_days_after_arrival(letter: Letter) -> None:
    # Tuesday the 24th; two weekends lie between
    assert letter().deadline == date(2026, 12, 8)


def test_what_arrives_before_a_weekend_counts_from_monday(letter: Letter) -> None:
    assert letter(arrival_date=date(2026, 11, 21), document_date=None).deadline == date(2026, 12, 4)


def test_a_unit_sets_its_own_number_of_days_and_no_other_units(office: Office, letter: Letter) -> None:
    organization.change_unit(office.units["tinh"], deadline_days=3)
    assert letter().deadline == date(2026, 11, 27)
    assert letter("xa", "vanthu.xa").deadline == date(2026, 12, 8)


def test_holidays_do_not_count_and_a_saturday_that_is_worked_does(office: Office, letter: Letter) -> None:
    organization.change_unit(office.units["tinh"], deadline_days=3)
    organization.set_holiday(date(2026, 11, 26), "Nghỉ bù")
    organization.set_holiday(date(2026, 11, 28), "Làm bù", working=True)
    assert letter().deadline == date(2026, 11, 28)


def test_a_typed_deadline_stays(letter: Letter) -> None:
    assert letter(deadline=date(2026, 11, 25)).deadline == date(2026, 11, 25)


def test_what_is_passed_on_without_a_deadline_has_the_documents_deadline_but_not_for_information(
    office: Office, be: Be, letter: Letter
) -> None:
    document = letter()
    lead, informed = (
        Addressee(unit=office.units["tochuc"]),
        Addressee(unit=office.units["tuyengiao"], capacity="informed"),
    )
    with be("vanthu"):
        sent = operations.transfer(document.UID(), [lead, informed])
    assert [slip(each).deadline for each in sent] == [date(2026, 12, 8), None]


def test_nothing_is_due_before_it_arrived(office, be, pdf):
    with be("vanthu"), pytest.raises(Invalid) as refused:
        operations.register_incoming(
            office.units["tinh"],
            [pdf()],
            title="V/v báo cáo",
            type="party.cong-van",
            issuer="Văn phòng Trung ương Đảng",
            arrival_date=date(2026, 11, 24),
            deadline=date(2026, 11, 23),
        )
    assert refused.value.field == "deadline"
