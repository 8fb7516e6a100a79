"""Units and people from sheets: what is taken, what is refused and with which sentence; a dry run writes nothing."""

import io
import stat
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
import xlsxwriter
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from zope.component.hooks import getSite
from zope.i18n import translate

from party.operations import import_organization as verb
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import events
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization.importing import sheets
from party.operations.organization.importing.columns import COLUMNS
from party.operations.organization.importing.report import Report
from party.operations.organization.importing.templates import template
from party.operations.organization.operations import import_organization
from party.operations.organization.operations import importing
from party.operations.organization.tables import people
from party.operations.organization.tables import units
from tests.office import Office


UNITS = """\
Mã định danh,Tên đơn vị,Tên gọi tắt,Loại đơn vị,Đơn vị cấp trên,Thứ tự,Ký hiệu,Chế độ văn thư,Chỉ đến văn thư,Địa danh
A41,Tỉnh uỷ Sông Lô,Sông Lô,Tỉnh uỷ,Ban Chấp hành Trung ương Đảng,410,TU,Đảng,,Sông Lô
A41.01,Ban Nội chính Tỉnh uỷ,,Ban,A41,10,BNCTU,,,
A41.31,Đảng uỷ xã Ngọc Lĩnh,,Đảng uỷ xã,Tỉnh ủy Sông Lô,310,ĐU,,có,Ngọc Lĩnh
,Phòng Cơ yếu,,Phòng,A41,500,,,,
"""

PEOPLE = """\
Họ và tên;Tên đăng nhập;Chức trách;Đơn vị;Chức danh;Từ ngày;Đến hết ngày;Điện thoại;Thư điện tử
Nông Thị Bích;vanthu.songlo;Văn thư;A40;Chuyên viên;01/07/2026;;0209 111 222;
Nông Thị Bích;vanthu.songlo;Lưu trữ;Tỉnh uỷ Lâm Sơn;;;31/12/2026;;
Hoàng Văn Thụ Em;bithu.kyson;lanh dao;A40.31;Bí thư;2026-07-01;;;em@kyson.vn
"""


@pytest.fixture(autouse=True)
def as_the_command_line(office: Office) -> None:
    newSecurityManager(None, system)


def run(text: str | bytes, name: str = "don-vi.csv", *, apply: bool = False) -> Report:
    content = text if isinstance(text, bytes) else text.encode()
    return import_organization(io.BytesIO(content), name, not apply)


def workbook(**tables: list[list[object]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for title, rows in tables.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def said(message: str) -> str:
    return translate(message, target_language="en")


def problems(report: Report) -> list[tuple[int, str]]:
    return [(each.number, said(problem)) for each in report.lines for problem in each.problems]


def refused(text: str | bytes, name: str = "don-vi.csv") -> str:
    with pytest.raises(Invalid) as caught:
        run(text, name)
    assert caught.value.field == "file"
    return said(caught.value.message)


def everything() -> list[object]:
    tables = (units, people, events)
    return [turn.scalar(sa.select(sa.func.count()).select_from(each)) for each in tables]


def test_units_are_made_with_code_symbol_settings_and_parent(office: Office) -> None:
    report = run(UNITS, apply=True)
    assert report.applied
    assert report.counts == {"created": 4, "changed": 0, "unchanged": 0, "error": 0}
    province = lookup.unit_by_code("a41")
    assert (province.title, province.short_name, province.kind) == (
        "Tỉnh uỷ Sông Lô",
        "Sông Lô",
        "provincial_committee",
    )
    assert province.parent == office.units["tw"]
    assert lookup.symbol_on(province.uid, date(2026, 11, 24)) == "TU"
    commune = lookup.unit_by_code("A41.31")
    assert commune.parent == province.uid
    assert commune.clerk_level_only
    assert lookup.unit_object(commune.uid).place == "Ngọc Lĩnh"
    assert [each.primary_code for each in lookup.codes_of(commune.uid)] == [True]
    room = lookup.search_units("phong co yeu")[0]
    assert (room.parent, room.organ) == (province.uid, province.uid)


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(office: Office) -> None:
    before = everything()
    report = run(UNITS)
    assert not report.applied
    assert [each.outcome for each in report.lines] == ["created"] * 4
    assert [each.number for each in report.lines] == [2, 3, 4, 5]
    assert everything() == before


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    run(UNITS, apply=True)
    before = everything()
    report = run(UNITS, apply=True)
    assert report.counts == {"created": 0, "changed": 0, "unchanged": 4, "error": 0}
    assert everything()[:2] == before[:2]


def test_what_differs_is_changed_and_empty_cells_change_nothing(office: Office) -> None:
    run(UNITS, apply=True)
    changed = UNITS.replace(",Sông Lô,Tỉnh uỷ,", ",Sông Lô mới,Tỉnh uỷ,").replace("BNCTU", "BNC")
    changed = changed.replace("có,Ngọc Lĩnh", "không,").replace(
        "Tỉnh ủy Sông Lô,310", "Ban Chấp hành Trung ương Đảng,310"
    )
    report = run(changed, apply=True)
    assert [each.outcome for each in report.lines] == ["changed", "changed", "changed", "unchanged"]
    assert [said(each) for each in report.lines[0].changes] == ["Tên gọi tắt: “Sông Lô” → “Sông Lô mới”."]
    commune = lookup.unit_by_code("A41.31")
    assert commune.parent == office.units["tw"]
    assert not commune.clerk_level_only
    assert lookup.unit_object(commune.uid).place == "Ngọc Lĩnh"


def test_a_unit_that_had_no_code_gets_it(office: Office) -> None:
    report = run("ma dinh danh,ten,loai,don vi cap tren\nA40.00.01,Phòng Tổng hợp,Phòng,A40\n", apply=True)
    assert report.lines[0].outcome == "changed"
    assert lookup.unit_by_code("A40.00.01").uid == office.units["tonghop"]


@pytest.mark.parametrize(
    "header",
    [
        "Tên đơn vị,Loại đơn vị,Đơn vị cấp trên,Mã định danh",
        "TEN DON VI,loai don vi,Don vi cap tren,ma dinh danh",
        "name,kind,parent,code",
        "Tên,Loại (*),Trực thuộc,Mã",
    ],
)
def test_columns_are_known_with_and_without_accents_and_by_their_ids(office: Office, header: str) -> None:
    report = run(f"{header}\nĐảng uỷ xã Yên Lãng,Xã,A40,A40.55\n")
    assert report.counts["created"] == 1


def test_letters_of_a_mac_and_rows_above_the_header_are_no_obstacle(office: Office) -> None:
    text = "Danh sách đơn vị trực thuộc,,\n,,\nTên đơn vị,Loại đơn vị,Đơn vị cấp trên\nĐảng uỷ xã Yên Lãng,Xã,A40\n"
    report = run(unicodedata.normalize("NFD", text), apply=True)
    assert report.lines[0].number == 4
    assert lookup.search_units("yen lang")[0].title == "Đảng uỷ xã Yên Lãng"


def test_parents_may_stand_later_in_the_file(office: Office) -> None:
    lines = UNITS.splitlines()
    report = run("\n".join([lines[0], lines[4], lines[2], lines[1]]), apply=True)
    assert report.counts["created"] == 3
    assert lookup.unit_by_code("A41.01").parent == lookup.unit_by_code("A41").uid


def test_people_get_accounts_posts_and_random_passwords_that_the_report_shows(office: Office) -> None:
    report = run(PEOPLE, "can-bo.csv", apply=True)
    assert report.counts["created"] == 3
    clerk = lookup.person_by_login("vanthu.songlo")
    assert (clerk.full_name, clerk.phone, clerk.must_change_password) == ("Nông Thị Bích", "0209 111 222", True)
    held = {each.function: each for each in lookup.posts_of(clerk.id)}
    assert held["clerk"].from_day == date(2026, 7, 1)
    assert held["archivist"].until_day == date(2027, 1, 1)
    rows = report.rows()
    assert [bool(each["password"]) for each in rows] == [True, False, True]
    credentials = {"login": "vanthu.songlo", "password": rows[0]["password"]}
    assert getSite().acl_users.source_users.authenticateCredentials(credentials) is not None


def test_people_again_are_unchanged_and_corrections_are_taken(office: Office) -> None:
    run(PEOPLE, "can-bo.csv", apply=True)
    assert run(PEOPLE, "can-bo.csv").counts["unchanged"] == 3
    corrected = PEOPLE.replace("0209 111 222", "0209 333 444").replace("31/12/2026", "30/11/2026")
    corrected = corrected.replace("Bí thư;", "Phó Bí thư;")
    report = run(corrected, "can-bo.csv", apply=True)
    assert [each.outcome for each in report.lines] == ["changed", "changed", "changed"]
    clerk = lookup.person_by_login("vanthu.songlo")
    assert clerk.phone == "0209 333 444"
    assert {each.until_day for each in lookup.posts_of(clerk.id) if each.function == "archivist"} == {date(2026, 12, 1)}
    leader = lookup.person_by_login("bithu.kyson")
    assert [each.title for each in lookup.posts_of(leader.id)] == ["Phó Bí thư"]
    assert run(corrected, "can-bo.csv").counts["unchanged"] == 3


def test_a_workbook_brings_units_and_the_people_who_serve_in_them(office: Office) -> None:
    content = workbook(
        **{
            "Cán bộ": [
                ["STT", "Tên đăng nhập", "Họ và tên", "Đơn vị", "Chức trách", "Từ ngày"],
                [1, "vanthu.tanlap", "Ma Thị Dung", "Đảng uỷ xã Tân Lập", "Văn thư", date(2026, 7, 1)],
            ],
            "Đơn vị": [
                ["Mã", "Tên", "Loại", "Trực thuộc", "Thứ tự"],
                ["A40.77", "Đảng uỷ xã Tân Lập", "Xã", "A40", 770],
            ],
        }
    )
    report = run(content, "nhap.xlsx", apply=True)
    assert [(each.sheet, each.outcome) for each in report.lines] == [("Đơn vị", "created"), ("Cán bộ", "created")]
    commune = lookup.unit_by_code("A40.77")
    assert [each.full_name for each in lookup.holders(commune.uid, "clerk")] == ["Ma Thị Dung"]
    assert lookup.unit_object(commune.uid).position == 770


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("A41,Tỉnh uỷ Sông Lô,Quận uỷ,A01", "“Quận uỷ” is no value of “Loại đơn vị”. Possible are “Ban Chấp hành"),
        ("A41,Tỉnh uỷ Sông Lô,,A01", "“Loại đơn vị” is missing."),
        ("A41,,Tỉnh uỷ,A01", "Give the unit a name."),
        ("A40,Tỉnh uỷ Sông Lô,Tỉnh uỷ,A01", "Code A40 belongs to Tỉnh uỷ Lâm Sơn."),
        ("A41,Tỉnh uỷ Sông Lô,Tỉnh uỷ,A77", "There is no unit “A77”, neither in the system nor in this file."),
        ("A41,Tỉnh uỷ Sông Lô,Tỉnh uỷ,Trung ương", "There is no unit “Trung ương”"),
    ],
)
def test_a_bad_unit_is_refused_with_the_reason_in_its_line(office: Office, line: str, problem: str) -> None:
    report = run(f"Mã,Tên đơn vị,Loại,Cấp trên\nA42,Tỉnh uỷ Bến Hải,Tỉnh uỷ,A01\n{line}\n", apply=True)
    assert not report.applied
    ((number, found),) = problems(report)
    assert number == 3
    assert found.startswith(problem)
    assert lookup.unit_by_code("A42") is None


def test_bad_settings_are_named_with_their_column(office: Office) -> None:
    header = "Tên,Loại,Cấp trên,Hệ mã,Mã,Thứ tự,Chế độ văn thư,Chỉ đến văn thư,Ký hiệu"
    report = run(f"{header}\nTỉnh uỷ Sông Lô,Tỉnh uỷ,A01,qcvn102,A41,mười,Quân đội,chắc là có,{'Đ' * 31}\n")
    found = " ".join(problem for _number, problem in problems(report))
    for words in ("A41” is not a code", "“mười” in “Thứ tự”", "“Quân đội”", "“chắc là có”", "at most 30 characters"):
        assert words in found


def test_codes_and_names_twice_in_a_file_are_refused(office: Office) -> None:
    text = "Mã,Tên,Loại,Cấp trên\nA41,Tỉnh uỷ Sông Lô,Tỉnh uỷ,A01\na41.,Tỉnh uỷ Bến Hải,Tỉnh uỷ,A01\n"
    text += ",Tỉnh ủy Bến Nghé,Tỉnh uỷ,A01\n,Tỉnh uỷ Bến Nghé,Tỉnh uỷ,A01\nA40,Tỉnh uỷ Lâm Sơn,Tỉnh uỷ,\n"
    text += "A40,Tỉnh uỷ Lâm Sơn,Tỉnh uỷ,\n"
    assert problems(run(text)) == [
        (3, "Code A41 stands in line 2 already."),
        (5, "Tỉnh uỷ Bến Nghé stands in line 4 already."),
        (7, "Tỉnh uỷ Lâm Sơn stands in line 6 already."),
    ]


def test_a_circle_among_new_units_is_shown(office: Office) -> None:
    text = "Mã,Tên,Loại,Cấp trên\nA51,Ban Một,Ban,A53\nA52,Ban Hai,Ban,A51\nA53,Ban Ba,Ban,A52\nA54,Ban Bốn,Ban,A51\n"
    report = run(text, apply=True)
    assert [number for number, _problem in problems(report)] == [2, 3, 4]
    assert problems(report)[0][1] == "The units go in a circle: Ban Một → Ban Ba → Ban Hai → Ban Một."
    assert lookup.unit_by_code("A51") is None


def test_a_unit_is_not_placed_below_a_unit_of_its_own(office: Office) -> None:
    report = run("Mã,Tên,Loại,Cấp trên\nA40,Tỉnh uỷ Lâm Sơn,Tỉnh uỷ,A40.30\n")
    assert problems(report) == [
        (2, "The units go in a circle: Tỉnh uỷ Lâm Sơn → Đảng uỷ xã Hoà Bình → Tỉnh uỷ Lâm Sơn.")
    ]


def test_a_name_that_several_units_have_is_not_guessed_at(office: Office) -> None:
    text = "Mã,Tên,Loại,Cấp trên\nA41,Tỉnh uỷ Sông Lô,Tỉnh uỷ,A01\nA41.01,Ban Tổ chức Tỉnh uỷ,Ban,A41\n"
    run(text, apply=True)
    report = run("Tên,Loại,Cấp trên\nPhòng Cán bộ,Phòng,Ban Tổ chức Tỉnh uỷ\n")
    assert problems(report) == [(2, "2 units are named “Ban Tổ chức Tỉnh uỷ”. Give the code of the one that is meant.")]


def test_nothing_new_is_placed_below_a_closed_unit(office: Office) -> None:
    operations.close_unit(office.units["xa2"], date(2026, 11, 1))
    report = run("Tên,Loại,Cấp trên\nPhòng Một cửa,Phòng,A40.31\n")
    assert problems(report)[0][1].startswith("Đảng uỷ xã Kỳ Sơn was closed on 01/11/2026.")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("vt,Trần Thị A,A40,Văn thư,,,,", "A login has 3 to 80 characters"),
        ("văn thư,Trần Thị A,A40,Văn thư,,,,", "A login has 3 to 80 characters"),
        ("vanthu.moi,,A40,Văn thư,,,,", "Give the person's full name."),
        ("vanthu.moi,Trần Thị A,A77,Văn thư,,,,", "There is no unit “A77”"),
        ("vanthu.moi,Trần Thị A,,Văn thư,,,,", "“Đơn vị” is missing."),
        ("vanthu.moi,Trần Thị A,A40,Lái xe,,,,", "“Lái xe” is no value of “Chức trách”. Possible are “Lãnh đạo”"),
        ("vanthu.moi,Trần Thị A,A40,,,,,", "“Chức trách” is missing."),
        ("vanthu.moi,Trần Thị A,A40,Văn thư,31/02/2026,,,", "“31/02/2026” in “Từ ngày” is no date."),
        ("vanthu.moi,Trần Thị A,A40,Văn thư,,hè 2026,,", "“hè 2026” in “Đến hết ngày” is no date."),
        ("vanthu.moi,Trần Thị A,A40,Văn thư,01/07/2026,30/06/2026,,", "The last day lies before the first."),
        ("vanthu.moi,Trần Thị A,A40,Văn thư,,,khong-phai-thu,", "“khong-phai-thu” is no e-mail address."),
        ("vanthu.moi,Trần Thị A,A40,Văn thư,,,,123", "A password has at least 10 characters"),
        ("vanthu,Trần Thị A,A40,Văn thư,,,,", "Login vanthu belongs to Nguyễn Thị Mai."),
        ("vanthu.dau,Trần Thị A,A40,Văn thư,,,,", "Login vanthu.dau stands in line 2 already, for Lò Thị Đầu."),
        ("vanthu.dau,Lò Thị Đầu,A40,Văn thư,,,,", "vanthu.dau has this function in this unit by line 2 already."),
    ],
)
def test_a_bad_person_is_refused_with_the_reason_in_the_line(office: Office, line: str, problem: str) -> None:
    header = "Tên đăng nhập,Họ và tên,Đơn vị,Chức trách,Từ ngày,Đến hết ngày,Thư điện tử,Mật khẩu"
    report = run(f"{header}\nvanthu.dau,Lò Thị Đầu,A40,Văn thư,,,,\n{line}\n", "can-bo.csv", apply=True)
    ((number, found),) = problems(report)
    assert number == 3
    assert found.startswith(problem)
    assert lookup.person_by_login("vanthu.dau") is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "“don-vi.csv” is empty."),
        (b"  \r\n", "“don-vi.csv” is empty."),
        ("Tên đơn vị,Loại đơn vị\n".encode(), "“don-vi.csv” has no line below its headings."),
        (b"%PDF-1.7 ...", "“don-vi.csv” could not be read as a sheet."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "“don-vi.csv” could not be read as a sheet."),
        (b"PK\x03\x04 not a workbook", "“don-vi.csv” could not be read as a sheet."),
        (b"\xd0\xcf\x11\xe0 old", "“don-vi.csv” is of the old Excel kind (XLS)."),
        ("Tên đơn vị,Loại đơn vị\nTỉnh uỷ".encode("utf-16"), "“don-vi.csv” could not be read as a sheet."),
        ("Tên đơn vị".encode()[:3] + b"\xff\xfe,x\n", "The letters of “don-vi.csv” are not in UTF-8."),
        (
            "Họ tên,Ngày sinh\nTrần A,1/1/1980\n".encode(),
            "CSV: the columns are not known. Found: “Họ tên”, “Ngày sinh”. A sheet of units needs “Tên đơn vị”",
        ),
        (
            "Tên đơn vị,Mã định danh\nTỉnh uỷ,A41\n".encode(),
            "CSV: missing columns: “Loại đơn vị”. Found: “Tên đơn vị”, “Mã định danh”.",
        ),
        (
            "Tên đơn vị,Loại đơn vị,Số biên chế\nTỉnh uỷ,Tỉnh uỷ,70\n".encode(),
            "CSV: columns that are not known: “Số biên chế”. Known are: “Mã định danh”",
        ),
        (
            "Tên đơn vị,Loại đơn vị,Tên\nTỉnh uỷ,Tỉnh uỷ,A\n".encode(),
            "CSV: columns that mean the same: “Tên đơn vị”, “Tên”.",
        ),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_in_one_sentence(office: Office, content: bytes, sentence: str) -> None:
    before = everything()
    assert refused(content).startswith(sentence)
    assert everything() == before


def test_a_file_that_is_too_big_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_BYTES", 1024 * 1024)
    assert refused(b"x" * (1024 * 1024 + 1)) == "“don-vi.csv” is larger than 1 MB."
    monkeypatch.setattr(sheets, "MAX_LINES", 3)
    assert refused(UNITS) == "“don-vi.csv” has 4 lines; at most 3 are taken at once."
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 10)
    assert "was not opened" in refused(workbook(A=[["Tên", "Loại"]]), "don-vi.xlsx")


def test_only_who_administers_a_unit_brings_units_into_it(
    office: Office, be: Callable[[str], AbstractContextManager[None]]
) -> None:
    with be("quantri"):
        own = run("Tên,Loại,Cấp trên\nPhòng Cơ yếu,Phòng,A40\n", apply=True)
        assert own.applied
        report = run("Tên,Loại,Cấp trên\nPhòng Cơ yếu,Phòng,A02\nTỉnh uỷ Sông Lô,Tỉnh uỷ,\n", apply=True)
        assert [number for number, _problem in problems(report)] == [2, 3]
        report = run(PEOPLE.replace("A40;", "A02;"), "can-bo.csv")
        assert [number for number, _problem in problems(report)] == [2]


def test_a_long_file_is_committed_in_batches_and_taken_up_again_after_an_interruption(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed = []
    monkeypatch.setattr(importing, "ONE_TURN", 2)
    monkeypatch.setattr(importing, "BATCH", 3)
    monkeypatch.setattr(importing.transaction, "commit", lambda: committed.append(everything()[0]))
    seen = []
    stream = io.BytesIO(UNITS.encode())
    before = everything()[0]
    import_organization(stream, "don-vi.csv", False, lambda report, done: seen.append((done, len(report.lines))))
    assert seen == [(3, 4), (4, 4)]
    assert committed == [before + 3, before + 4]
    assert run(UNITS, apply=True).counts["unchanged"] == 4


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_template_has_the_columns_and_an_example_that_is_taken(office: Office, kind: str) -> None:
    content = template(kind)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[1]] == [each.header for each in COLUMNS[kind]]
    operations.create_unit("Tỉnh uỷ Minh Hoạ", "provincial_committee", office.units["tw"])
    operations.add_code(lookup.search_units("minh hoa")[0].uid, "A90", "party")
    operations.create_unit("Đảng uỷ xã Hoà Bình", "commune", lookup.unit_by_code("A90").uid)
    operations.add_code(
        lookup.search_units("hoa binh", within=lookup.unit_by_code("A90").uid)[0].uid, "A90.31", "party"
    )
    assert run(content, f"{kind}.xlsx").sound


def test_the_verb_shows_errors_and_writes_the_report_for_its_reader_alone(
    portal: Any, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "can-bo.csv"
    file.write_text(PEOPLE.replace("2026-07-01", "tháng Bảy"), encoding="utf-8-sig")
    assert verb.main(portal, [str(file), "--apply"]) == 1
    assert "Hoàng Văn Thụ Em" in capsys.readouterr().out
    file.write_text(PEOPLE, encoding="utf-8-sig")
    assert verb.main(portal, [str(file)]) == 0
    assert list(tmp_path.iterdir()) == [file]
    assert verb.main(portal, [str(file), "--apply"]) == 0
    (report,) = set(tmp_path.iterdir()) - {file}
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "vanthu.songlo" in report.read_text(encoding="utf-8-sig")
    assert "3/3" in capsys.readouterr().out
    assert verb.main(portal, []) == 2
    assert verb.main(portal, [str(tmp_path / "khong-co.csv")]) == 1
