"""An office that knows its units and types, as a reading is checked against it."""

from datetime import date

from party.operations.text.folding import fold


PARTY = (
    *(
        "Nghị quyết",
        "Quyết định",
        "Chỉ thị",
        "Kết luận",
        "Quy chế",
        "Quy định",
        "Thông tri",
        "Hướng dẫn",
        "Thông báo",
        "Báo cáo",
    ),
    *("Kế hoạch", "Quy hoạch", "Chương trình", "Đề án", "Tờ trình", "Công văn", "Biên bản", "Giấy mời"),
)
STATE = (
    *(
        "Nghị quyết",
        "Quyết định",
        "Chỉ thị",
        "Quy chế",
        "Quy định",
        "Thông báo",
        "Hướng dẫn",
        "Chương trình",
        "Kế hoạch",
        "Báo cáo",
    ),
    *("Biên bản", "Tờ trình", "Công điện", "Giấy mời", "Công văn"),
)
#: uid: names and symbols; a symbol that several have is nobody's
UNITS = {
    "vptw": ("Văn phòng Trung ương Đảng", "VPTW"),
    "btctw": ("Ban Tổ chức Trung ương", "BTCTW"),
    "tu-ag": ("Tỉnh ủy An Giang", "TU"),
    "tu-ct": ("Thành ủy Cần Thơ", "TU"),
    "vptu-ag": ("Văn phòng Tỉnh ủy An Giang", "VPTU"),
    "btctu-ag": ("Ban Tổ chức Tỉnh ủy An Giang", "BTCTU"),
    "du-mhh": ("Đảng ủy xã Mỹ Hòa Hưng", "ĐU"),
    "duccq": ("Đảng ủy các cơ quan Đảng Trung ương", "ĐUCCQ"),
    "vpduccq": ("Văn phòng Đảng ủy các cơ quan Đảng Trung ương", "VPĐUCCQ"),
    "ubnd-ag": ("Ủy ban nhân dân tỉnh An Giang", "UBND"),
    "snv-ag": ("Sở Nội vụ tỉnh An Giang", "SNV"),
    "bdtw": ("Cục Bưu điện Trung ương", "CBĐTW"),
    "bcy": ("Ban Cơ yếu Chính phủ", "BCY"),
    "tu-hn": ("Thành ủy Hà Nội", "TU"),
}


class Office:
    """Known by folded names; symbols only where one unit alone has them."""

    today = date(2026, 11, 22)

    def unit(self, text: str) -> tuple[str, str, bool] | None:
        wanted = fold(text)
        for uid, (name, _symbol) in UNITS.items():
            if fold(name) == wanted:
                return uid, name, True
        owners = [uid for uid, (_name, symbol) in UNITS.items() if fold(symbol) == wanted]
        return (owners[0], UNITS[owners[0]][0], True) if len(owners) == 1 else None

    def types(self) -> dict[str, str]:
        both = [("party", name) for name in PARTY] + [("state", name) for name in STATE]
        return {f"{regime}.{fold(name).replace(' ', '-')}": name for regime, name in both}
