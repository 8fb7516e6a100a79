"""Papers as they arrive: a letter as a word processor makes it, and the same as a scanner does."""

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
from fpdf import FPDF

from party.operations.demo.letters import Letter
from party.operations.demo.letters import render


A4 = (595.28, 841.89)
NUMBER = "15672-CV/VPTW"
TITLE = "V/v rà soát mã định danh của cơ quan, đơn vị"
TASK = "Đề nghị Tỉnh uỷ Lâm Sơn báo cáo kết quả rà soát, hoàn thành trước ngày 10/12/2026."


def letter(**fields: Any) -> bytes:
    """A letter of the Central Office to the province, as PDF."""
    facts: dict[str, Any] = {
        "type_name": "Công văn",
        "subject": TITLE,
        "number_symbol": NUMBER,
        "issuer": "Văn phòng",
        "superior": "Ban Chấp hành Trung ương",
        "place": "Hà Nội",
        "day": date(2026, 11, 20),
        "paragraphs": ("Thực hiện Kế hoạch số 02-KH/BCĐTW về chuyển đổi số trong các cơ quan đảng.", TASK),
        "to": ("Tỉnh uỷ Lâm Sơn",),
        "copies": ("Như trên", "Lưu Văn phòng"),
        "authority": "K/T CHÁNH VĂN PHÒNG",
        "position": "PHÓ CHÁNH VĂN PHÒNG",
        "signer": "Lâm Phương Thanh",
    }
    return render(Letter(**{**facts, **fields}))


def scan(content: bytes, resolution: int = 200) -> bytes:
    """A PDF as a scanner makes it: a picture for each page and no words."""
    paper = FPDF(unit="pt", format=A4)
    paper.set_margin(0)
    paper.set_auto_page_break(False)
    pdf = pypdfium2.PdfDocument(content)
    try:
        for page in pdf:
            paper.add_page()
            paper.image(page.render(scale=resolution / 72, grayscale=True).to_pil(), 0, 0, *A4)
    finally:
        pdf.close()
    return bytes(paper.output())


def upload(content: bytes, name: str = "Công văn.pdf") -> tuple[BytesIO, str]:
    """What ``files.stage`` takes."""
    return BytesIO(content), name
