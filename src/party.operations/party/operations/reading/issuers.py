"""Who wrote a letter (cơ quan ban hành): from the lines above the number to the unit that the office knows."""

import re
from dataclasses import replace

from party.operations.reading import head
from party.operations.reading import names
from party.operations.reading.known import Known
from party.operations.reading.lines import Line
from party.operations.reading.matching import begins_like
from party.operations.reading.matching import flat
from party.operations.reading.matching import is_rule
from party.operations.reading.matching import letters
from party.operations.reading.matching import place
from party.operations.reading.model import Proposal
from party.operations.text.symbols import DocumentSymbol


_COMMITTEE = re.compile(
    r"(?:ban chap hanh |bch )?(?:dang bo|uy ban nhan dan|ubnd|hoi dong nhan dan|tinh uy|thanh uy|huyen uy|dang uy) "
)
_REGION = re.compile(r"(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|dac khu) ")


def find(left: list[Line], number_at: Line | None, known: Known, *, recognised: bool) -> list[Proposal]:
    """``issuer``: the organ above the number, its superior before it, matched to a unit where the office has it."""
    lines = _organ_lines(left, number_at)
    if not lines:
        return []
    superior, organ = _organs(lines)
    read = head.symbol(number_at)
    by_symbol = known.unit(read.issuer_symbol) if read and read.issuer_symbol else None
    spot, words = place(lines), " / ".join(line.text for line in lines)
    for name, whole in [*_candidates(superior, organ), *_by_committee(superior, organ, read)]:
        unit = known.unit(name)
        if unit is None:
            continue
        uid, title, exact = unit
        agrees = by_symbol is not None and by_symbol[0] == uid
        contradicts = by_symbol is not None and by_symbol[2] and not agrees
        sure = exact and whole and (agrees or not recognised) and not contradicts
        found = [Proposal("issuer", title, words, "certain" if sure else "likely", spot, uid)]
        if contradicts and by_symbol is not None:
            found.append(Proposal("issuer", by_symbol[1], words, "doubtful", spot, by_symbol[0]))
        return found
    name = (
        names.in_sentence(_constructed(superior, organ), repaired=True) if recognised else _constructed(superior, organ)
    )
    proposals = [Proposal("issuer", name, words, "likely", spot)]
    if by_symbol is not None and by_symbol[2]:
        # of a name that was recognised wrongly the symbol is the better half, if most of the name is there
        better = recognised and _mostly(by_symbol[1], words)
        first, second = ("doubtful", "likely") if better else ("likely", "doubtful")
        proposals = [
            replace(proposals[0], certainty=first),
            Proposal("issuer", by_symbol[1], words, second, spot, by_symbol[0]),
        ]
    return proposals


def _mostly(name: str, words: str) -> bool:
    """True if most of ``name`` is among ``words``, and all of its proper name, "An Giang"."""
    wanted, found = set(flat(name).split()), set(flat(words).split())
    return len(wanted & found) >= 0.6 * len(wanted) and set(flat(names.proper(name)).split()) <= found


def _organ_lines(left: list[Line], number_at: Line | None) -> list[Line]:
    lines = []
    for line in left:
        if line is number_at:
            break
        if (
            not is_rule(line.text)
            and head.stamp(line) is None
            and not begins_like(line.text, "Dự thảo")
            and len(letters(line.text)) > 1
        ):
            lines.append(line)
    return lines


def _organs(lines: list[Line]) -> tuple[str, str]:
    """Superior and issuer: the issuer is drawn heavy; where that is not known, the last line that begins a name begins it."""
    weights = [line.is_bold for line in lines]
    if any(weights) and not all(weights):
        begin = next(at for at, bold in enumerate(weights) if bold)
    else:
        starts = [
            at for at, line in enumerate(lines) if names.begins_an_organ(_bare([line])) and not _goes_on(lines, at)
        ]
        begin = starts[-1] if starts else 0
    return _bare(lines[:begin]), _bare(lines[begin:])


def _bare(lines: list[Line]) -> str:
    """What lines say, without what is no word: the rule below a name is recognised as signs."""
    words = [word.text for line in lines for word in line.words]
    return " ".join(word for word in words if len(letters(word)) > 1 or word.isdigit())


def _goes_on(lines: list[Line], at: int) -> bool:
    """True of a line that is the rest of the name above it: "TRUNG ƯƠNG", or "BỘ CÔNG AN" below "ĐẢNG ỦY"."""
    text = letters(lines[at].text)
    return at > 0 and (text == "trunguong" or (text.startswith("bo") and letters(lines[at - 1].text) == "danguy"))


def _by_committee(superior: str, organ: str, read: DocumentSymbol | None) -> list[tuple[str, bool]]:
    """The committee of a province by its symbol TU and the name of its Party organisation: its own name may be illegible."""
    found = re.search(r"dang bo (tinh|thanh pho) (.+?)(?: tinh uy| thanh uy|$)", flat(f"{superior} {organ}"))
    if found is None or read is None or read.issuer_symbol != "TU":
        return []
    committee = "Tỉnh ủy" if found.group(1) == "tinh" else "Thành ủy"
    words = f"{superior} {organ}"[found.start(2) : found.end(2)].split()
    return [(f"{committee} {' '.join(words[:count])}", False) for count in range(len(words), 0, -1)]


def _candidates(superior: str, organ: str) -> list[tuple[str, bool]]:
    """Names the issuer may have, the fullest first, and whether a name is all that is printed."""
    if not superior:
        return [(organ, True)]
    found = [f"{organ} {above}" for above in _above(superior)]
    return [*((name, True) for name in dict.fromkeys(found)), (organ, len(organ.split()) > 3)]


def _above(superior: str) -> list[str]:
    """How a superior is called in the name of its part: "ĐẢNG BỘ TỈNH AN GIANG" also "TỈNH AN GIANG" and "AN GIANG"."""
    if letters(superior) == "banchaphanhtrunguong":
        return ["Trung ương Đảng", "Trung ương"]
    organ = _COMMITTEE.match(flat(superior))
    region = superior[organ.end() :] if organ else superior
    kind = _REGION.match(flat(region))
    return [superior, region, region[kind.end() :] if kind else region]


def _constructed(superior: str, organ: str) -> str:
    """The whole name of an issuer that is no unit of the office: parts of an organ are named after it."""
    name = names.in_sentence(organ)
    plain = flat(organ)
    if not superior:
        return name
    if letters(superior) == "banchaphanhtrunguong":
        return f"{name} Trung ương Đảng" if letters(organ) == "vanphong" else f"{name} Trung ương"
    whole, region, place_name = _above(superior)
    if plain in ("tinh uy", "thanh uy", "huyen uy", "dang uy"):
        return f"{name} {names.in_sentence(place_name)}"
    if re.match(r"so\b", plain):
        named = names.in_sentence(region)
        return f"{name} {named[0].lower()}{named[1:]}"
    if re.match(r"(?:van phong|ban|uy ban kiem tra|phong|co quan|trung tam|to)\b", plain):
        return f"{name} {names.in_sentence(whole)}"
    return name
