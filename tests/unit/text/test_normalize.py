import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from party.operations.text.normalize import clean_filename
from party.operations.text.normalize import clean_line
from party.operations.text.normalize import nfc


def test_decomposed_text_becomes_one_code_point_for_each_letter() -> None:
    assert nfc(unicodedata.normalize("NFD", "Uỷ ban Đắk Lắk")) == "Uỷ ban Đắk Lắk"


def test_the_two_styles_of_tones_stay_as_typed() -> None:
    assert nfc("ủy") != nfc("uỷ")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tỉnh uỷ \t Cà\u00a0Mau \r\n", "Tỉnh uỷ Cà Mau"),
        ("V/v\u200b báo\ufeff cáo\u00ad", "V/v báo cáo"),
        ("tối\x00 mật\x1b", "tối mật"),
        ("báo cáo\u202efdp.exe", "báo cáofdp.exe"),
        ("dòng một\u2028dòng hai", "dòng một dòng hai"),
        ("hỏng \ud800 nửa", "hỏng nửa"),
        ("", ""),
    ],
)
def test_a_clean_line_has_single_spaces_and_nothing_invisible(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@given(st.text())
def test_a_clean_line_stays_as_it_is(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert line.isprintable()
    assert line == nfc(line)
    line.encode()


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Báo cáo tháng 6.pdf", "Báo cáo tháng 6.pdf"),
        (unicodedata.normalize("NFD", "Quyết định.docx"), "Quyết định.docx"),
        (r"C:\Users\văn thư\Công văn đến.pdf", "Công văn đến.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/mạng chung/thư mục/", "thư mục"),
        ("..", "tep"),
        ("", "tep"),
        (" . .hồ sơ. . ", "hồ sơ"),
        ('a<b>c:"d|e?f*.pdf', "a_b_c__d_e_f_.pdf"),
        ("con.tài liệu.pdf", "_con.tài liệu.pdf"),
        ("Com1", "_Com1"),
        ("Công.pdf", "Công.pdf"),
        ("tối\x00mật\n.pdf", "tốimật .pdf"),
    ],
)
def test_a_file_name_has_no_path_and_keeps_its_letters(given_name: str, kept: str) -> None:
    assert clean_filename(given_name) == kept


def test_a_long_file_name_keeps_its_extension_and_whole_letters() -> None:
    name = clean_filename("Ư" * 300 + ".pdf", max_bytes=100)
    assert name == "Ư" * 48 + ".pdf"
    name = clean_filename("ế" * 300 + ".pdf", max_bytes=100)
    assert name == "ế" * 32 + ".pdf"


def test_what_follows_a_dot_in_a_sentence_is_no_extension() -> None:
    assert clean_filename("Số 6. " + "Kế hoạch " * 30, max_bytes=16) == "Số 6. Kế ho"


def test_a_limit_without_room_for_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes, not 15"):
        clean_filename("a.pdf", max_bytes=15)


@given(st.text(), st.integers(16, 300))
def test_every_file_name_becomes_a_safe_one(text: str, max_bytes: int) -> None:
    name = clean_filename(text, max_bytes)
    assert 0 < len(name.encode()) <= max_bytes
    assert not set(name) & set('/\\<>:"|?*')
    assert name.isprintable()
    assert name == name.strip(" .")
    assert clean_filename(name, max_bytes) == name
