"""Words of PDFs: letters, places, order; pages that are turned, damaged, empty or pictures."""

import io
import unicodedata

import pikepdf
import pytest
from font_source_serif_pro import font_files_ttf
from fpdf import FPDF
from fpdf.enums import TextMode

from party.operations.reading.lines import in_reading_order
from party.operations.reading.lines import rows
from party.operations.reading.model import Page
from party.operations.reading.pages import is_scan
from party.operations.reading.pages import page_count
from party.operations.reading.pages import read_pages
from tests.unit.reading import samples
from tests.unit.reading.letters import draw
from tests.unit.reading.letters import Letter
from tests.unit.reading.typed import line


def sheet() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.add_font("Serif", "", font_files_ttf["SourceSerifPro"])
    pdf.add_font("Serif", "B", font_files_ttf["SourceSerifProBold"])
    pdf.set_font("Serif", "", 14)
    pdf.add_page()
    return pdf


def pages_of(pdf: FPDF) -> list[Page]:
    return read_pages(io.BytesIO(bytes(pdf.output())))


def text_of(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def test_a_word_has_its_text_place_size_and_weight() -> None:
    pdf = sheet()
    pdf.text(72 * 25.4 / 72, 100 * 25.4 / 72, "Số")
    pdf.set_font("Serif", "B", 14)
    pdf.text(100 * 25.4 / 72, 100 * 25.4 / 72, "Khẩn")
    (page,) = pages_of(pdf)
    number, urgent = page.words
    assert (page.number, round(page.width), round(page.height), page.source) == (1, 595, 842, "text")
    assert (number.text, number.weight, urgent.text, urgent.weight) == ("Số", 400, "Khẩn", 700)
    left, top, right, bottom = number.box
    assert left == pytest.approx(72, abs=1)
    assert top < 100 < bottom
    assert 10 < number.size < 25
    assert right < urgent.box[0]


def test_pages_are_counted_and_chosen() -> None:
    pdf = io.BytesIO(draw(samples.CENTRAL))
    assert page_count(pdf) == 2
    pdf.seek(0)
    assert [page.number for page in read_pages(pdf, first=2)] == [2]
    pdf.seek(0)
    assert [page.number for page in read_pages(pdf, last=1)] == [1]
    pdf.seek(0)
    assert read_pages(pdf, first=3) == []


def test_what_is_no_pdf_or_is_locked_has_no_pages() -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw(samples.NOTICE))) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    for content in (b"", b"no PDF", draw(samples.NOTICE)[:600], locked.getvalue()):
        assert read_pages(io.BytesIO(content)) == []
        assert page_count(io.BytesIO(content)) == 0


def test_turned_and_cut_pages_have_the_places_that_are_seen() -> None:
    upright = Letter(**{**vars(samples.TURNED), "turned": 0})
    seen, turned = read_pages(io.BytesIO(draw(upright))), read_pages(io.BytesIO(draw(samples.TURNED)))
    assert [text_of(page) for page in seen] == [text_of(page) for page in turned]
    for one, other in zip(seen, turned, strict=True):
        assert (round(one.width), round(one.height)) == (round(other.width), round(other.height))
        for here, there in zip(one.words, other.words, strict=True):
            assert here.box == pytest.approx(there.box, abs=1)


def test_what_is_cut_off_is_not_on_the_page() -> None:
    pdf = sheet()
    pdf.text(20, 20, "trên")
    pdf.text(20, 280, "dưới")
    cut = io.BytesIO()
    with pikepdf.open(io.BytesIO(bytes(pdf.output()))) as opened:
        opened.pages[0].cropbox = pikepdf.Array([0, 400, 595, 842])
        opened.save(cut)
    (page,) = read_pages(cut)
    assert (text_of(page), round(page.height)) == ("trên", 442)


def test_marks_that_stand_apart_come_to_their_letters() -> None:
    pdf = sheet()
    pdf.text(20, 20, unicodedata.normalize("NFD", "Tỉnh uỷ Đắk Lắk"))
    (page,) = pages_of(pdf)
    assert text_of(page) == "Tỉnh uỷ Đắk Lắk"


def test_columns_are_read_one_after_the_other() -> None:
    left = ["TỈNH ỦY AN GIANG", "VĂN PHÒNG"]
    right = ["ĐẢNG CỘNG SẢN VIỆT NAM", "An Giang, ngày 03 tháng 4 năm 2026"]
    words = []
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        words += line(other, 320, 60 + 20 * at) + line(one, 85, 60 + 20 * at)
    words += line("Thực hiện Kế hoạch công tác năm 2026 của Văn phòng Tỉnh ủy, các đơn vị gửi", 113, 120)
    assert " ".join(word.text for word in in_reading_order(words)) == " ".join(
        [*left, *right, "Thực hiện Kế hoạch công tác năm 2026 của Văn phòng Tỉnh ủy, các đơn vị gửi"]
    )


def test_a_slanted_line_is_one_line() -> None:
    words = line("Thực hiện Kế hoạch công tác năm 2026 của Văn phòng Tỉnh ủy, các đơn vị gửi", 85, 100)
    slanted = [
        type(word)(word.text, (word.box[0], word.box[1] + at * 0.35, word.box[2], word.box[3] + at * 0.35))
        for at, word in enumerate(words)
    ]
    assert [len(row) for row in rows(slanted)] == [len(words)]


def test_words_that_lie_unseen_over_a_picture_are_recognised_ones() -> None:
    pdf = sheet()
    pdf.text_mode = TextMode.INVISIBLE
    for at in range(5):
        pdf.text(20, 20 + 10 * at, "Văn phòng Tỉnh ủy An Giang")
    (page,) = pages_of(pdf)
    assert page.source == "ocr"
    assert not is_scan([page])


def test_pages_with_next_to_no_words_are_pictures() -> None:
    pdf = sheet()
    pdf.text(20, 20, "Ký bởi: Văn phòng Tỉnh ủy")
    assert is_scan(pages_of(pdf))
    assert not is_scan(read_pages(io.BytesIO(draw(samples.NOTICE))))
    assert not is_scan([])


def test_letters_without_a_table_are_no_text() -> None:
    words = line(" ".join(["\ue012\ue044\ue051"] * 40), 85, 100)
    assert is_scan([Page(1, 595, 842, tuple(words))])
