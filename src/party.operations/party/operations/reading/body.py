"""What a letter is and what it is about (thể loại, trích yếu): below the number of a Công văn, else in the middle."""

import re
from itertools import pairwise

from party.operations.reading import foot
from party.operations.reading import names
from party.operations.reading.head import stamp
from party.operations.reading.known import Known
from party.operations.reading.lines import Line
from party.operations.reading.matching import begins_like
from party.operations.reading.matching import flat
from party.operations.reading.matching import is_rule
from party.operations.reading.matching import letters
from party.operations.reading.matching import likeness
from party.operations.reading.matching import place
from party.operations.reading.matching import said
from party.operations.reading.model import Proposal
from party.operations.reading.zones import Zones
from party.operations.text.folding import fold
from party.operations.text.symbols import DocumentSymbol


#: symbols that are no initials
_SYMBOLS = {"chuong trinh": ("CTr",), "to trinh": ("TTr",), "quy dinh": ("QĐ", "QyĐ"), "loi keu goi": ("LKG",)}
_PLAIN = "cong van"
_SUBJECT = re.compile(r"^\W*(?:v\s?\W?\s?[/il1|\\]?\s?\W?v|ve viec)(?=[\s:.])[\s:.]*")
#: how texts begin, never subjects
_TEXT = re.compile(
    r"(?:can cu|thuc hien|theo|xet|kinh gui|kinh trinh|dieu 1|phan thu|[ivx]+[.-] |1[.-] |ngay \d|thoi gian qua)\b"
)
#: the name of the type is among the first lines below the head
_FIRST_LINES = 6
#: how far the middle of a line may be from the middle of the text, in points
_CENTRED = 9.0
_MOST_LINES = 7
_LIKE_A_NAME = 0.85


def kind(
    zones: Zones, symbol: DocumentSymbol | None, known: Known, *, recognised: bool
) -> tuple[list[Proposal], Line | None]:
    """``type`` and the line with its printed name; a Công văn has none."""
    types = _of_layout(known.types(), zones.layout or (symbol.regime if symbol else "") or "")
    line, token, exact = _printed(zones.body, types)
    code = symbol.type_symbol if symbol else ""
    if line is not None:
        agrees = bool(code) and code in _codes(types[token])
        contradicts = bool(code) and not agrees
        # a symbol that agrees is the check that recognised letters need
        certainty = "certain" if exact and agrees else "doubtful" if contradicts and not exact else "likely"
        return [Proposal("type", token, line.text, certainty, place([line]))], line
    plain = next((token for token, name in types.items() if fold(name) == _PLAIN), "")
    regular = bool(symbol) and (code == "CV" or (not code and zones.layout == "state"))
    if plain and (regular or any(begins_like(each.text, "Kính gửi") for each in zones.body[:8])):
        certainty = "certain" if code == "CV" or (regular and not recognised) else "likely"
        return [Proposal("type", plain, symbol.text if symbol else "", certainty)], None
    by_code = [token for token, name in types.items() if code and code in _codes(name)]
    return [Proposal("type", token, code, "doubtful") for token in by_code[:2]], None


def title(
    zones: Zones, printed: Line | None, number_at: Line | None, known: Known, *, recognised: bool
) -> list[Proposal]:
    """``title``: the lines below the number, or those below the name of the type and what follows that name on its line."""
    lines, whole = _below_type(zones.body, printed) if printed else _below_number(zones.left, number_at)
    more = _after_name(printed, known) if printed else ""
    capitals = any(line.is_capitals for line in lines)
    text = " ".join([more, *(names.lowered(line.text) if line.is_capitals else line.text for line in lines)]).strip()
    subject = _SUBJECT.match(flat(text))
    value = text[subject.end() :] if subject else text
    value = re.sub(r"^\(|[\s.;,_*-]+$", "", value).strip()
    if not value:
        return []
    begin = "" if not subject else "Về việc " if printed else "V/v "
    value = begin + value if subject else value[0].upper() + value[1:]
    value = names.repaired(value) if recognised else value
    bold = [line.is_bold for line in lines]
    # below the name of a type the weight of the letters says what is subject; below a number, that it begins as it should
    regular = whole and not more and not capitals and (bool(subject) or all(bold)) and not recognised
    where = [printed, *lines] if more and printed else lines
    return [Proposal("title", value, said(where), "certain" if regular else "likely", place(where))]


def text(zones: Zones, printed: Line | None) -> list[Line]:
    """The lines of the body without its heading and without the address."""
    heading = [printed, *_below_type(zones.body, printed)[0]] if printed else []
    before = {id(line) for line in [*heading, *foot.address_lines(zones.body)]}
    return [line for line in zones.body if id(line) not in before and not is_rule(line.text)]


def _of_layout(types: dict[str, str], layout: str) -> dict[str, str]:
    own = {token: name for token, name in types.items() if token.startswith(f"{layout}.")}
    return own or types


def _codes(name: str) -> tuple[str, ...]:
    """Symbols that a type of this name has: its initials but for a few."""
    plain = fold(name)
    return _SYMBOLS.get(plain) or ("".join(word[0].upper() for word in name.split()),)


def _printed(body: list[Line], types: dict[str, str]) -> tuple[Line | None, str, bool]:
    """The line with the name of a type in capitals, its token, and whether it is letter for letter that name."""
    named = {token: name for token, name in types.items() if fold(name) != _PLAIN}
    for line in body[:_FIRST_LINES]:
        if begins_like(line.text, "Kính gửi"):
            break
        if not line.is_capitals:
            continue
        exact = next((token for token, name in named.items() if letters(line.text) == letters(name)), "")
        if exact:
            return line, exact, True
        best = max(named, key=lambda token: likeness(line.text, named[token]), default="")
        if best and likeness(line.text, named[best]) >= _LIKE_A_NAME:
            return line, best, False
        # THÔNG BÁO KẾT LUẬN, CHƯƠNG TRÌNH HÀNH ĐỘNG
        begun = [token for token, name in named.items() if fold(line.text).startswith(f"{fold(name)} ")]
        if begun:
            return line, max(begun, key=lambda token: len(named[token])), True
    return None, "", False


def _after_name(printed: Line, known: Known) -> str:
    """What a line says after the name of a type, in small letters: "kết luận" of THÔNG BÁO KẾT LUẬN."""
    plain = fold(printed.text)
    names_of = [fold(name) for name in known.types().values()]
    if plain in names_of or max((likeness(plain, name) for name in names_of), default=0.0) >= _LIKE_A_NAME:
        return ""
    begun = max((name for name in names_of if plain.startswith(f"{name} ")), key=len, default="")
    return names.lowered(" ".join(printed.text.split()[len(begun.split()) :])) if begun else ""


def _below_number(left: list[Line], number_at: Line | None) -> tuple[list[Line], bool]:
    """The lines of the subject, and whether no others follow them."""
    if number_at is None:
        return [], False
    rest = left[left.index(number_at) + 1 :]
    rest = [line for line in rest if not (is_rule(line.text) or stamp(line) or begins_like(line.text, "Dự thảo"))]
    end = next(
        (
            at
            for at, (before, line) in enumerate(pairwise(rest), 1)
            if line.box[1] - before.box[3] > 1.5 * before.height
        ),
        len(rest),
    )
    return rest[:end], end == len(rest)


def _below_type(body: list[Line], printed: Line) -> tuple[list[Line], bool]:
    """The lines of the subject, and whether what follows them is clearly something else."""
    at = next(at for at, line in enumerate(body) if line is printed)
    left = min(line.box[0] for line in body)
    right = max(line.box[2] for line in body)
    lines: list[Line] = []
    for line in body[at + 1 : at + 1 + _MOST_LINES]:
        if is_rule(line.text) or line.page != printed.page or _begins_text(line, lines, (left + right) / 2):
            return lines, is_rule(line.text) or line.is_bold is False
        if stamp(line) is None:
            lines.append(line)
    return lines, False


def _begins_text(line: Line, before: list[Line], middle: float) -> bool:
    if abs(line.center - middle) > _CENTRED or _TEXT.match(flat(line.text)):
        return True
    if before and line.is_capitals and not before[-1].is_capitals:
        return True
    if before and line.box[1] - before[-1].box[3] > 1.2 * line.height:
        return True
    # the text is drawn lighter than its subject
    return bool(before and before[0].is_bold and line.is_bold is False)
