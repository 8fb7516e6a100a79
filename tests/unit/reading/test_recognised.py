"""Letters of which the words were recognised, with the mistakes that recognition makes."""

from typing import Any

import pytest

from party.operations.reading.letter import read
from party.operations.reading.model import Reading
from tests.unit.reading.known import Office
from tests.unit.reading.test_certainty import PLAIN
from tests.unit.reading.typed import letter


def reading(**changes: Any) -> Reading:
    return read([letter(**{**PLAIN, "source": "ocr", **changes})], Office())


def test_nothing_is_certain_but_what_a_second_place_confirms() -> None:
    found = reading()
    assert found.source == "ocr"
    assert {each.field for each in found.proposals if each.certainty == "certain"} == {"issuer", "type", "pages"}
    assert found.best("number_symbol").value == "152-CV/VPTU"


@pytest.mark.parametrize(
    ("field", "changes", "value"),
    [
        ("number_symbol", {"number": "Sô 1S2-CV/VPTU"}, "152-CV/VPTU"),
        ("number_symbol", {"number": "S0 I52-CV/VPTU"}, "152-CV/VPTU"),
        ("number_symbol", {"number": "Số 152-GV/VPTU"}, "152-CV/VPTU"),
        ("number_symbol", {"number": "Số 152-QD/VPTU"}, "152-QĐ/VPTU"),
        ("document_date", {"dated": "An Giang, ngảy O7 thảng 4 nãm 2026"}, "2026-04-07"),
        ("document_date", {"dated": "An Giang, ngây 07 tháng 4 nam 2O26"}, "2026-04-07"),
        ("issuing_place", {"dated": "An Giang, ngảy 07 thang 4 năm 2026"}, "An Giang"),
        ("type", {"heading": "ĐANG CỘNG SẲN VIÊT NAM"}, "party.cong-van"),
        ("title", {"subject": "Vív rà soát hồ sơ, tài liệu"}, "V/v rà soát hồ sơ, tài liệu"),
        ("signer_title", {"signature": ["K/T CHANH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Lê An"]}, "Phó Chánh Văn phòng"),
        ("recipients", {"foot": ["Noi nhân:", "- Các cơ quan,", "- Luu Văn phòng."]}, "Các cơ quan"),
        ("type", {"number": "Số 7-BC/VPTU", "subject": "về hồ sơ", "type_name": "BÁO CAO"}, "party.bao-cao"),
    ],
)
def test_the_usual_mistakes(field: str, changes: dict[str, Any], value: str) -> None:
    found = reading(**changes).best(field)
    assert found is not None
    assert found.value == value


def test_the_symbol_stands_in_for_a_name_that_is_not_legible() -> None:
    found = [each for each in reading(organs=["TỈNH ỦY AN GIANG", "Mà Ve Uy"]).proposals if each.field == "issuer"]
    assert [(each.unit, each.certainty) for each in found] == [("vptu-ag", "likely"), ("", "doubtful")]
    other = reading(organs=["TỈNH ỦY CÀ MAU", "VĂN PHÒNG"]).best("issuer")
    assert (other.value, other.unit, other.certainty) == ("Văn phòng Tỉnh ủy Cà Mau", "", "likely")


def test_a_stamp_that_was_recognised_is_to_be_looked_at() -> None:
    found = reading(subject="TỐI MẬT").best("level")
    assert (found.value, found.certainty) == ("top-secret", "likely")


def test_a_recognised_deadline_is_to_be_looked_at() -> None:
    given = reading(body=[*PLAIN["body"], "2. Các cơ quan báo cáo, hoàn thành trước ngày 30/4/2026."]).assignments
    assert [(each.addressee, each.certainty) for each in given] == [("Các cơ quan", "likely")]
