"""Which unit the words of a letter mean: by name, symbol and code, and nearly by name; never one of several."""

from collections.abc import Callable

import pytest

from party.operations.documents.known import Office as Known
from tests.office import Office


@pytest.fixture
def known(office: Office) -> Callable[[str], tuple[str, bool] | None]:
    """Short name of the unit that is meant, and whether it is sure."""
    names = {uid: name for name, uid in office.units.items()}

    def find(text: str) -> tuple[str, bool] | None:
        found = Known().unit(text)
        return None if found is None else (names[found[0]], found[2])

    return find


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Văn phòng Trung ương Đảng", ("vptw", True)),
        ("VĂN PHÒNG  TRUNG ƯƠNG ĐẢNG", ("vptw", True)),
        ("Tỉnh ủy Lâm Sơn", ("tinh", True)),
        ("VPTW", ("vptw", True)),
        ("A40.01", ("tochuc", True)),
        # as Tesseract may read it
        ("Văn phòng Trung ưong Đàng", ("vptw", True)),
        ("Ban Tuyên gỉáo và Dân vậm Tỉnh uỷ", ("tuyengiao", False)),
        # of several none is meant
        ("ĐU", None),
        ("Tỉnh uỷ Lâm Đồng", None),
        ("Đảng uỷ xã Hoà Bình 2", None),
        ("Sở Nội vụ", None),
        ("", None),
    ],
)
def test_a_unit_is_known_by_what_is_its_own(
    text: str, meant: tuple[str, bool] | None, known: Callable[[str], tuple[str, bool] | None]
) -> None:
    assert known(text) == meant


def test_types_are_those_of_the_list(office: Office) -> None:
    types = Known().types()
    assert types["party.cong-van"] == "Công văn"
