"""Each trouble of an old register: it is taken as it stands, told, or refused in a sentence."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from party.operations.confidentiality import actor
from party.operations.documents import access
from party.operations.documents import lists
from party.operations.documents import operations as documents
from party.operations.documents.past import operations
from party.operations.documents.past import store
from party.operations.documents.past.store import Import
from party.operations.ledger import clock
from party.operations.ledger import series
from party.operations.ledger.errors import Invalid
from party.operations.organization import operations as organization
from party.operations.reading import encodings
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER
from tests.plone.documents.past.conftest import bring_in
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import lines
from tests.plone.documents.past.conftest import OUTGOING
from tests.plone.documents.past.conftest import said
from tests.plone.documents.past.conftest import sheet
from tests.plone.documents.past.conftest import workbook


def line(number: Any = "1", **other: Any) -> list[Any]:
    """A line of sổ văn bản đến with nothing wrong, but for what is given."""
    values = {
        "arrived": "02/01/2019",
        "number": number,
        "issuer": "Sở Nội vụ",
        "symbol": f"{number}/SNV-VP",
        "day": "02/01/2019",
        "title": "Công văn v/v báo cáo",
        "note": "",
    }
    return list({**values, **other}.values())


def issued(symbol: str, day: Any = "05/03/2021", title: str = "Về việc mời họp", note: str = "") -> list[Any]:
    return [symbol, day, title, "Lê Minh Đức", "Như trên", note]


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_out_of_order_with_letters_double_and_missing_are_taken_as_they_stand(
    office: Office, be: Be, take: Callable[..., Import]
) -> None:
    found = take(
        sheet(
            INCOMING,
            line("7"),
            line("3"),
            line("15a"),
            line("15"),
            line("7", issuer="Sở Tài chính", symbol="88/STC"),
            line("", symbol="5/SNV"),
        )
    )
    with be("vanthu"):
        told = lines(found)
        assert [each.outcome for each in told.values()] == ["taken"] * 4 + ["warned"] * 2
        assert "stands in line ${line} as well" in said(told[6])
        assert told[6].notes[0]["words"]["line"] == "2"
        bring_in(found)
        rows = lists.incoming_register(office.units["tinh"]).rows
        assert {(row.arrival_number, row.arrival_letters) for row in rows} == {
            (7, ""),
            (3, ""),
            (15, "a"),
            (15, ""),
            (0, ""),
        }
        assert len(rows) == 6


def test_a_running_series_goes_on_above_what_was_brought_in(
    office: Office, be: Be, take: Callable[..., Import]
) -> None:
    today = clock.today()
    found = take(sheet(INCOMING, line("40", arrived=today, day=""), line("12", arrived=today, day="")))
    with be("vanthu"):
        assert found.facts["continues"] == [["40", 41]]
        bring_in(found)
        letter = documents.register_incoming(office.units["tinh"], [], **LETTER)
        register = office.registers["tinh"]
        assert series.holder(series.Series(office.units["tinh"], f"arrival:{register}", "2026"), 41) == letter.UID()


def test_a_number_of_the_books_is_refused_with_both_lines(
    office: Office, be: Be, take: Callable[..., Import], letter: Callable[..., Any]
) -> None:
    letter(number=5)
    today = clock.today()
    first = take(sheet(INCOMING, line("9", arrived=today, day="")))
    with be("vanthu"):
        bring_in(first)
    found = take(sheet(INCOMING, line("5", arrived=today, day=""), line("9", arrived=today, symbol="9/X", day="")))
    with be("vanthu"):
        told = lines(found)
        assert [each.outcome for each in told.values()] == ["refused", "refused"]
        assert told[2].notes[0]["words"] == {"number": "5", "day": "24/11/2026", "letter": "15671-CV/VPTW"}
        assert "brought in from line ${line}" in said(told[3])
        assert told[3].notes[0]["words"]["line"] == "2"


def test_a_number_that_was_taken_after_the_check_is_not_taken_again(
    office: Office, be: Be, take: Callable[..., Import], letter: Callable[..., Any]
) -> None:
    found = take(sheet(INCOMING, line("5", arrived=clock.today(), day=""), line("6", arrived=clock.today(), day="")))
    letter(number=5)
    with be("vanthu"):
        bring_in(found)
        told = lines(found)
        assert [each.state for each in told.values()] == ["failed", "done"]
        assert "is in the register already" in said(told[2])


def test_a_number_of_a_document_that_the_person_does_not_read_is_told_without_it(
    office: Office, be: Be, take: Callable[..., Import], letter: Callable[..., Any]
) -> None:
    letter(number=5)
    found = take(sheet(INCOMING, line("5", arrived=clock.today(), day="")), who="quantri")
    with be("quantri"):
        (told,) = lines(found).values()
        assert told.notes[0] == {"id": "Number ${number} is used already in this register.", "words": {"number": "5"}}


def test_a_number_of_a_document_that_was_withdrawn_is_told_without_it(
    office: Office, be: Be, take: Callable[..., Import], letter: Callable[..., Any]
) -> None:
    arrived = letter(number=5)
    with be("vanthu"):
        documents.withdraw_found(arrived.UID(), "Có dấu Mật")
    found = take(sheet(INCOMING, line("5", arrived=clock.today(), day="")))
    with be("vanthu"):
        (told,) = lines(found).values()
        assert told.notes[0] == {"id": "Number ${number} is used already in this register.", "words": {"number": "5"}}


def test_the_same_line_twice_is_taken_once(be: Be, take: Callable[..., Import]) -> None:
    found = take(sheet(INCOMING, line("1"), line("1")))
    with be("vanthu"):
        assert [each.outcome for each in lines(found).values()] == ["taken", "refused"]
        assert said(lines(found)[3]) == "The same line stands in line ${line} already."


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("15671-CV/VPTW", "party.cong-van"),
        ("05-QĐ/TU", "party.quyet-dinh"),
        ("234/BNV-VTLT", "state.cong-van"),
        ("5053-CV/VPTW/nb", "party.cong-van"),
        ("12a-TB/TU", "party.thong-bao"),
        ("63/2026/QĐ-UBND", "state.quyet-dinh"),
    ],
)
def test_a_number_and_symbol_stands_as_it_was_written(
    symbol: str, kind: str, be: Be, take: Callable[..., Import]
) -> None:
    found = take(sheet(OUTGOING, issued(symbol, title="Về việc khác")), direction="outgoing")
    with be("vanthu"):
        (told,) = lines(found).values()
        assert told.plan is not None
        assert (told.plan["fields"]["number_symbol"], told.plan["fields"]["type"]) == (symbol, kind)
        bring_in(found)
        (told,) = lines(found).values()
        assert access.readable(told.object).number_symbol == symbol


def test_one_number_of_two_types_or_terms_is_two_numbers(office: Office, be: Be, take: Callable[..., Import]) -> None:
    found = take(
        sheet(
            OUTGOING, issued("05-QĐ/TU"), issued("05-CV/TU"), issued("05-CV/TU", "05/03/2011"), issued("05-CV/TU/nb")
        ),
        direction="outgoing",
    )
    with be("vanthu"):
        told = lines(found)
        assert [each.outcome for each in told.values()] == ["warned", "taken", "warned", "taken"]
        assert "QĐ may be" in said(told[2])
        assert "No congress term is recorded" in said(told[4])
        bring_in(found)
        assert store.counts(found.id)["done"] == 4


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2/1/2019", date(2019, 1, 2)),
        ("02-01-2019", date(2019, 1, 2)),
        ("ngày 02 tháng 01 năm 2019", date(2019, 1, 2)),
        ("2.1.19", date(2019, 1, 2)),
        ("2/1", date(2019, 1, 2)),
        ("43467", date(2019, 1, 2)),
        ("2019-01-02 00:00:00", date(2019, 1, 2)),
    ],
)
def test_days_are_understood_as_they_are_written(cell: str, day: date, be: Be, take: Callable[..., Import]) -> None:
    found = take(sheet(INCOMING, line(arrived=cell, day="")), mapping=None, name="Sổ đến 2019.csv")
    with be("vanthu"):
        (told,) = lines(found).values()
        assert told.plan is not None, said(told)
        assert told.plan["day"] == day


def test_what_is_written_once_for_several_lines_is_understood(be: Be, take: Callable[..., Import]) -> None:
    found = take(
        sheet(INCOMING, line("1"), line("2", arrived="", issuer="-nt-"), line("3", arrived="nt", issuer="Như trên"))
    )
    with be("vanthu"):
        for told in lines(found).values():
            assert told.plan is not None
            assert (told.plan["day"], told.plan["fields"]["issuer"]) == (date(2019, 1, 2), "Sở Nội vụ")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"arrived": "31/02/2019"}, "is no date"),
        ({"arrived": "01/01/2027", "day": ""}, "lies in the future"),
        ({"arrived": ""}, "The date of arrival is missing."),
        ({"day": "05/01/2019"}, "after the day it arrived"),
        ({"number": "mười lăm"}, "is no arrival number"),
        ({"number": "123456789"}, "is no arrival number"),
        ({"issuer": "", "symbol": ""}, "The issuer is missing."),
        ({"symbol": "", "title": ""}, "The abstract is missing"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why_and_holds_up_no_other(
    wrong: dict[str, Any], sentence: str, be: Be, take: Callable[..., Import]
) -> None:
    found = take(sheet(INCOMING, line(**wrong), line("2", arrived="03/01/2019")))
    with be("vanthu"):
        told = lines(found)
        assert sentence in said(told[2])
        assert [each.outcome for each in told.values()] == ["refused", "taken"]


def test_issuers_are_units_by_name_symbol_or_any_code(office: Office, be: Be, take: Callable[..., Import]) -> None:
    with actor.as_system():
        organization.add_code(office.units["xa"], "000.00.30.H40", "qcvn102", date(2018, 1, 1))
    names = ["Đảng ủy xã Hòa Bình", "VPTW", "A40.02", "000.00.30.H40", "ĐU", "Công ty Điện lực"]
    found = take(sheet(INCOMING, *(line(str(at), issuer=name) for at, name in enumerate(names, 1))))
    units = office.units
    with be("vanthu"):
        told = list(lines(found).values())
        plans = [each.plan["issuer_unit"] for each in told if each.plan]
        assert plans == [units["xa"], units["vptw"], units["tuyengiao"], units["xa"], "", ""]
        assert "Several units" in said(told[4])
        assert told[5].outcome == "taken"


# --- the sheet as a whole ---------------------------------------------------------------------------------------------


def test_a_printed_register_with_its_title_numbered_columns_and_two_rows_of_headings_is_read(
    be: Be, take: Callable[..., Import]
) -> None:
    found = take(
        workbook(
            ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 2019"],
            ["Ngày đến", "Số đến", "Tác giả", "Văn bản", "", "Tên loại và trích yếu nội dung", "Ký nhận"],
            ["", "", "", "Số, ký hiệu", "Ngày tháng", "", ""],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
            [date(2019, 1, 2), 1, "Sở Nội vụ", "1/SNV", date(2019, 1, 2), "Báo cáo năm", "x"],
        ),
        name="so.xlsx",
    )
    with be("vanthu"):
        ((row, told),) = lines(found).items()
        assert row == 5
        assert told.plan is not None
        assert (told.plan["fields"]["type"], told.plan["fields"]["title"]) == ("state.bao-cao", "Báo cáo năm")
        assert told.plan["fields"]["document_date"] == date(2019, 1, 2)


def test_semicolons_and_old_letters_are_read(be: Be, take: Callable[..., Import]) -> None:
    plain = sheet(INCOMING, line(), delimiter=";").getvalue().decode("utf-8-sig")
    places = {encodings.convert(chr(at), "tcvn3"): chr(at) for at in range(0xA1, 0xFF)}
    old = "".join(places.get(each, each) for each in plain)
    found = take(BytesIO(old.encode("latin-1")))
    with be("vanthu"):
        (told,) = lines(found).values()
        assert told.plan is not None, said(told)
        assert told.plan["fields"]["issuer"] == "Sở Nội vụ"


def test_columns_are_guessed_corrected_and_remembered(office: Office, be: Be, take: Callable[..., Import]) -> None:
    headings = ("Vào sổ ngày", "Stt sổ", "Đơn vị phát hành VB", "SKH", "Nội dung", "Lưu")
    row = ["02/01/2019", "1", "Sở Nội vụ", "1/SNV", "Báo cáo", "tủ 3"]
    with be("vanthu"):
        found = operations.take_past_register(office.units["tinh"], "incoming", sheet(headings, row), "so.csv")
        assert found.facts["mapping"]["SKH"] == "number_symbol"
        with pytest.raises(Invalid, match="No column is"):
            operations.check_past_register(found.id)
        meant = {**found.facts["mapping"], "Vào sổ ngày": "arrival_date", "Stt sổ": "arrival_number"}
        meant |= {"Đơn vị phát hành VB": "issuer", "Lưu": "note"}
        with pytest.raises(Invalid, match="Two columns are"):
            operations.check_past_register(found.id, {**meant, "Lưu": "issuer"})
        checked = operations.check_past_register(found.id, meant)
        assert [each.outcome for each in lines(checked).values()] == ["taken"]
        again = operations.take_past_register(office.units["tinh"], "incoming", sheet(headings, row), "so.csv")
        assert again.facts["mapping"] == meant


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"\x00\x01\x02"])
def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(content: bytes, office: Office, be: Be) -> None:
    with be("vanthu"), pytest.raises(Invalid) as refused:
        operations.take_past_register(office.units["tinh"], "incoming", BytesIO(content), "so.xlsx")
    assert refused.value.field == "file"
