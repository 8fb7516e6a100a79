import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from party.operations.text.folding import fold
from party.operations.text.folding import search_key


VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
vietnamese_texts = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "  -–/.,5"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cà Mau", "ca mau"),
        ("Uỷ ban", "uy ban"),
        ("Ủy  ban", "uy ban"),
        ("Khánh Hoà", "khanh hoa"),
        ("Khánh Hòa", "khanh hoa"),
        ("ĐẮK LẮK", "dak lak"),
        ("Ðảng uỷ", "dang uy"),  # Eth in the place of Đ
        ("kỉ", "ki"),
        ("kỷ", "ky"),
        (" Nghị\tquyết\u00a0", "nghi quyet"),
        ("15671-CV/VPTW", "15671-cv/vptw"),
        ("", ""),
    ],
)
def test_folded_text_is_small_and_bare(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_all_normal_forms_fold_to_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(vietnamese_texts)
def test_case_makes_no_difference_when_folded(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@given(vietnamese_texts)
def test_folded_vietnamese_is_ascii(text: str) -> None:
    assert fold(text).replace("–", "").isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kỷ niệm", "kỉ niệm"),
        ("lý luận", "lí luận"),
        ("Mỹ Tho", "Mĩ Tho"),
        ("quý I", "quí I"),
        ("công ty", "công ti"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu"),
        ("15671-CV/VPTW", "15671/CV-VPTW"),
        ("“Học tập”", '"học tập"'),
    ],
)
def test_spellings_of_one_word_have_one_search_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tây", "Tai"), ("Thuỷ", "Thui"), ("máy", "mái"), ("tuyên", "tuiên"), ("quay", "quai")],
)
def test_different_words_keep_different_search_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@given(st.text())
def test_a_search_key_needs_no_escaping_and_is_stable(text: str) -> None:
    key = search_key(text)
    assert not set(key) & set("%_\\'")
    assert key == " ".join(key.split())
    assert search_key(key) == key


@given(vietnamese_texts, st.data())
def test_the_first_letters_of_a_text_find_it(text: str, data: st.DataObject) -> None:
    words = text.split()
    tail = " ".join(words[data.draw(st.integers(0, len(words))) :])
    typed = tail[: data.draw(st.integers(0, len(tail)))]
    assert search_key(typed) in search_key(text)
