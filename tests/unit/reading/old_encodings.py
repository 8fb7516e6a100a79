"""Writing Vietnamese as it was written before Unicode, to make files that are read again."""

import unicodedata


#: TCVN 5712 VN3: what stands at each place, by the place of the Western letter
TCVN3 = dict(
    zip(
        "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)
_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))

#: ư is the soft hyphen of Western fonts, which programs that lay out text take away: it is put in afterwards
_STAND_IN = "\u00bf"

_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "ùøûõï", strict=True))
_HATS = dict(zip(("", *"\u0301\u0300\u0309\u0303\u0323"), "âáàåãä", strict=True))
_BREVES = dict(zip(("", *"\u0301\u0300\u0309\u0303\u0323"), "êéèúüë", strict=True))
_WHOLE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}

#: fonts of every PDF reader, and the name of the same length that they get
_FONTS = {
    "tcvn3": ((b"/Times-Roman", b"/.VnTime    "), (b"/Times-Bold", b"/.VnTimeH  ")),
    "vni": ((b"/Times-Roman", b"/VNI-Times  "), (b"/Times-Bold", b"/VNI-Times ")),
}


def encode(text: str, encoding: str) -> str:
    """``text`` as the signs of a Western font."""
    return {"tcvn3": _tcvn3, "vni": _vni, "tcvn3-plain": _tcvn3, "vni-plain": _vni}[encoding](text)


def rename_fonts(pdf: bytes, encoding: str) -> bytes:
    """The PDF with the fonts' names of an encoding; an encoding with ``-plain`` keeps the Western names."""
    if encoding.startswith("tcvn3"):
        pdf = pdf.replace(_STAND_IN.encode("latin-1"), b"\xad")
    for old, new in _FONTS.get(encoding, ()):
        pdf = pdf.replace(b"/BaseFont " + old, b"/BaseFont " + new)
    return pdf


def _tcvn3(text: str) -> str:
    # a line in capitals is typed in small letters and drawn by the font of capitals
    whole = text.lower() if text.isupper() else text
    signs = "".join(_CAPITALS.get(each) or TCVN3.get(each.lower(), each) for each in whole)
    return signs.replace("\u00ad", _STAND_IN)


def _vni(text: str) -> str:
    return "".join(map(_vni_letter, text))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _WHOLE:
        sign = _WHOLE[small]
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        tone = next((mark for mark in marks if mark in _TONES), "")
        if "\u0302" in marks:
            sign = base + _HATS[tone]
        elif "\u0306" in marks:
            sign = base + _BREVES[tone]
        else:
            base = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
            sign = base + (_TONES[tone] if tone else "")
    return sign.upper() if letter.isupper() else sign
