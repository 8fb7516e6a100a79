"""Text without its marks, to compare and to search.

Two styles of placing the tone are in use, also within one document: hòa, hóe, ủy and hoà, hoé, uỷ.
They are different letters for Unicode; without marks they are equal.
"""

import re
import unicodedata


_MARKS = re.compile("[\u0300-\u036f]+")
# Eth and African D look like đ and stand in its place in old documents; none can be decomposed
_D = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})

_NOT_A_WORD = re.compile(r"[\W_]+")
_Y_AS_I = re.compile(r"(?<=[bcdghklmnprstvx])y|(?<=qu)y")


def fold(text: str) -> str:
    """``text`` in lower case, without marks, đ as d, runs of white space as one, none at the ends.

    "Uỷ ban" and "Ủy  ban" are both "uy ban". The letters i and y stay apart: "kỉ" is "ki", "kỷ" is
    "ky".
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return " ".join(bare.lower().translate(_D).split())


def search_key(text: str) -> str:
    """The folded words of ``text``, a space between two, for a column searched with LIKE '%…%'.

    Make the key of the stored text and the key of what the user typed with this function. Beyond
    ``fold``:

    - whatever is no letter or digit parts two words, so "Bà Rịa – Vũng Tàu" finds
      "Bà Rịa-Vũng Tàu", and the key needs no escaping in LIKE (it has neither ``%`` nor ``_``);
      a key may be empty and would then find everything;
    - y directly after a consonant, or after qu, is i: kỷ = kỉ, lý = lí, Mỹ = Mĩ, quý = quí. No two
      Vietnamese words are mixed up by this, as y and i never distinguish them in that place
      (after a vowel they do: tay, tai).

    No rule looks to the right, so the key of the first letters of a text is the beginning of its
    key: what is found by "quyết" is found while it is still "quy".
    """
    return _Y_AS_I.sub("i", _NOT_A_WORD.sub(" ", fold(text)).strip())
