"""What the head of a letter says (phần đầu văn bản): issuer, number and symbol, place and date, urgency and secrecy."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from datetime import timedelta

from party.operations.reading import zones
from party.operations.reading.known import Known
from party.operations.reading.lines import Line
from party.operations.reading.matching import as_number
from party.operations.reading.matching import flat
from party.operations.reading.matching import likeness
from party.operations.reading.matching import place
from party.operations.reading.model import Proposal
from party.operations.reading.syllables import is_syllable
from party.operations.text.symbols import DocumentSymbol
from party.operations.text.symbols import parse_symbol
from party.operations.text.symbols import TYPE_SYMBOLS


#: stamps of urgency and secrecy (dấu độ khẩn, độ mật) with the words of the form; Tuyệt mật is a level that no form of this
#: system takes: it is told all the same, so that the paper is not taken for a normal one
_STAMPS = (
    ("urgency", "flash", ("HOẢ TỐC", "HỎA TỐC", "HỎA TỐC HẸN GIỜ")),
    ("urgency", "very_urgent", ("THƯỢNG KHẨN",)),
    ("urgency", "urgent", ("KHẨN",)),
    ("level", "ultra-secret", ("TUYỆT MẬT",)),
    ("level", "top-secret", ("TỐI MẬT",)),
    ("level", "secret", ("MẬT",)),
)
_MIXED_UP = {
    "G": "C",
    "C": "G",
    "0": "OQ",
    "O": "Q",
    "8": "B",
    "6": "G",
    "1": "T",
    "I": "T",
    "D": "Đ",
    "U": "Ư",
    "Đ": "D",
    "V": "U",
}
_SUBJECT = re.compile(r"\s(?:v\s?[/il1|\\]\s?v|ve viec)\b")
#: a date further back than this in a letter that comes in today is a slip of the pen, or an old letter: both to be looked at
_YEARS_BACK = 30


def symbol(line: Line | None) -> DocumentSymbol | None:
    """The number and symbol that a line of the head says; ``None`` without one."""
    if line is None:
        return None
    label = zones.NUMBER_LABEL.match(flat(line.text))
    rest = line.text[label.end() :] if label else line.text
    subject = _SUBJECT.search(flat(rest))
    return parse_symbol(_with_digits(rest[: subject.start()] if subject else rest))


def number_line(left: list[Line]) -> Line | None:
    """The line with the number: the one that begins with "Số", or with a number and a symbol."""
    found = [line for line in left if zones.has_number(line.text)]
    # a stamp of arrival has a number too, but no symbol
    with_symbol = (line for line in found if (read := symbol(line)) and read.issuer_symbol and read.regime)
    return next(with_symbol, found[0] if found else None)


def number(line: Line | None, read: DocumentSymbol | None, layout: str, *, recognised: bool) -> list[Proposal]:
    """``number_symbol``; sure when it is written as the layout has it and the type is known."""
    if line is None or read is None or not read.text:
        return []
    regular = (
        read.number is not None
        and read.regime == layout
        and bool(read.issuer_symbol)
        and (read.type_symbol in TYPE_SYMBOLS or (layout == "state" and not read.type_symbol))
    )
    certainty = "doubtful" if read.number is None else "certain" if regular and not recognised else "likely"
    return [Proposal("number_symbol", read.text, line.text, certainty, place([line]))]


def repaired(read: DocumentSymbol, unit: str, known: Known) -> DocumentSymbol:
    """A recognised symbol with C for G and the like where that makes a type of it, or the symbol of the issuer ``unit``."""
    kind, organ = read.type_symbol, read.issuer_symbol
    if kind and kind not in TYPE_SYMBOLS:
        kind = next((each for each in _variants(kind) if each in TYPE_SYMBOLS), kind)
    if organ and unit and known.unit(organ) is None:
        organ = next((each for each in _variants(organ) if (known.unit(each) or ("",))[0] == unit), organ)
    if (kind, organ) == (read.type_symbol, read.issuer_symbol):
        return read
    text = read.text.replace(read.type_symbol, kind, 1) if read.type_symbol else read.text
    begin, sign, end = text.rpartition(read.issuer_symbol)
    return replace(read, text=f"{begin}{organ}{end}" if sign else text, type_symbol=kind, issuer_symbol=organ)


def _variants(symbol: str) -> Iterator[str]:
    """A symbol with one letter put right that recognition mixes up."""
    for at, letter in enumerate(symbol):
        for other in _MIXED_UP.get(letter, ""):
            yield symbol[:at] + other + symbol[at + 1 :]
        if letter in _MIXED_UP.get(symbol[at + 1 : at + 2], ""):
            # one letter seen as two: GC for C
            yield symbol[:at] + symbol[at + 1 :]


def dated(line: Line | None, known: Known, *, recognised: bool) -> list[Proposal]:
    """``document_date`` and ``issuing_place`` of the line at the right."""
    if line is None:
        return []
    found = zones.DATE.search(flat(line.text))
    if found is None:
        return []
    proposals = []
    spot = place([line])
    day = _day(found)
    if day is not None:
        usual = timedelta(0) <= known.today - day < timedelta(days=365 * _YEARS_BACK)
        certainty = "doubtful" if not usual else "likely" if recognised else "certain"
        proposals.append(Proposal("document_date", day.isoformat(), line.text, certainty, spot))
    town = line.text[: found.start()].strip(" ,.;_-*")
    if town:
        spelt = all(is_syllable(word) for word in re.split(r"[\s.-]+", town) if word) and town[0].isupper()
        certainty = "certain" if spelt and not recognised else "likely"
        proposals.append(Proposal("issuing_place", town, line.text, certainty, spot))
    return proposals


def stamps(lines: list[Line], *, recognised: bool) -> list[Proposal]:
    """``urgency`` and ``level`` of stamps: words in capitals that stand alone."""
    proposals = []
    for line in lines:
        found = stamp(line)
        if found:
            certainty = "likely" if recognised else "certain"
            proposals.append(Proposal(found[0], found[1], line.text, certainty, place([line])))
    return proposals


def stamp(line: Line) -> tuple[str, str] | None:
    """The field and value of a stamp; ``None`` for a line that is none."""
    bare = re.sub(r"[^\w\s]", " ", line.text).strip()
    if not bare or not bare.isupper() or len(bare.split()) > 4:
        return None
    for field, value, words in _STAMPS:
        if any(likeness(bare, each) >= (0.99 if len(each) < 6 else 0.85) for each in words):
            return field, value
    return None


def _with_digits(text: str) -> str:
    """The number of a symbol with digits where letters were recognised for them: "1567l-CV/VPTW"."""
    first = re.match(r"\s*([^\s/-]+)(?=\s*[-/])", text)
    if not first or not any(each.isdigit() for each in first.group(1)):
        return text
    value = as_number(first.group(1))
    if value is None or first.group(1).isdigit():
        return text
    return f"{value:02}{text[first.end() :]}"


def _day(found: re.Match[str]) -> date | None:
    parts = [as_number(part or "") for part in found.groups()]
    if any(part is None for part in parts):
        return None
    day, month, year = (part or 0 for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None
