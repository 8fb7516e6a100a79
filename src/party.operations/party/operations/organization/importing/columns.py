"""The columns of the sheets that are imported (cột của bảng nhập), and the words some of them take.

Headers are read in Vietnamese, with or without accents, or by their id, in any order. Header and words are the form of
a file, not texts of the screen: files written today are read after a label has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from party.operations import _
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import KINDS
from party.operations.organization.vocabularies import REGIMES
from party.operations.organization.vocabularies import SCHEMES
from party.operations.text.folding import search_key


#: a word of a file, by the key of the vocabulary; the first is the one that templates write
Words = Mapping[str, tuple[str, ...]]

KIND_WORDS: Words = {
    "central_committee": ("Ban Chấp hành Trung ương", "Trung ương"),
    "central_body": ("Cơ quan Đảng Trung ương", "Cơ quan Trung ương"),
    "provincial_committee": ("Tỉnh uỷ, thành uỷ", "Tỉnh uỷ", "Thành uỷ"),
    "board": ("Ban", "Ban Đảng", "Cơ quan tham mưu, giúp việc"),
    "office": ("Văn phòng",),
    "party_committee": ("Đảng uỷ",),
    "commune": ("Đảng uỷ xã, phường", "Đảng uỷ xã", "Đảng uỷ phường", "Đảng uỷ đặc khu", "Xã", "Phường", "Đặc khu"),
    "room": ("Phòng",),
}

FUNCTION_WORDS: Words = {
    "leader": ("Lãnh đạo",),
    "office_head": ("Chánh Văn phòng",),
    "clerk": ("Văn thư",),
    "deputy_clerk": ("Văn thư dự phòng", "Văn thư thay thế"),
    "room_head": ("Trưởng phòng",),
    "officer": ("Chuyên viên",),
    "archivist": ("Lưu trữ", "Cán bộ lưu trữ"),
    "unit_admin": ("Quản trị đơn vị", "Quản trị"),
}

REGIME_WORDS: Words = {"party": ("Đảng",), "state": ("Nhà nước",)}

SCHEME_WORDS: Words = {
    "qcvn102": ("QCVN 102:2016",),
    "qd20": ("Quyết định 20/2020", "QĐ 20/2020"),
    "party": ("Cơ quan Đảng",),
    "other": ("Khác",),
}

YES_NO: Words = {"yes": ("Có", "x", "1", "true", "đúng"), "no": ("Không", "0", "false", "sai")}


@dataclass(frozen=True)
class Column:
    """One column: its id, its Vietnamese heading, and what the template shows of it."""

    id: str
    header: str
    example: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    #: what a person who fills in the sheet must know
    hint: str = ""
    words: Words | None = None
    #: labels the same vocabulary has on screen, which are understood too
    labels: Mapping[str, str] | None = None


UNITS = (
    Column(
        "code",
        "Mã định danh",
        "A90.31",
        ("Mã", "Mã đơn vị"),
        hint=_("A code no unit ever had; lines are matched by it."),
    ),
    Column(
        "scheme", "Hệ mã", "", hint=_("Only where it cannot be seen from the code."), words=SCHEME_WORDS, labels=SCHEMES
    ),
    Column("name", "Tên đơn vị", "Đảng uỷ xã Hoà Bình", ("Tên", "Tên cơ quan, đơn vị"), required=True),
    Column("short_name", "Tên gọi tắt", "Xã Hoà Bình", ("Tên ngắn", "Tên viết tắt")),
    Column("kind", "Loại đơn vị", "Đảng uỷ xã, phường", ("Loại",), required=True, words=KIND_WORDS, labels=KINDS),
    Column(
        "parent",
        "Đơn vị cấp trên",
        "A90",
        ("Trực thuộc", "Cấp trên", "Đơn vị trực thuộc"),
        hint=_("Code or exact name, of a unit in the system or in this file; empty for the top."),
    ),
    Column("position", "Thứ tự", "310", ("order", "Số thứ tự"), hint=_("Units are listed in this order, not by name.")),
    Column("symbol", "Ký hiệu", "ĐU", ("Ký hiệu cơ quan ban hành", "Ký hiệu ban hành")),
    Column("regime", "Chế độ văn thư", "Đảng", words=REGIME_WORDS, labels=REGIMES),
    Column(
        "clerk_level_only",
        "Chỉ đến văn thư",
        "Không",
        ("Chỉ làm việc ở cấp văn thư", "Chỉ sử dụng ở cấp văn thư"),
        hint=_("Routes end at the clerk; leaders and officers of this unit do not use the system."),
        words=YES_NO,
    ),
    Column("place", "Địa danh", "Hoà Bình", ("Địa danh ban hành",)),
)

PEOPLE = (
    Column("login", "Tên đăng nhập", "vanthu.hoabinh", ("Tài khoản",), required=True),
    Column("full_name", "Họ và tên", "Nguyễn Thị Mai", ("name", "Họ tên"), required=True),
    Column("unit", "Đơn vị", "A90.31", ("Mã đơn vị", "Tên đơn vị"), required=True, hint=_("Code or exact name.")),
    Column(
        "function",
        "Chức trách",
        "Văn thư",
        ("Chức năng", "Vai trò"),
        required=True,
        words=FUNCTION_WORDS,
        labels=FUNCTIONS,
    ),
    Column("title", "Chức danh", "Chuyên viên", ("Chức vụ",), hint=_("As printed under a signature.")),
    Column("from_day", "Từ ngày", "01/07/2025", ("from", "Ngày bắt đầu"), hint=_("Empty for today.")),
    Column(
        "last_day",
        "Đến hết ngày",
        "",
        ("until", "Đến ngày", "Ngày kết thúc"),
        hint=_("The last day on which the function is held; empty while there is no end."),
    ),
    Column("phone", "Điện thoại", "0200 000 000", ("Số điện thoại",)),
    Column("email", "Thư điện tử", "", ("E-mail", "Mail", "Hộp thư")),
    Column(
        "password",
        "Mật khẩu",
        "",
        hint=_("Empty for a random one, which the report shows once. It is changed at the first login."),
    ),
)

#: by kind of sheet
COLUMNS = {"units": UNITS, "people": PEOPLE}
SHEET_NAMES = {"units": "Đơn vị", "people": "Cán bộ"}

#: columns people add for themselves; they hold nothing of ours
IGNORED = frozenset(map(search_key, ("STT", "TT", "Số TT", "Ghi chú")))


def recognised(kind: str, header: str) -> Column | None:
    """The column that a header names in a sheet of ``kind``, or ``None``."""
    return _BY_HEADER[kind].get(search_key(header))


def column(kind: str, id_: str) -> Column:
    """The column of that id."""
    return next(each for each in COLUMNS[kind] if each.id == id_)


def _headers(kind: str) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for each in COLUMNS[kind]:
        for name in (each.id, each.header, *each.aliases):
            found[search_key(name)] = each
    return found


_BY_HEADER = {kind: _headers(kind) for kind in COLUMNS}
