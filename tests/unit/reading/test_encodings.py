"""TCVN3 and VNI: the samples are those that everybody knows from the heads of old letters."""

import pytest

from party.operations.reading import encodings
from tests.unit.reading import old_encodings


_ALL = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@pytest.mark.parametrize(
    ("encoding", "written", "text"),
    [
        ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§¶ng Céng s¶n ViÖt Nam", "Đảng Cộng sản Việt Nam"),
        ("tcvn3", "Uû ban nh©n d©n", "Uỷ ban nhân dân"),
        ("tcvn3", "UBND TØNH", "UBND TỈNH"),
        ("vni", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("vni", "Ñaûng uûy", "Đảng ủy"),
    ],
)
def test_what_everybody_has_seen(encoding: encodings.Encoding, written: str, text: str) -> None:
    assert encodings.convert(written, encoding) == text
    assert encodings.by_statistics([*written.split()] * 3) == encoding


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_every_letter_comes_back(encoding: encodings.Encoding) -> None:
    for letter in _ALL:
        written = old_encodings.encode(letter, encoding).replace("¿", "\u00ad")
        assert encodings.convert(written, encoding).lower() == letter
    for letter in _ALL.upper() if encoding == "vni" else "":
        assert encodings.convert(old_encodings.encode(letter, encoding), encoding) == letter


def test_a_font_of_capitals_makes_capitals() -> None:
    assert encodings.convert("v¨n phßng", "tcvn3", capitals=True) == "VĂN PHÒNG"


@pytest.mark.parametrize(
    ("written", "text"),
    # PDF has one sign for the hyphen and the place where TCVN3 has ư
    [
        ("h-íng", "hướng"),
        ("l-u", "lưu"),
        ("Nh-", "Như"),
        ("-u", "ưu"),
        ("-", "-"),
        ("Hµnh-chÝnh", "Hành-chính"),
        ("12-CV/TU", "12-CV/TU"),
    ],
)
def test_the_letter_that_became_a_hyphen_is_found_again(written: str, text: str) -> None:
    assert encodings.convert(written, "tcvn3") == text


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"),
        ("ABCDEF+.VnTimeH", "tcvn3"),
        ("ABCDEF+VnArial", "tcvn3"),
        ("VNI-Times", "vni"),
        ("ABCDEF+VNI-Helve-Bold", "vni"),
        ("TimesNewRomanPSMT", ""),
        ("ABCDEF+SourceSerifPro", ""),
    ],
)
def test_fonts_tell_by_their_names(font: str, encoding: str) -> None:
    assert encodings.by_font(font) == encoding
    assert encodings.draws_capitals(font) == font.endswith("H")


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
        "uỷ ban nhân dân, ủy ban nhân dân, hoà bình, hòa bình, thuở, quý, Đắk Lắk",
        "à á â ã è é ê ì í ò ó ô õ ù ú ý: là, bán, thân, xã, bè, bé, bên, thì, lí",
        "Le père et la mère; déjà vu à Genève; société générale",
        "Only English words here.",
        "",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert encodings.by_statistics(text.split()) == ""
    assert encodings.convert(text, "") == text
