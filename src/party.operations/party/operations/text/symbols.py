"""Number and symbol of a document (số, ký hiệu), as the Party and as the State write them.

Party  15671-CV/VPTW, 5053-CV/VPTW/nb   number - type / issuer / suffix (Hướng dẫn 05-HD/VPTW)
State  15/QĐ-BNV                        number / type - issuer (Nghị định 30/2020, Phụ lục I, II.3)
       234/BNV-VTLT                     công văn: number / issuer - drafting unit, no type
       63/2026/NĐ-CP, 117/2025/QH15     legal normative documents have the year

Letters arrive with every mixture of these, so reading never fails: what is not understood
stays in ``text``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .folding import fold
from .normalize import clean_line


Regime = Literal["party", "state"]

_PARTY_TYPES = "NQ QĐ CT KL QC TT HD TB TC BC KH QH CTr ĐA PA DA TTr CV BB"
_STATE_TYPES = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL"
_NORMATIVE_TYPES = "NĐ TT TTLT NQLT"

#: Abbreviations that are known to name a type: Hướng dẫn 05-HD/VPTW, Nghị định 30/2020 Phụ lục III, normative documents
#: of the State. An office that uses others gives its own vocabulary to ``parse_symbol``.
TYPE_SYMBOLS = frozenset(f"{_PARTY_TYPES} {_STATE_TYPES} {_NORMATIVE_TYPES}".split())

# documents have all kinds of dashes; some PDF tools make U+00AD of a hyphen and U+00D0 of Đ
_SIGNS = str.maketrans(
    dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u2044\u2215\uff0f\\", "/")
    | {"\u00d0": "Đ", "\u00f0": "đ"}
)
_LABEL = re.compile(r"^(?:số|so)(?:[ ,]*ký hiệu)? ?:?[ .…_]*(?=[0-9/-]|$)", re.IGNORECASE)
_AROUND = re.compile(r" ?([-/]) ?")
_NUMBER = re.compile(r"([0-9]{1,9})(?![0-9])(?:(bis|[a-zđ])(?=[-/]|$))? ?", re.IGNORECASE)
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:/|$)")
_SERIES_SUFFIX = re.compile(r"([^/-]+/[^/]+|[^/]+-[^/]+)/(.+)")
_TWO_GROUPS = re.compile(r"([^/-]*)([/-])(.*)")
_FIRST_WORD = re.compile(r"[^ /-]+")
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class DocumentSymbol:
    """What the printed number and symbol tell; a part that is not there is ``None`` or empty."""

    #: on one line without "Số", dashes and slashes unified, symbols in their usual case, digits as
    #: typed
    text: str
    #: 15671
    number: int | None = None
    #: letters at the number of a document put in later: "a" of 12a, "bis"
    letters: str = ""
    #: of a normative document: 2026 of 63/2026/NĐ-CP
    year: int | None = None
    #: CV, QĐ (which may be Quyết định or Quy định); empty for a công văn of the State
    type_symbol: str = ""
    #: VPTW, BNV
    issuer_symbol: str = ""
    #: the drafting unit or field at the end of a State symbol: VTLT
    drafter: str = ""
    #: nb of 5053-CV/VPTW/nb
    series_suffix: str = ""
    #: a guess by the form alone
    regime: Regime | None = None


def parse_symbol(text: str, types: frozenset[str] = TYPE_SYMBOLS) -> DocumentSymbol:
    """Read a number and symbol in any usual spelling; ``types`` are the known type symbols."""
    line = _clean(text)
    digits, letters, rest = _split_number(line)
    if rest and rest[0] not in "-/":
        # 12CV/TU, 15 QĐ-BNV: the sign after the number was forgotten
        word = _FIRST_WORD.match(rest)
        if not word or not _known_type(word.group(), types):
            return DocumentSymbol(text=line)
        if digits:
            rest = ("-" if rest[word.end() :].startswith("/") else "/") + rest
    elif not digits and len(rest) < 2:
        return DocumentSymbol(text=line)
    sign = rest[:1] if rest[:1] in ("-", "/") else ""
    body = rest.removeprefix(sign)

    year = _YEAR.match(body) if sign == "/" else None
    if year:
        body = body[year.end() :]
    suffixed = _SERIES_SUFFIX.fullmatch(body)
    body, suffix = suffixed.groups() if suffixed else (body, "")
    body = _usual_case(body, types)

    kind, issuer, drafter, regime = _read(sign, body, bool(year), types)
    before = digits + letters + sign + (year.group() if year else "")
    return DocumentSymbol(
        text=before + body + (f"/{suffix}" if suffix else ""),
        number=int(digits) if digits else None,
        letters=letters,
        year=int(year.group(1)) if year else None,
        type_symbol=kind,
        issuer_symbol=issuer,
        drafter=drafter,
        series_suffix=suffix,
        regime=regime,
    )


def match_key(text: str) -> str:
    """A key that all spellings of one number and symbol share, to warn of duplicates.

    Leading zeros, spaces, kinds of dashes, a dash in the place of a slash, case and marks make no
    difference. As marks do not count, 05-ĐA/TU and 05-DA/TU are equal too: compare issuer and date
    beside it. The key of nothing is empty and matches nothing.
    """
    digits, letters, rest = _split_number(_clean(text))
    words = _NOT_A_WORD.sub("", fold(rest))
    if not digits:
        return words and f"|{words}"
    return f"{int(digits)}{fold(letters)}|{words}"


def format_party(number: int, type_symbol: str, issuer_symbol: str, suffix: str = "") -> str:
    """05-BC/CB, 5053-CV/VPTW/nb, 05/TU for a type without a symbol; numbers below 10 have a leading zero.

    (Hướng dẫn 05-HD/VPTW)
    """
    first = "-".join(filter(None, (_printed(number), type_symbol)))
    return "/".join(filter(None, (first, issuer_symbol, suffix)))


def format_state(number: int, type_symbol: str, issuer_symbol: str, drafter: str = "") -> str:
    """15/QĐ-BNV; a công văn has no type symbol: 234/BNV-VTLT.

    Numbers below 10 have a leading zero (Nghị định 30/2020, Phụ lục I, II.3).
    """
    return f"{_printed(number)}/" + "-".join(filter(None, (type_symbol, issuer_symbol, drafter)))


def _printed(number: int) -> str:
    if number < 1:
        raise ValueError(f"A document number is 1 or more, not {number}.")
    return f"{number:02}"


def _clean(text: str) -> str:
    line = _LABEL.sub("", clean_line(text.translate(_SIGNS)))
    return _AROUND.sub(r"\1", line).strip(" .,;:…_")


def _split_number(line: str) -> tuple[str, str, str]:
    """Digits, letters at the number, and what follows with its first sign."""
    found = _NUMBER.match(line)
    if not found:
        return "", "", line
    return found.group(1), (found.group(2) or "").lower(), line[found.end() :]


def _read(sign: str, body: str, has_year: bool, types: frozenset[str]) -> tuple[str, str, str, Regime | None]:
    """Type, issuer, drafter and regime of what stands between the number and the suffix."""
    groups = _TWO_GROUPS.fullmatch(body)
    if not groups:
        if _known_type(body, types):
            return body, "", "", None
        return "", body, "", "state" if sign == "/" and body else None
    head, second, tail = groups.groups()
    is_type = bool(_known_type(head, types))
    if (sign, second) == ("-", "/"):
        return head, tail, "", "party"
    if (sign, second) == ("/", "-"):
        if is_type or has_year:
            issuer, _, drafter = tail.partition("-")
            return head, issuer, drafter, "state"
        return "", head, tail, "state"
    return (head, tail, "", None) if is_type else ("", body, "", None)


def _usual_case(body: str, types: frozenset[str]) -> str:
    """Known types as their vocabulary writes them, symbols typed in small letters as capitals."""
    head, *others = re.split("([/-])", body)
    first = _known_type(head, types) or _capitals(head)
    return first + "".join(map(_capitals, others))


def _capitals(symbol: str) -> str:
    return symbol.upper() if symbol.islower() else symbol


def _known_type(symbol: str, types: frozenset[str]) -> str:
    """The type that ``symbol`` names in the spelling of the vocabulary, or nothing."""
    exact, folded = _spellings(types)
    return exact.get(symbol.lower()) or folded.get(fold(symbol), "")


@lru_cache(maxsize=64)
def _spellings(types: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Types by lower case, and by folded form where only one type has that form (QD is QĐ)."""
    by_fold: dict[str, list[str]] = {}
    for each in types:
        by_fold.setdefault(fold(each), []).append(each)
    unique = {form: found[0] for form, found in by_fold.items() if len(found) == 1}
    return {each.lower(): each for each in types}, unique
