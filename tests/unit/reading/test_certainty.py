"""When a reading is sure of itself, and when it must not be."""

from datetime import date
from typing import Any

import pytest

from party.operations.reading.letter import read
from party.operations.reading.model import Proposal
from party.operations.reading.model import Reading
from tests.unit.reading.known import Office
from tests.unit.reading.typed import letter


BODY = [
    "Thực hiện Chương trình công tác năm 2026, Văn phòng Tỉnh ủy đề nghị các cơ quan, đơn vị quan tâm phối hợp triển khai "
    "thực hiện các nội dung sau đây:",
    "1. Rà soát, thống kê hồ sơ, tài liệu đang lưu giữ tại cơ quan.",
]
PLAIN: dict[str, Any] = {
    "organs": ["TỈNH ỦY AN GIANG", "VĂN PHÒNG"],
    "number": "Số 152-CV/VPTU",
    "subject": "V/v rà soát hồ sơ, tài liệu",
    "dated": "An Giang, ngày 07 tháng 4 năm 2026",
    "body": BODY,
    "foot": ["Nơi nhận:", "- Các cơ quan tham mưu, giúp việc,", "- Lưu Văn phòng Tỉnh ủy."],
    "signature": ["K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Nguyễn Văn Tuấn"],
}


def reading(**changes: Any) -> Reading:
    return read([letter(**{**PLAIN, **changes})], Office())


def best(field: str, **changes: Any) -> Proposal:
    found = reading(**changes).best(field)
    assert found is not None
    return found


def test_a_letter_as_it_should_be_is_certain() -> None:
    unsure = {each.field for each in reading().proposals if each.certainty != "certain"}
    assert unsure == set()


@pytest.mark.parametrize(
    ("dated", "certainty"),
    [
        ("An Giang, ngày 22 tháng 11 năm 2026", "certain"),
        # Office.today is 22/11/2026
        ("An Giang, ngày 23 tháng 11 năm 2026", "doubtful"),
        ("An Giang, ngày 07 tháng 4 năm 1926", "doubtful"),
    ],
)
def test_a_day_to_come_or_long_past_is_doubtful(dated: str, certainty: str) -> None:
    assert best("document_date", dated=dated).certainty == certainty


def test_a_day_that_does_not_exist_is_not_proposed() -> None:
    assert reading(dated="An Giang, ngày 31 tháng 6 năm 2026").best("document_date") is None


@pytest.mark.parametrize(
    ("number", "value", "certainty"),
    [
        ("Số 152-CV/VPTU", "152-CV/VPTU", "certain"),
        ("Số: 152 - CV / VPTU", "152-CV/VPTU", "certain"),
        ("Số 152-CV/VPTU/nb", "152-CV/VPTU/nb", "certain"),
        ("Số 152-XYZ/VPTU", "152-XYZ/VPTU", "likely"),
        # as the State writes it, on a letter of the Party
        ("Số 152/CV-VPTU", "152/CV-VPTU", "likely"),
        ("Số ...-CV/VPTU", "-CV/VPTU", "doubtful"),
    ],
)
def test_a_number_is_certain_in_the_form_of_its_layout(number: str, value: str, certainty: str) -> None:
    found = best("number_symbol", number=number)
    assert (found.value, found.certainty) == (value, certainty)


def test_an_issuer_that_the_office_does_not_have_is_likely() -> None:
    found = best("issuer", organs=["TỈNH ỦY CÀ MAU", "VĂN PHÒNG"], number="Số 152-CV/VPTUCM")
    assert (found.value, found.unit, found.certainty) == ("Văn phòng Tỉnh ủy Cà Mau", "", "likely")


def test_an_issuer_with_the_symbol_of_another_is_likely() -> None:
    found = [each for each in reading(number="Số 152-CV/VPTW").proposals if each.field == "issuer"]
    assert [(each.unit, each.certainty) for each in found] == [("vptu-ag", "likely"), ("vptw", "doubtful")]


def test_a_type_that_its_symbol_denies_is_not_certain() -> None:
    kind = best("type", number="Số 152-TB/VPTU", subject="về rà soát hồ sơ", type_name="BÁO CÁO")
    assert (kind.value, kind.certainty) == ("party.bao-cao", "likely")
    agreed = best("type", number="Số 152-BC/VPTU", subject="về rà soát hồ sơ", type_name="BÁO CÁO")
    assert (agreed.value, agreed.certainty) == ("party.bao-cao", "certain")


@pytest.mark.parametrize(("name", "token"), [("QUYẾT ĐỊNH", "party.quyet-dinh"), ("QUY ĐỊNH", "party.quy-dinh")])
def test_one_symbol_of_two_types_is_told_apart_by_the_name(name: str, token: str) -> None:
    kind = best("type", number="Số 15-QĐ/VPTU", subject="về rà soát hồ sơ", type_name=name)
    assert (kind.value, kind.certainty) == (token, "certain")


def test_a_longer_name_of_a_type_begins_with_the_type() -> None:
    changes = {"number": "Số 15-TB/VPTU", "subject": "của Thường trực Tỉnh ủy", "type_name": "THÔNG BÁO KẾT LUẬN"}
    assert best("type", **changes).value == "party.thong-bao"
    assert best("title", **changes).value == "Kết luận của Thường trực Tỉnh ủy"
    assert best("title", **changes).certainty == "likely"


def test_a_subject_in_capitals_is_written_as_a_sentence() -> None:
    changes = {"number": "Số 57-NQ/TW", "organs": ["BAN CHẤP HÀNH TRUNG ƯƠNG"], "type_name": "NGHỊ QUYẾT"}
    found = best("title", **changes, subject="CỦA BỘ CHÍNH TRỊ")
    assert (found.value, found.certainty) == ("Của Bộ Chính trị", "likely")


@pytest.mark.parametrize(
    ("signature", "title", "name"),
    [
        (["T/M BỘ CHÍNH TRỊ", "TỔNG BÍ THƯ", "Tô Văn Lâm"], "Tổng Bí thư", "Tô Văn Lâm"),
        (["Q. CHÁNH VĂN PHÒNG", "Trần Văn Minh"], "Q. Chánh Văn phòng", "Trần Văn Minh"),
        (["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Trần Văn Minh"], "Chánh Văn phòng", "Trần Văn Minh"),
        (["T/M ĐẢNG ỦY", "BÍ THƯ", "Thiếu tướng Lê Văn Sơn"], "Bí thư", "Lê Văn Sơn"),
        (["GIÁM ĐỐC", "PGS. TS. Đỗ Thị Hòa"], "Giám đốc", "Đỗ Thị Hòa"),
    ],
)
def test_who_signed_as_what(signature: list[str], title: str, name: str) -> None:
    assert best("signer", signature=signature).value == name
    assert best("signer_title", signature=signature).value == title


def test_the_layout_decides_between_the_types_of_party_and_state() -> None:
    state = {
        "heading": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "organs": ["ỦY BAN NHÂN DÂN TỈNH AN GIANG"],
        "number": "Số: 23/UBND-VX",
        "signature": ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phạm Thành Đạt"],
    }
    assert reading(**state).layout == "state"
    assert best("type", **state).value == "state.cong-van"
    assert best("signer_title", **state).value == "Phó Chủ tịch"


def test_who_has_no_family_name_may_be_no_signer() -> None:
    found = best("signer", signature=["CHÁNH VĂN PHÒNG", "Viettel An Giang"])
    assert found.certainty == "likely"


@pytest.mark.parametrize(
    ("stamp", "field", "value"),
    [
        ("MẬT", "level", "secret"),
        ("TỐI MẬT", "level", "top-secret"),
        ("TUYỆT MẬT", "level", "ultra-secret"),
        ("KHẨN", "urgency", "urgent"),
        ("THƯỢNG KHẨN", "urgency", "very_urgent"),
        ("HỎA TỐC", "urgency", "flash"),
    ],
)
def test_stamps(stamp: str, field: str, value: str) -> None:
    found = best(field, number="Số 152-CV/VPTU", subject=stamp)
    assert (found.value, found.certainty) == (value, "certain")


def test_words_about_secrets_are_no_stamp() -> None:
    quiet = reading(
        subject="V/v bảo vệ bí mật nhà nước", body=[*BODY, "Văn bản mật, khẩn được gửi qua hệ thống riêng."]
    )
    assert quiet.best("level") is None
    assert quiet.best("urgency") is None


def test_a_text_with_letters_missing_is_never_certain() -> None:
    # a font without a table for ờ, ủ, ế … gives words without them
    broken = [
        text.replace("ự", "").replace("ệ", "").replace("á", "").replace("ố", "").replace("ơ", "") for text in BODY
    ]
    sure = {each.field for each in reading(body=broken).proposals if each.certainty == "certain"}
    assert sure <= {"type", "issuer", "pages"}


class Forgetful(Office):
    """An office on its first day: it has no units."""

    today = date(2026, 11, 22)

    def unit(self, text: str) -> None:
        return None


def test_without_units_no_issuer_and_no_assignment_is_certain() -> None:
    body = [*BODY, "Các cơ quan gửi báo cáo trước ngày 30/4/2026."]
    read_by = read([letter(**{**PLAIN, "body": body})], Forgetful())
    assert read_by.best("issuer").certainty == "likely"
    assert [each.certainty for each in read_by.assignments] == ["likely"]
