"""The font of printed pages (phông chữ bản in): Source Serif, which has every Vietnamese letter, regular and bold."""

import logging

from font_source_serif_pro import font_files_ttf
from fpdf import FPDF


FONT = "SourceSerif"
#: one point in mm
POINT = 25.4 / 72

#: the bold one, for who needs it alone
BOLD = font_files_ttf["SourceSerifProBold"]

# it tells of every step of the making of a font
logging.getLogger("fontTools").setLevel(logging.WARNING)


def add_to(page: FPDF) -> None:
    """Let the pages use :data:`FONT` in the styles "" and "B"."""
    page.add_font(FONT, "", font_files_ttf["SourceSerifPro"])
    page.add_font(FONT, "B", BOLD)
