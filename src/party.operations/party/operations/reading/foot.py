"""What the foot of a letter says (phần cuối văn bản): the recipients at the left, the signature at the right."""

import re

from party.operations.reading import names
from party.operations.reading.known import Known
from party.operations.reading.lines import Line
from party.operations.reading.matching import begins_like
from party.operations.reading.matching import flat
from party.operations.reading.matching import is_rule
from party.operations.reading.matching import letters
from party.operations.reading.matching import place
from party.operations.reading.model import Place
from party.operations.reading.model import Proposal


#: T/M, K/T, T/L, Q. of the Party; TM., KT., TL., TUQ. of the State (thẩm quyền ký)
_AUTHORITY = re.compile(r"(?:t ?[/.] ?[ml]|k ?[/.] ?t|t[ml]|kt|tuq|t/uq|q)\b[ .,/]|(?:t/m|k/t|t/l|tm|kt|tl|tuq)\b")
#: acting in a position is one (quyền)
_ACTING = re.compile(r"q[. ]")
_RANK = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|LS|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá)\b[.,]*\s*)+"
)
_ITEM = re.compile(r"^\s*[-–—+•*·]+\s*")
_LABEL = re.compile(r"^\W*(?:n[o0]i nh[a-z]{2,4}|kinh (?:gui|trinh))\s*[:;.,]*\s*")
_AS_ABOVE = re.compile(r"\W*nhu (?:tren|kinh gui|dieu \d+)")
_KEPT = re.compile(r"\W*l[uư]u\b")
_ELECTRONIC = re.compile(r"(?:ky boi|ngay ky|nguoi ky|thoi gian ky|co quan:|email)")


def signature(right: list[Line], *, recognised: bool) -> list[Proposal]:
    """``signer`` and ``signer_title`` of the block at the right."""
    lines = [line for line in right if not is_rule(line.text) and not _ELECTRONIC.match(flat(line.text))]
    titles = _titles(lines)
    if not titles:
        return []
    proposals = []
    below = lines[lines.index(titles[-1]) + 1 :]
    signer = next((line for line in below if names.is_person(_without_rank(line))), None)
    position = _position(titles)
    if signer is not None:
        name = _without_rank(signer)
        sure = names.has_family(name) and bool(position) and not recognised
        proposals.append(Proposal("signer", name, signer.text, "certain" if sure else "likely", place([signer])))
    if position:
        value = names.position(" ".join(line.text for line in position), recognised=recognised)
        sure = signer is not None and names.is_position(value) and not recognised
        words = " / ".join(line.text for line in titles)
        proposals.append(Proposal("signer_title", value, words, "certain" if sure else "likely", place(position)))
    return proposals


def recipients(zones_left: list[Line], body: list[Line], known: Known, *, recognised: bool) -> list[Proposal]:
    """``recipients``, line by line: those of "Kính gửi", then those of "Nơi nhận" but for "Như trên" and the copy kept."""
    address = addressees(body)
    spots = address_lines(body)
    listed = items(zones_left)
    others = [each for each in listed if not _AS_ABOVE.match(flat(each)) and not _KEPT.match(flat(each))]
    found = list(dict.fromkeys([*address, *others]))
    found = [names.repaired(each) for each in found] if recognised else found
    if not found:
        return []
    regular = bool(listed) and any(_KEPT.match(flat(each)) for each in listed) and not recognised
    where = _all(spots, zones_left)
    unit = known.unit(found[0]) if len(found) == 1 else None
    words = "\n".join(line.text for line in [*spots, *zones_left])
    certainty = "certain" if regular else "likely"
    return [Proposal("recipients", "\n".join(found), words, certainty, where, unit[0] if unit else "")]


def addressees(body: list[Line]) -> list[str]:
    """Whom a letter is addressed to (Kính gửi), each without its dash and sign."""
    return items(address_lines(body))


def address_lines(body: list[Line]) -> list[Line]:
    """The lines of "Kính gửi": the one with the label and those of its list."""
    at = next((at for at, line in enumerate(body[:12]) if _is_address(line)), None)
    if at is None:
        return []
    label = body[at]
    page = [line for line in body if line.page == label.page]
    margin = min(line.box[0] for line in page)
    column = _column(label)
    found = [label]
    for line in body[at + 1 :]:
        item = bool(_ITEM.match(line.text))
        if line.page != label.page or (not item and _ends(found[-1].text)):
            break
        if item and line.box[0] < column - 25:
            break
        if not item and (line.box[0] < min(column - 10, margin + 60) or line.box[1] - found[-1].box[3] > line.height):
            break
        found.append(line)
    return found


def items(lines: list[Line]) -> list[str]:
    """The entries of a list: each begins with a dash; what has none goes on where the line before ended."""
    if not lines:
        return []
    dashed = any(_ITEM.match(_unlabelled(line.text)) for line in lines)
    found: list[list[str]] = []
    for line in _by_column(lines):
        text = _unlabelled(line.text)
        if not text or is_rule(text):
            continue
        bare = _ITEM.sub("", text).strip()
        if found and (not _ITEM.match(text) if dashed else not _ends(found[-1][-1])):
            found[-1].append(bare)
        else:
            found.append([bare])
    return [name for name in (" ".join(parts).strip(" ,;.") for parts in found) if letters(name)]


def _by_column(lines: list[Line]) -> list[Line]:
    """Lines of a list in one or two columns: the left column first."""
    starts = sorted(line.box[0] for line in lines)
    second = [line for line in lines if line.box[0] > starts[0] + 70 and _ITEM.match(line.text)]
    if not second or lines[0] in second:
        return lines
    border = min(line.box[0] for line in second) - 5
    left = [line for line in lines if line.box[0] < border]
    return left + [line for line in lines if line.box[0] >= border] if _share_rows(left, second) else lines


def _share_rows(left: list[Line], right: list[Line]) -> bool:
    return any(abs(one.box[1] - other.box[1]) < one.height / 2 for one in left for other in right)


def _unlabelled(text: str) -> str:
    label = _LABEL.match(flat(text))
    return text[label.end() :] if label else text


def _is_address(line: Line) -> bool:
    return begins_like(line.text, "Kính gửi") or begins_like(line.text, "Kính trình")


def _column(label: Line) -> float:
    """Where the list begins: at the first word after the label."""
    after = [word for word in label.words[2:] if letters(word.text) or _ITEM.match(word.text)]
    return after[0].box[0] if after else label.box[2]


def _ends(text: str) -> bool:
    return text.rstrip().endswith((",", ";", ".", ":"))


def _titles(lines: list[Line]) -> list[Line]:
    """Authority and position: the lines in capitals from the first of them on, until the space for the signature."""
    found: list[Line] = []
    for line in lines:
        formal = line.is_capitals or _AUTHORITY.match(flat(line.text)) is not None
        if found and (not formal or line.box[1] - found[-1].box[3] > 2.2 * line.height):
            break
        if formal and (found or _AUTHORITY.match(flat(line.text)) or names.is_position(line.text)):
            found.append(line)
    return found


def _position(titles: list[Line]) -> list[Line]:
    """The signer's own position: what follows the last line with an authority, or all where there is none."""
    last = max((at for at, line in enumerate(titles) if _AUTHORITY.match(flat(line.text))), default=-1)
    if last == len(titles) - 1 and _ACTING.match(flat(titles[last].text)):
        return titles[last:]
    positions = [at for at in range(last + 1, len(titles)) if names.is_position(titles[at].text)]
    # a line below an authority is a position even where its first letter was recognised wrongly
    return titles[positions[0] :] if positions else titles[last + 1 :]


def _without_rank(line: Line) -> str:
    """The name of a signer without ranks and degrees before it."""
    text = line.text.strip(" .,;")
    return _RANK.sub("", text, count=1) if _RANK.match(text) else text


def _all(spots: list[Line], left: list[Line]) -> Place | None:
    return place(left) or place(spots)
