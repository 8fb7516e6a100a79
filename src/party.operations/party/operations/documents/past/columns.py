"""The columns of old registers (cột của sổ cũ), and the headings by which sheets name them.

Wordings of sổ văn bản đến, sổ văn bản đi (NĐ 30/2020, Phụ lục IV) and of the lists that other systems give out. A heading
that is not known can be given its meaning by hand; the unit's next sheet is then understood.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from party.operations import _
from party.operations.text.folding import search_key


@dataclass(frozen=True)
class Column:
    """One column: its label on the screen and the headings that mean it, parted by semicolons."""

    label: str
    headings: str


_SHARED = {
    "number_symbol": Column(
        _("Number and symbol"),
        "Số, ký hiệu; Số, ký hiệu văn bản; Số và ký hiệu; Số ký hiệu; Số hiệu; Số hiệu văn bản; SKH; Số, ký "
        "hiệu VB; Số/Ký hiệu; Ký hiệu văn bản; Số công văn; Số CV; Số VB; number_symbol",
    ),
    "number": Column(_("Number without the symbol"), "Số văn bản; Số; number"),
    "symbol": Column(_("Symbol without the number"), "Ký hiệu; Kí hiệu; symbol"),
    "type_title": Column(
        _("Type and abstract"),
        "Tên loại và trích yếu nội dung văn bản; Tên loại và trích yếu nội dung; Tên loại và trích yếu; Tên "
        "loại, trích yếu; Loại và trích yếu; Tên loại và trích yếu văn bản",
    ),
    "type": Column(
        _("Document type"),
        "Tên loại; Tên loại văn bản; Loại văn bản; Loại; Thể loại; Thể loại văn bản; Hình thức văn bản; Loại VB; type",
    ),
    "title": Column(
        _("Abstract"),
        "Trích yếu; Trích yếu nội dung; Trích yếu nội dung văn bản; Nội dung trích yếu; Nội dung; Về việc; "
        "Nội dung văn bản; Trích yếu văn bản; title",
    ),
    "signer": Column(_("Signer"), "Người ký; Người kí; Họ tên người ký; Lãnh đạo ký; signer"),
    "urgency": Column(_("Urgency"), "Độ khẩn; Mức độ khẩn; Khẩn; urgency"),
    "level": Column(_("Level"), "Độ mật; Mức độ mật; Mật; Cấp độ mật; level"),
    "pages": Column(_("Pages"), "Số trang; Số tờ; Số trang văn bản; pages"),
    "copies": Column(_("Copies"), "Số lượng bản; Số bản; Số lượng; Số bản phát hành; copies"),
    "note": Column(_("Note"), "Ghi chú; Ghi chú khác; note"),
    "file": Column(
        _("File name"),
        "Tên tệp; Tệp; Tệp đính kèm; Tập tin; Tập tin đính kèm; File; Tên file; File đính kèm; Đường dẫn; Tệp "
        "tin; Tên tệp đính kèm; filename",
    ),
}

INCOMING = {
    "arrival_date": Column(
        _("Date of arrival"),
        "Ngày đến; Ngày, tháng đến; Ngày nhận; Ngày vào sổ; Ngày văn bản đến; Ngày tháng năm đến; Ngày đăng "
        "ký; Ngày tiếp nhận; arrival_date",
    ),
    "arrival_number": Column(
        _("Arrival no."),
        "Số đến; Số văn bản đến; Số vào sổ; Số thứ tự đến; Số công văn đến; Số CV đến; Số đăng ký; arrival_number",
    ),
    "issuer": Column(
        _("Issuer"),
        "Tác giả; Tác giả văn bản; Cơ quan ban hành; Cơ quan, tổ chức ban hành; Đơn vị ban hành; Nơi ban "
        "hành; Nơi gửi; Cơ quan gửi; Đơn vị gửi; Nơi gửi văn bản; Tên cơ quan ban hành; CQ ban hành; issuer",
    ),
    "document_date": Column(
        _("Date of document"),
        "Ngày tháng; Ngày, tháng văn bản; Ngày văn bản; Ngày ban hành; Ngày, tháng, năm; Ngày ký; Ngày VB; "
        "Ngày tháng năm văn bản; Ngày tháng văn bản; Ngày phát hành; document_date",
    ),
    "passed_to": Column(
        _("Unit or person in charge"),
        "Đơn vị hoặc người nhận; Đơn vị/người nhận; Đơn vị, người nhận; Người nhận; Đơn vị nhận; Nơi nhận; "
        "Đơn vị xử lý; Người xử lý; Đơn vị hoặc người nhận văn bản; Chuyển cho; passed_to",
    ),
    "passed_on": Column(_("Passed on"), "Ngày chuyển; Ngày giao; passed_on"),
    "answered_by": Column(
        _("Answered by"),
        "Số, ký hiệu văn bản trả lời; Văn bản trả lời; Số văn bản trả lời; Số ký hiệu VB trả lời; answered_by",
    ),
}

OUTGOING = {
    "issue_date": Column(
        _("Date of issue"),
        "Ngày tháng văn bản; Ngày tháng; Ngày, tháng, năm; Ngày văn bản; Ngày ban hành; Ngày ký; Ngày đi; "
        "Ngày phát hành; Ngày VB; Ngày tháng năm văn bản; Ngày tháng ban hành; issue_date",
    ),
    "recipients": Column(
        _("Recipients"),
        "Nơi nhận; Nơi nhận văn bản; Cơ quan nhận; Đơn vị nhận; Nơi gửi đến; recipients",
    ),
    "kept_by": Column(
        _("Keeper of the copy on file"),
        "Đơn vị, người nhận bản lưu; Đơn vị hoặc người nhận bản lưu; Đơn vị/người nhận bản lưu; Người nhận "
        "bản lưu; Nơi lưu; Bản lưu; kept_by",
    ),
    "drafted_by": Column(_("Drafted by"), "Đơn vị soạn thảo; Người soạn thảo; Đơn vị soạn; drafted_by"),
    "sent_on": Column(_("Sent on"), "Ngày chuyển; Ngày gửi; sent_on"),
}

COLUMNS: Mapping[str, dict[str, Column]] = {
    "incoming": {**INCOMING, **_SHARED},
    "outgoing": {**_SHARED, **OUTGOING},
}

#: what a sheet must have, each a choice of columns
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "incoming": (("arrival_date",), ("type_title", "title"), ("issuer", "number_symbol", "symbol")),
    "outgoing": (("number_symbol", "number"), ("issue_date",), ("type_title", "title")),
}

#: columns of a printed register that hold nothing to keep
_LEFT_OUT = frozenset(
    map(search_key, ("STT", "TT", "Số TT", "Số thứ tự", "Ký nhận", "Ký nhận và đóng dấu", "Dấu bưu điện"))
)


def guess(direction: str, headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """The column that each heading means, "" for one that is left out; no column is meant twice.

    ``remembered`` holds what a person said of a heading (by its folded form); it goes before every guess, but for a
    column of levels that was left out.
    """
    said = {
        heading: remembered[key_of(heading)]
        for heading in headings
        if key_of(heading) in remembered and (remembered[key_of(heading)] or not _names_levels(direction, heading))
    }
    found = {heading: said.get(heading, "") for heading in headings}
    for take in (_exactly, _partly):
        for heading in headings:
            if heading in said or found[heading] or key_of(heading) in _LEFT_OUT:
                continue
            meant = take(direction, key_of(heading))
            if meant and meant not in found.values():
                found[heading] = meant
    return found


def of_levels(direction: str, headings: Sequence[str], mapping: Mapping[str, str]) -> list[int]:
    """The places of the columns that say how secret a line is: by their headings, and by what a person said of them."""
    return [
        at
        for at, heading in enumerate(headings)
        if mapping.get(heading) == "level" or _names_levels(direction, heading)
    ]


def known(direction: str, cells: Sequence[str]) -> int:
    """How many of the cells are headings of such a register."""
    return sum(bool(_exactly(direction, key_of(each))) for each in cells if each)


def missing(direction: str, mapping: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The choices of columns of which the sheet has none."""
    present = set(mapping.values())
    return [choice for choice in REQUIRED[direction] if not present.intersection(choice)]


def key_of(heading: str) -> str:
    """A heading without marks, signs, and the numbers below those of a printed register."""
    return search_key(heading)[:200]


def _names_levels(direction: str, heading: str) -> bool:
    return (_exactly(direction, key_of(heading)) or _partly(direction, key_of(heading))) == "level"


def _exactly(direction: str, key: str) -> str:
    return _HEADINGS[direction].get(key, "")


def _partly(direction: str, key: str) -> str:
    """The column whose longest heading, of two words or more, stands in this one."""
    inside = [each for each in _HEADINGS[direction] if " " in each and f" {each} " in f" {key} "]
    return _HEADINGS[direction][max(inside, key=len)] if inside else ""


_HEADINGS: dict[str, dict[str, str]] = {}
for _direction, _columns in COLUMNS.items():
    for _id, _column in _columns.items():
        for _heading in _column.headings.split(";"):
            _HEADINGS.setdefault(_direction, {}).setdefault(key_of(_heading), _id)
