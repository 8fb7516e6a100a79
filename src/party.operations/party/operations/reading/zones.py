"""The parts of a letter by where they stand (bố cục văn bản): head at the left and right, body, foot at the left and right.

The places are those of Hướng dẫn 36-HD/VPTW and 05-HD/VPTW for the Party and of Nghị định 30/2020/NĐ-CP, Phụ lục I, for the
State; both put the issuer with number and subject at the left, the heading with place and date at the right, the recipients at
the lower left and the signature at the lower right.
"""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from statistics import median

from party.operations.reading.lines import Line
from party.operations.reading.lines import rows
from party.operations.reading.lines import split
from party.operations.reading.matching import begins_like
from party.operations.reading.matching import flat
from party.operations.reading.matching import is_rule
from party.operations.reading.matching import likeness
from party.operations.reading.model import Page
from party.operations.reading.model import Word


#: tiêu đề and quốc hiệu, with the regime that they tell
_HEADINGS = (("state", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("party", "ĐẢNG CỘNG SẢN VIỆT NAM"))
_LIKE_A_HEADING = 0.82
#: "ngày … tháng … năm …" of the head, with room for what was not filled in and what was recognised wrongly
DATE = re.compile(
    # a column recognised together with the other one has single letters between the words
    r"n[gq]a?[vy] ?(?:[^ \d] )?([^ ]{0,3}|[. …_]{0,12}?) ?[ti]h?[aà]ng ?(?:[^ \d] )?([^ ]{0,3}|[. …_]{0,12}?)"
    r" ?n[aă][mn] ?(?:[^ \d] )?([^ ]{4})?"
)
#: the number with its label or without one
NUMBER_LABEL = re.compile(r"^\W*s[o0õöd][.:;,]?(?=[ \d.…_/-]|$)[ :.…_]*")
NUMBER_ALONE = re.compile(r"^\W*\d{1,6} ?[-/] ?[^\W\d]")
#: the head is in the upper part of the first page
_HEAD_HEIGHT = 0.6
#: the number is in one of the first rows
_HEAD_ROWS = 9
#: labels that end the head
_ADDRESS = ("Kính gửi", "Kính trình")
#: how far the middle of a line may be from the middle of its column, in points
_OFF_CENTRE = 45.0
_YEAR_ALONE = re.compile(r"\d{4}[.,]?")
_PAGE_NUMBER = re.compile(r"[-–\s]*\d{1,3}[-–\s]*(?:/\s*\d{1,3})?")
#: words that begin so near to each other begin one column, in points
_SAME_COLUMN = 6.0
#: the signature may begin a little higher than the list of recipients, in points
_SIGNATURE_ABOVE = 40.0


@dataclass
class Zones:
    """Lines of a letter by their zone, each from the top down."""

    #: ``party``, ``state`` or ""
    layout: str = ""
    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    #: the line with place and date
    dated: Line | None = None
    body: list[Line] = field(default_factory=list)
    foot_left: list[Line] = field(default_factory=list)
    foot_right: list[Line] = field(default_factory=list)


def find(pages: Sequence[Page]) -> Zones:
    """The zones of a letter; all lines are body when there is no head."""
    zones = Zones()
    if not pages:
        return zones
    by_page = [(page, [row for row in rows(page.words) if not _is_page_number(page, row)]) for page in pages]
    first, top = by_page[0]
    end = _head(zones, first, top)
    by_page[0] = (first, top[end:])
    _with_year(zones)
    _rest(zones, by_page)
    return zones


def has_number(text: str) -> bool:
    """True of a line that says a number and symbol, filled in or not."""
    plain = flat(text)
    return bool(NUMBER_LABEL.match(plain) and re.search(r"[-/]", plain)) or bool(NUMBER_ALONE.match(plain))


def _head(zones: Zones, page: Page, page_rows: list[list[Word]]) -> int:
    """Fill the head; the number of rows that belong to it."""
    heading: tuple[int, list[Word]] | None = None
    dated: tuple[int, list[Word]] | None = None
    for at, row in enumerate(page_rows):
        if row[0].box[1] > page.height * _HEAD_HEIGHT:
            break
        if heading is None and (found := _heading(row)):
            zones.layout, heading = found[0], (at, found[1])
        elif dated is None and (date := _date(row)):
            dated = (at, date)
            break
    anchors = [each for each in (heading, dated) if each]
    if not anchors:
        return 0
    if dated:
        zones.dated = Line(page.number, tuple(dated[1]))
    border = min(words[0].box[0] for _row, words in anchors)
    # what was recognised of two columns as one line must not end the head before the number
    numbers = (at for at, row in enumerate(page_rows[:_HEAD_ROWS]) if has_number(" ".join(word.text for word in row)))
    lowest = max([*(row for row, _words in anchors), next(numbers, 0) - 1])
    known = dict(anchors)
    for at, row in enumerate(page_rows):
        if at > lowest and _ends_head(row, border, zones):
            return at
        _sort(zones, page.number, row, known.get(at), border)
    return len(page_rows)


def _heading(row: list[Word]) -> tuple[str, list[Word]] | None:
    """The regime and the words of the heading in a row; recognition may have joined or parted words."""
    best, found = _LIKE_A_HEADING, None
    for regime, wanted in _HEADINGS:
        size = wanted.count(" ") + 1
        for count in (size, size - 1, size + 1):
            for begin in range(len(row) - count + 1):
                words = row[begin : begin + count]
                alike = likeness(" ".join(word.text for word in words), wanted)
                if alike > best:
                    best, found = alike, (regime, words)
    return found


def _date(row: list[Word]) -> list[Word] | None:
    """The words of place and date in a row: back from "ngày" to the gap between the columns."""
    text = flat(" ".join(word.text for word in row))
    found = DATE.search(text)
    if not found:
        return None
    begin = text.count(" ", 0, found.start())
    while begin and _belongs(row[begin - 1], row[begin]):
        begin -= 1
    return row[begin:]


def _belongs(before: Word, word: Word) -> bool:
    """True if a word can stand before another in the name of a place: near, no number, and not the end of an organ's name."""
    height = max(word.box[3] - word.box[1], 1.0)
    near = word.box[0] - before.box[2] < height
    other = before.text.isupper() and len(before.text) > 1 and not word.text.isupper()
    return near and not other and not any(each.isdigit() or each == "/" for each in before.text)


def _ends_head(row: list[Word], border: float, zones: Zones) -> bool:
    text = " ".join(word.text for word in row)
    if any(begins_like(text, label) for label in _ADDRESS):
        return True
    parts = [(part[0].box[0], part[-1].box[2]) for part in split(row)]
    if any(begin < border - 5 and end > border + 10 for begin, end in parts):
        return True
    # the name of a type stands in the middle of the page, between the middles of the two columns
    if zones.left and zones.right and len(parts) == 1 and not is_rule(text):
        middle = sum(parts[0]) / 2
        left = median(line.center for line in zones.left)
        right = median(line.center for line in zones.right)
        return middle - left > _OFF_CENTRE and right - middle > _OFF_CENTRE
    return False


def _with_year(zones: Zones) -> None:
    """The line with the date, with the year that a narrow column has on the next line."""
    year = next((line for line in zones.right if _YEAR_ALONE.fullmatch(line.text)), None)
    if zones.dated and year and 0 < year.box[1] - zones.dated.box[1] < 2 * year.height:
        zones.dated = Line(zones.dated.page, (*zones.dated.words, *year.words))


def _sort(zones: Zones, page: int, row: list[Word], anchor: list[Word] | None, border: float) -> None:
    """The words of a row of the head to its two sides."""
    begin = anchor[0].box[0] if anchor else border
    left = [word for word in row if (word.box[0] + word.box[2]) / 2 < begin]
    right = [word for word in row if (word.box[0] + word.box[2]) / 2 >= begin]
    if left:
        zones.left.append(Line(page, tuple(left)))
    if right:
        zones.right.append(Line(page, tuple(right)))


def _rest(zones: Zones, by_page: list[tuple[Page, list[list[Word]]]]) -> None:
    """Body and foot: the foot begins where the recipients or the signature do."""
    for page, page_rows in by_page:
        at = next((at for at, row in enumerate(page_rows) if _is_recipients_label(row)), None)
        if at is None:
            zones.body += [Line(page.number, tuple(row)) for row in page_rows]
            continue
        label = page_rows[at][0].box
        border = _border(page, page_rows[at:], label)
        begin = at
        while begin and _is_signature(page_rows[begin - 1], label[1], border):
            begin -= 1
        zones.body += [Line(page.number, tuple(row)) for row in page_rows[:begin]]
        starts = [part[0].box[0] for row in page_rows[at:] for part in split(row, 1.0) if _is_dash(part[0])]
        for row in page_rows[begin:]:
            for part in _entries(row, starts):
                side = zones.foot_left if part[0].box[0] < border else zones.foot_right
                side.append(Line(page.number, tuple(part)))
        return


def _is_recipients_label(row: list[Word]) -> bool:
    first = " ".join(word.text for word in split(row)[0][:3])
    return begins_like(first, "Nơi nhận") and flat(row[0].text)[:1] == "n" and len(split(row)[0]) <= 4


def _entries(row: list[Word], starts: list[float]) -> Iterator[list[Word]]:
    """The parts of a row of the foot: between gaps, and from each dash that stands where lists of the foot begin."""
    for part in split(row, 1.0):
        begin = 0
        for at, word in enumerate(part):
            if at and _is_dash(word) and any(abs(word.box[0] - start) < _SAME_COLUMN for start in starts):
                yield part[begin:at]
                begin = at
        yield part[begin:]


def _is_dash(word: Word) -> bool:
    return word.text[0] in "-–—"


def _border(page: Page, page_rows: list[list[Word]], label: tuple[float, float, float, float]) -> float:
    """Where the right side of the foot begins."""
    middle = page.width * 0.42
    starts = [part[0].box[0] for row in page_rows for part in split(row, 1.0)]
    return min((start for start in starts if start > max(middle, label[2] + 40)), default=page.width * 0.5) - 15


def _is_signature(row: list[Word], below: float, border: float) -> bool:
    return row[0].box[0] >= border - 60 and below - row[0].box[1] < _SIGNATURE_ABOVE


def _is_page_number(page: Page, row: list[Word]) -> bool:
    near_an_edge = row[0].box[3] < page.height * 0.09 or row[0].box[1] > page.height * 0.93
    return near_an_edge and bool(_PAGE_NUMBER.fullmatch(" ".join(word.text for word in row)))
