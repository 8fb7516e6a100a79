"""The registers: filters, order, pages, and what goes out of them as sheet and print."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pypdfium2
import pytest
import sqlalchemy as sa
import transaction

from party.operations.confidentiality import actor
from party.operations.documents import lists
from party.operations.documents import many
from party.operations.documents import operations
from party.operations.documents import register_columns
from party.operations.documents import register_print
from party.operations.documents import register_sheet
from party.operations.documents.recipients import Addressee
from party.operations.documents.register_filters import SORTS
from party.operations.documents.register_filters import Wanted
from party.operations.documents.tables import incoming
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.organization import operations as organization
from party.operations.organization.personal import setting
from party.operations.text.collation import sort_key
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER


Letter = Callable[..., Any]

TITLES = (
    "V/v ấn định lịch họp",
    "V/v âm nhạc",
    "V/v đại hội",
    "V/v dân vận",
    "V/v an ninh",
    "V/v ăn mòn",
    "V/v Đảng phí",
)
NUMBERS = ("9-CV/TU", "10-CV/TU", "100-BC/ĐU", "2-QĐ/TW", "15671-CV/VPTW", "21-KH/TU", "3-TB/TU")
ISSUERS = (
    "Đảng uỷ xã Kỳ Sơn",
    "Ban Tổ chức Tỉnh uỷ",
    "Đảng uỷ xã Hoà Bình",
    "Ấp Một",
    "Quân uỷ",
    "Dân quân",
    "Ông Tám",
)


@pytest.fixture
def book(office: Office, letter: Letter) -> list[Any]:
    """Seven letters that differ in everything a register is sorted by."""
    made = []
    for at, (title, number, issuer) in enumerate(zip(TITLES, NUMBERS, ISSUERS, strict=True)):
        deadline = None if at % 3 == 0 else date(2026, 12, 1 + at)
        day = date(2026, 11, 1 + (at * 3) % 7)
        fields = {"title": title, "number_symbol": number, "issuer": issuer, "deadline": deadline, "document_date": day}
        made.append(letter(**fields))
    return made


def shown(office: Office, wanted: Wanted, **more: Any) -> list[str]:
    return [each.title for each in lists.register_page("incoming", office.units["tinh"], wanted, **more).rows]


def test_a_register_is_sorted_in_vietnamese_order(office: Office, be: Be, book: list[Any]) -> None:
    with be("vanthu"):
        assert shown(office, Wanted(sort="title", growing=True)) == sorted(TITLES, key=sort_key)
        assert shown(office, Wanted(sort="title", growing=True))[-3:] == ["V/v dân vận", "V/v đại hội", "V/v Đảng phí"]
        page = lists.register_page("incoming", office.units["tinh"], Wanted(sort="number_symbol", growing=True))
        assert [each.number_symbol for each in page.rows] == sorted(NUMBERS, key=sort_key)
        assert page.rows[0].number_symbol == "2-QĐ/TW"
        page = lists.register_page("incoming", office.units["tinh"], Wanted(sort="issuer"))
        assert [each.issuer for each in page.rows] == sorted(ISSUERS, key=sort_key, reverse=True)


def test_what_has_no_deadline_comes_after_what_has_one(office: Office, be: Be, book: list[Any]) -> None:
    with turn.turn():
        free = [each.UID() for each in book[::3]]
        turn.run(sa.update(incoming).where(incoming.c.uid.in_(free)).values(deadline=None))
    with be("vanthu"):
        page = lists.register_page("incoming", office.units["tinh"], Wanted(sort="deadline", growing=True))
    days = [each.deadline for each in page.rows]
    assert days[:4] == sorted(day for day in days if day)
    assert days[4:] == [None, None, None]


@pytest.mark.parametrize("sort", ["", *SORTS["incoming"]])
@pytest.mark.parametrize("growing", [True, False])
def test_pages_join_without_gap_or_repetition_forwards_and_backwards(
    office: Office, be: Be, book: list[Any], sort: str, growing: bool
) -> None:
    wanted, unit = Wanted(sort=sort, growing=growing), office.units["tinh"]
    with be("vanthu"):
        whole = [each.uid for each in lists.register_page("incoming", unit, wanted).rows]
        pages = [lists.register_page("incoming", unit, wanted, size=3)]
        while pages[-1].following:
            pages.append(lists.register_page("incoming", unit, wanted, pages[-1].following, size=3))
        assert [each.uid for page in pages for each in page.rows] == whole
        assert pages[0].preceding is None
        back = pages[-1]
        for page in reversed(pages[:-1]):
            assert back.preceding is not None
            back = lists.register_page("incoming", unit, wanted, before=back.preceding, size=3)
            assert [each.uid for each in back.rows] == [each.uid for each in page.rows]
            assert back.following == page.following
        assert back.preceding is None


def test_a_page_that_never_was_is_refused(office: Office, be: Be, book: list[Any]) -> None:
    for key in ("x", "2026-01-01_1", "2026-99-99_1_x", "~!_1_2_3"):
        with be("vanthu"), pytest.raises(Invalid):
            lists.register_page("incoming", office.units["tinh"], Wanted(), key)


def test_a_register_is_narrowed_by_state_day_words_and_who_is_in_charge(
    office: Office, be: Be, book: list[Any], time: clock.Frozen
) -> None:
    people, unit = office.people, office.units
    with be("vanthu"):
        operations.transfer(book[0].UID(), [Addressee(person=people["lanhdao"])])
        operations.transfer(book[1].UID(), [Addressee(unit=unit["tonghop"])])
        operations.finish_incoming(book[2].UID(), "Xong")
        assert shown(office, Wanted(state="done")) == [TITLES[2]]
        assert sorted(shown(office, Wanted(state="in_progress"))) == sorted(TITLES[:2])
        assert shown(office, Wanted(charge=f"person:{people['lanhdao']}")) == [TITLES[0]]
        assert shown(office, Wanted(charge=f"unit:{unit['tonghop']}")) == [TITLES[1]]
        assert shown(office, Wanted(until=date(2026, 11, 23))) == []
        assert len(shown(office, Wanted(since=date(2026, 11, 24), until=date(2026, 11, 24)))) == 7
        assert shown(office, Wanted(overdue=True)) == []
        time.advance(days=10)
        assert sorted(shown(office, Wanted(overdue=True))) == sorted((TITLES[1],))
        with pytest.raises(Invalid):
            shown(office, Wanted(charge="nobody"))


def test_what_an_address_says_is_what_was_wanted() -> None:
    wanted = Wanted(state="done", since=date(2026, 1, 2), overdue=True, sort="title", growing=True, text="hạn hán")
    assert Wanted.of(wanted.said()) == wanted
    assert Wanted().said() == {}
    with pytest.raises(Invalid):
        Wanted.of({"since": "hôm qua"})


def test_what_may_not_be_read_stands_in_no_sheet_and_no_print(office: Office, be: Be, book: list[Any]) -> None:
    with be("chuyenvien"):
        assert shown(office, Wanted()) == []
        assert register_columns.lines("incoming", office.units["tinh"], Wanted()) == []
        assert register_columns.lines("incoming", office.units["tinh"], Wanted(), (book[0].UID(),)) == []


def test_a_sheet_has_dates_as_dates_and_texts_as_texts(office: Office, be: Be, book: list[Any], letter: Letter) -> None:
    letter(title='=HYPERLINK("http://x")', number_symbol="+1-CV", issuer="@SUM(1)")
    columns = register_columns.COLUMNS["incoming"]
    with be("vanthu"):
        wanted = Wanted(sort="title", growing=True)
        content = register_sheet.exported("incoming", office.units["tinh"], wanted, columns)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    heads = [cell.value for cell in sheet[3]]
    assert heads[:3] == ["Ngày đến", "Số đến", "Cơ quan ban hành"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == f"A3:{sheet.cell(3, len(columns)).column_letter}11"
    lines = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4)]
    assert len(lines) == 8
    assert all(line["Ngày đến"].is_date and line["Ngày đến"].value.date() == date(2026, 11, 24) for line in lines)
    assert all(cell.data_type != "f" for line in lines for cell in line.values())
    assert '=HYPERLINK("http://x")' in [line["Trích yếu"].value for line in lines]
    assert {line["Số đến"].value for line in lines} == set(range(1, 9))


def test_a_sheet_holds_only_the_lines_that_were_chosen(office: Office, be: Be, book: list[Any]) -> None:
    only = (book[1].UID(), book[4].UID())
    with be("vanthu"):
        content = register_sheet.exported(
            "incoming", office.units["tinh"], Wanted(), register_columns.COLUMNS["incoming"], only
        )
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert {row[7].value for row in sheet.iter_rows(min_row=4)} == {TITLES[1], TITLES[4]}


def test_the_print_has_the_columns_of_the_form_and_every_line(
    office: Office, be: Be, book: list[Any], letter: Letter
) -> None:
    for number in range(60):
        letter(number_symbol=f"{1000 + number}-CV/TU", title=f"V/v triển khai nhiệm vụ số {number} của Ban Thường vụ")
    with be("vanthu"):
        content = register_print.printed("incoming", office.units["tinh"], Wanted(sort="title"))
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    width, height = document[0].get_size()
    assert width > height
    assert len(pages) > 2
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" in pages[0]
    assert "Năm 2026" in pages[0]
    assert "từ số 1 đến số 67" in pages[0]
    for number, page in enumerate(pages, 1):
        said = " ".join(page.split())
        assert all(head in said for head in ("Ngày đến", "Số đến", "Tác giả", "Ký nhận", "Ghi chú", "(10)"))
        assert f"Trang {number}/{len(pages)}" in said
    whole = " ".join(" ".join(pages).split())
    assert all(f"{1000 + number}-CV/TU" in whole for number in range(60))
    assert "Đảng phí" in whole
    document.close()


def test_too_many_lines_for_a_file_are_refused_with_what_to_do(
    office: Office, be: Be, book: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_columns, "MOST", 5)
    with be("vanthu"), pytest.raises(Invalid):
        register_columns.lines("incoming", office.units["tinh"], Wanted())


def test_what_a_person_sets_is_his_alone(office: Office, be: Be) -> None:
    with be("vanthu"):
        organization.remember("register-columns-incoming", ["title"])
        organization.remember("register-columns-incoming", ["title", "state"])
        assert setting("register-columns-incoming") == ["title", "state"]
    with be("lanhdao"):
        assert setting("register-columns-incoming", "none") == "none"
    with be("vanthu"):
        organization.remember("register-columns-incoming", None)
        assert setting("register-columns-incoming") is None


def test_of_many_documents_what_can_be_done_is_done_and_the_rest_is_told(
    committing_office: Office, pdf: Callable[..., Any]
) -> None:
    office = committing_office
    with actor.acting_as(office.people["vanthu"]):
        uids = [
            operations.register_incoming(
                office.units["tinh"], [pdf()], confirm=True, **{**LETTER, "number_symbol": f"{n}-CV"}
            ).UID()
            for n in range(4)
        ]
        operations.finish_incoming(uids[1], "Xong")
        transaction.commit()
        found = many.apply(uids, operations.finish_incoming)
        assert [bool(each.reason) for each in found] == [False, True, False, False]
        assert {items.get(uid).state for uid in uids} == {"done"}
        transaction.commit()
