"""Whatever names a level is understood or refused, and Tuyệt mật is never taken for a lower one."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from party.operations.confidentiality import levels
from party.operations.ledger.errors import Invalid
from party.operations.text.folding import fold


NAMES = {
    levels.NORMAL: ("", "  ", "normal", "Thường", "thuong", "Không mật", "KHONG MAT"),
    levels.SECRET: ("Mật", "MẬT", "mat", "secret", "SECRET", "C", "c", "(C)", "Độ mật: Mật", "dấu C", "- MẬT -"),
    levels.TOP_SECRET: (
        *("Tối mật", "TOI MAT", "tối  mật", "top-secret", "top_secret", "Top Secret", "B", "b", "[B]", "TốiMật"),
        *("Độ mật: Tối mật", "dấu B"),
    ),
}
REFUSED = (
    *("Tuyệt mật", "TUYỆT MẬT", "tuyet mat", "TUYET MAT", "Tuyệt-mật", "tuyệt_mật", "TuyệtMật", "T U Y Ệ T  M Ậ T"),
    *("ultra-secret", "Ultra Secret", "A", "a", "(A)", "Độ mật: Tuyệt mật", "dấu A", "Tuyệt mật (A)", "mật, tuyệt mật"),
)
UNKNOWN = ("?", "Hoả tốc", "D", "1", "Độ mật", "mật lắm", "Rất mật", "confidential", "mat toi")

#: signs and spaces that stand between letters without changing what is meant
SIGNS = st.text(alphabet=" -_.·\u00a0\u200b\t()", max_size=3)


@pytest.mark.parametrize(("level", "text"), [(level, text) for level, texts in NAMES.items() for text in texts])
def test_a_level_is_known_however_it_is_written(level: str, text: str) -> None:
    for form in ("NFC", "NFD"):
        assert levels.parse(unicodedata.normalize(form, text)) == level


@pytest.mark.parametrize("text", REFUSED)
def test_tuyet_mat_is_refused_with_what_to_do(text: str) -> None:
    for form in ("NFC", "NFD"):
        with pytest.raises(Invalid, match="Tuyệt mật are not handled") as refused:
            levels.parse(unicodedata.normalize(form, text))
        assert refused.value.field == "level"


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_no_level_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="not a confidentiality level"):
        levels.parse(text)


@given(st.text(max_size=40))
def test_any_text_gives_a_level_or_a_sentence(text: str) -> None:
    with suppress(Invalid):
        assert levels.parse(text) in levels.LEVELS


@given(st.lists(SIGNS, min_size=9, max_size=9), st.booleans(), st.booleans(), st.sampled_from(("NFC", "NFD")))
def test_signs_case_and_marks_never_lower_tuyet_mat(signs: list[str], upper: bool, bare: bool, form: str) -> None:
    word = "Tuyệt mật" if not bare else fold("Tuyệt mật")
    letters = word.replace(" ", "")
    text = "".join(sign + letter for sign, letter in zip(signs, letters, strict=False)) + signs[-1]
    with pytest.raises(Invalid, match="Tuyệt mật are not handled"):
        levels.parse(unicodedata.normalize(form, text.upper() if upper else text))


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_stands_around_tuyet_mat_does_not_make_it_less(before: str, after: str) -> None:
    with pytest.raises(Invalid):
        levels.parse(f"{before} tuyệt mật {after}")
