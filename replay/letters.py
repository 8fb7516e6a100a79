"""What arrives and what is written (văn bản): a few words and a page of PDF, told apart by a number."""

import random
from typing import Any

from fpdf import FPDF

from party.operations.text.folding import fold


_ABOUT = (
    "báo cáo kết quả sắp xếp tổ chức bộ máy",
    "chuẩn bị đại hội đảng bộ các cấp",
    "triển khai nền tảng số dùng chung",
    "rà soát quy hoạch cán bộ",
    "kiểm tra, giám sát quý II",
    "công tác dân vận ở cơ sở",
    "phòng, chống tham nhũng, lãng phí, tiêu cực",
    "bảo đảm an ninh trật tự",
    "tiếp công dân, giải quyết đơn thư",
    "số hoá hồ sơ, tài liệu lưu trữ",
)
_FROM = ("Sở Nội vụ", "Ban Thường vụ Huyện uỷ", "Ban Thường vụ Đảng uỷ xã", "Văn phòng Uỷ ban nhân dân", "Công an tỉnh")


def arriving(identifier: str) -> dict[str, Any]:
    """Title, type and issuer of a document that arrives."""
    chance = random.Random(identifier)
    title = f"V/v {chance.choice(_ABOUT)} (số {chance.randrange(1, 9999)})"
    return {"title": title, "type": "party.cong-van", "issuer": chance.choice(_FROM)}


def written(identifier: str) -> dict[str, Any]:
    """Title and type of a document that is drafted."""
    chance = random.Random(identifier)
    kind = chance.choice(("party.cong-van", "party.cong-van", "party.bao-cao", "party.thong-bao"))
    return {"title": f"V/v {chance.choice(_ABOUT)}", "type": kind}


def pdf(text: str) -> bytes:
    """A page that says ``text``, without its marks as the fonts that every reader has know none."""
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=13)
    page.multi_cell(0, 8, fold(text))
    return bytes(page.output())


def initials(name: str) -> str:
    """An issuer symbol made of the first letters of a name."""
    return "".join(word[0] for word in name.replace(",", "").split()).upper()
