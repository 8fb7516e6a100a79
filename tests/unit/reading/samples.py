"""The letters that are read in tests and measurements: twelve layouts, three files in old encodings."""

from datetime import date

from tests.unit.reading.letters import Letter
from tests.unit.reading.letters import LONG
from tests.unit.reading.samples_party import CENTRAL
from tests.unit.reading.samples_party import COMMUNE
from tests.unit.reading.samples_party import NOTICE
from tests.unit.reading.samples_party import REGULATION
from tests.unit.reading.samples_party import TWO_ORGANS
from tests.unit.reading.samples_party import UNNUMBERED
from tests.unit.reading.samples_special import SECRET
from tests.unit.reading.samples_special import TURNED
from tests.unit.reading.samples_special import TWO_COLUMNS
from tests.unit.reading.samples_special import URGENT
from tests.unit.reading.samples_state import DECISION
from tests.unit.reading.samples_state import STATE_LETTER


def _old(name: str, encoding: str) -> Letter:
    return Letter(
        name=name,
        encoding=encoding,
        superior=("TỈNH ỦY AN GIANG",),
        organ=("VĂN PHÒNG",),
        number="Số 214-CV/VPTU",
        subject="V/v rà soát văn bản lưu trữ",
        dated="An Giang, ngày 18 tháng 8 năm 2003",
        to=("Các đảng ủy trực thuộc Tỉnh ủy",),
        paragraphs=(
            LONG,
            "Đề nghị các đảng ủy trực thuộc Tỉnh ủy gửi danh mục văn bản về Văn phòng Tỉnh ủy trước ngày 30/9/2003.",
        ),
        copies=("Như trên", "Lưu Văn phòng Tỉnh ủy"),
        position=("CHÁNH VĂN PHÒNG",),
        given=(("các đảng ủy trực thuộc Tỉnh ủy", date(2003, 9, 30)),),
        truth={
            "number_symbol": "214-CV/VPTU",
            "document_date": "2003-08-18",
            "issuing_place": "An Giang",
            "issuer": "Văn phòng Tỉnh ủy An Giang",
            "type": "party.cong-van",
            "title": "V/v rà soát văn bản lưu trữ",
            "signer": "Ngô Tấn Phúc",
            "signer_title": "Chánh Văn phòng",
            "recipients": "Các đảng ủy trực thuộc Tỉnh ủy",
            "pages": "1",
        },
    )


LAYOUTS = (
    *(CENTRAL, NOTICE, COMMUNE, TWO_ORGANS, UNNUMBERED, STATE_LETTER),
    *(DECISION, SECRET, URGENT, TWO_COLUMNS, TURNED, REGULATION),
)
OLD_ENCODINGS = (
    _old("tcvn3", "tcvn3"),
    _old("vni", "vni"),
    # fonts under Western names: the text alone tells
    _old("vni-by-statistics", "vni-plain"),
)
