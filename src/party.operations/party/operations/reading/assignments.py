"""Sentences that give somebody something to do by a day (việc được giao, thời hạn)."""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from party.operations.reading import deadlines
from party.operations.reading import names
from party.operations.reading.known import Known
from party.operations.reading.lines import Line
from party.operations.reading.matching import flat
from party.operations.reading.matching import letters
from party.operations.reading.model import Assignment
from party.operations.reading.paragraphs import NO_MARKER
from party.operations.reading.paragraphs import Paragraph
from party.operations.reading.paragraphs import paragraphs


_DOING = (
    r"bao cao|gui|nop|trinh|trien khai|to chuc|xay dung|ra soat|tham muu|dang ky|cu|bo tri|tong hop|cung cap|thuc hien|"
    r"ban hanh|hoan thanh|hoan thien|so ket|tong ket|chuan bi|bao dam|phoi hop|gop y|tra loi|cap nhat|kiem tra|de xuat|"
    r"quan triet|cong bo|lap|ke khai|tiep nhan|ban giao|thong ke|so hoa|cho y kien|tham gia|khac phuc|xu ly|giai quyet"
)
#: what is done by a day, folded
_DEEDS = re.compile(rf"\b(?:{_DOING}|hoan tat|dat|phe duyet|ket thuc|xong)\b")
#: what a subject does, and what may stand before it: words that end the name of an organ when they are in small letters
_VERBS = re.compile(
    rf"\b(?:{_DOING}|chu tri|chu dong|co trach nhiem|chiu trach nhiem|can cu|can|phai|khan truong|nghiem tuc|tiep tuc|"
    r"tap trung|kip thoi|som|quan tam|theo|huong dan|lanh dao|chi dao|xem xet|dinh ky|hang ngay|hang thang|hang quy|truoc|"
    r"cham nhat|nghien cuu|phan cong|giao|day manh|tang cuong|rut kinh nghiem|thong bao|se|dam bao|danh gia|theo doi|don doc|"
    r"phan dau|xac dinh)\b"
)
#: what is told about, and not asked for
_TOLD = re.compile(r"\b(?:da hoan thanh|da duoc|du kien|se)\b")
_ASKS = re.compile(
    r"\b(?<!ban )(?<!chuyen )(?<!duoc )(?:de nghi|yeu cau|giao(?: cho)?|phan cong|kinh de nghi)(?=[\s:])(?: dong chi (?=\w))?"
)
#: how a letter says what it is founded on, before it asks for anything
_GROUNDS = re.compile(r"\W*(?:thuc hien|can cu|theo|xet|tiep theo|tren co so|sau khi)\b")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÀ-ỸĐ“\"])|;(?=\s)")
_ABBREVIATION = re.compile(r"(?:\b(?:tp|kt|tm|tl|q|tr|ths|pgs|gs|ts|dc|stt|so)|v\.v|\b\w)$")
_LONGEST_NAME = 220


@dataclass
class _Subjects:
    """Who is spoken to at a place of the text: by headings, by the sentence that asked, by the address."""

    address: str
    by_rank: dict[int, str] = field(default_factory=dict)
    asked: str = ""
    #: the paragraph before was a heading
    fresh: bool = False

    def enter(self, rank: int, name: str) -> None:
        """A paragraph of ``rank`` begins: what headings of its rank and below said holds no longer."""
        for lower in [each for each in self.by_rank if each >= rank]:
            del self.by_rank[lower]
        if name:
            self.by_rank[rank] = name

    def heading(self) -> str:
        """The name that the nearest heading says."""
        return self.by_rank[max(self.by_rank)] if self.by_rank else ""


def find(
    lines: Sequence[Line], written: date | None, addressees: list[str], known: Known, *, recognised: bool
) -> list[Assignment]:
    """The assignments of the body in the order in which they stand; ``addressees`` are those of Kính gửi."""
    subjects = _Subjects(", ".join(addressees))
    found: list[Assignment] = []
    asked = False
    for paragraph in paragraphs(lines):
        heading = _heading(paragraph)
        if paragraph.rank < NO_MARKER:
            subjects.enter(paragraph.rank, heading)
        grounds = not asked and bool(_GROUNDS.match(flat(paragraph.text))) and paragraph.rank == NO_MARKER
        asks = _ASKS.search(flat(paragraph.text))
        asked = asked or bool(asks)
        if paragraph.text.rstrip().endswith(":") and asks:
            subjects.asked = _name(paragraph.text[asks.end() :])
        if not heading and not (grounds and not asks):
            found += _of_paragraph(paragraph, subjects, written, known, addressees, recognised=recognised)
        subjects.fresh = bool(heading)
    return found


def _of_paragraph(
    paragraph: Paragraph,
    subjects: _Subjects,
    written: date | None,
    known: Known,
    addressees: list[str],
    *,
    recognised: bool,
) -> Iterator[Assignment]:
    subject, since = "", paragraph.begin
    for begin, end in _clauses(paragraph):
        clause = paragraph.text[begin:end]
        if begin and paragraph.text[:begin].rstrip()[-1] != ";":
            since = begin
        dated = False
        own = _subject(clause)
        subject = own or subject
        for deadline in deadlines.find(clause, written, known.today):
            if not _is_assignment(clause, deadline, written):
                continue
            named = subject or subjects.heading()
            near = bool(subject) or paragraph.rank < NO_MARKER or subjects.fresh
            addressee = named or subjects.asked or subjects.address
            addressee = names.repaired(addressee) if recognised else addressee
            unit = known.unit(addressee) if addressee else None
            exact = unit is not None and unit[2]
            confirmed = exact or _all_among(named, addressees)
            told = _TOLD.search(flat(clause)) is not None
            sure = (
                deadline.sure
                and written is not None
                and bool(named)
                and confirmed
                and near
                and not told
                and not recognised
            )
            certainty = "certain" if sure else "likely" if deadline.day and addressee else "doubtful"
            # what stands before it without a day of its own is to be done by the same day
            first, *more = paragraph.places(since, end)
            sentence = paragraph.text[since:end].strip(" ,;")
            uid = unit[0] if unit is not None and exact else ""
            yield Assignment(sentence, addressee, deadline.day, certainty, first, uid, tuple(more))
            dated = True
        since = end if dated else since


def _is_assignment(clause: str, deadline: deadlines.Deadline, written: date | None) -> bool:
    """True if something is to be done by the day: there is a deed, and the day was to come when the letter was written."""
    if deadline.day is not None and written is not None and deadline.day < written:
        return False
    plain = flat(clause)
    founded = _GROUNDS.match(plain)
    asks = _ASKS.search(plain)
    if founded and asks and deadline.begin < asks.start():
        return False
    return bool(_DEEDS.search(plain))


def _clauses(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Begin and end of each sentence, and of each part of one that a semicolon ends."""
    begin = paragraph.begin
    for found in _SENTENCE_END.finditer(paragraph.text, paragraph.begin):
        if found.group() != ";" and _ABBREVIATION.search(flat(paragraph.text[begin : found.start()])):
            continue
        if found.start() > begin:
            yield begin, found.end()
        begin = found.end() + len(paragraph.text[found.end() :]) - len(paragraph.text[found.end() :].lstrip())
    if len(paragraph.text) > begin:
        yield begin, len(paragraph.text)


def _heading(paragraph: Paragraph) -> str:
    """The organ that a heading names, such as "b) Cục Bưu điện Trung ương" or "2. Giao Sở Nội vụ:"; "" when it is none."""
    text = paragraph.text[paragraph.begin :].strip()
    asks = _ASKS.match(flat(text))
    text = text[asks.end() :].strip() if asks else text
    if paragraph.rank == NO_MARKER or len(text) > _LONGEST_NAME or not names.begins_an_organ(text):
        return ""
    whole = text.rstrip(" .:;")
    return whole if _name(text) == whole else ""


def _subject(clause: str) -> str:
    """Whom a sentence itself speaks to: "Đề nghị các tỉnh uỷ …", "Thành uỷ Hà Nội: …", "Sở Nội vụ chủ trì …"."""
    plain = flat(clause)
    for asks in _ASKS.finditer(plain):
        rest = clause[asks.end() :].lstrip(" :")
        if names.begins_an_organ(rest):
            return _name(rest)
    return _name(clause) if names.begins_an_organ(clause) and clause[:1].isupper() else ""


def _name(text: str) -> str:
    """The name at the beginning of ``text``: until a colon or a verb in small letters; "" when it goes on too long."""
    text = text.strip()
    plain = flat(text)
    end = next((at for at, each in enumerate(text) if each in ":;"), len(text))
    for verb in _VERBS.finditer(plain):
        if verb.start() and text[verb.start()].islower():
            end = min(end, verb.start())
            break
    name = text[:end].strip(" ,.-–")
    if len(name) > _LONGEST_NAME or not names.begins_an_organ(name):
        return ""
    return name


def _all_among(name: str, addressees: list[str]) -> bool:
    """True if every part of a name is one of those the letter is addressed to."""
    wanted = {letters(part) for each in addressees for part in (each, *each.split(","))}
    parts = [letters(part) for part in name.split(",")]
    return bool(name) and all(part in wanted for part in parts)
