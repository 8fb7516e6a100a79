"""What one line of an old register would become (một dòng sổ cũ): the fields of a document, and what is to be said of it."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any

from party.operations import _
from party.operations.confidentiality.levels import Forbidden
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.levels import rank
from party.operations.documents.operations import making
from party.operations.documents.past import cells
from party.operations.documents.past import levels
from party.operations.documents.past import notes
from party.operations.documents.past.issuers import Issuers
from party.operations.documents.vocabularies import DocumentType
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ledger.series import MAX_NUMBER
from party.operations.ledger.series import Series
from party.operations.organization import periods
from party.operations.organization.importing.values import Cell
from party.operations.text.dates import format_date
from party.operations.text.folding import fold
from party.operations.text.symbols import DocumentSymbol
from party.operations.text.symbols import parse_symbol


#: longest abstract, as the schema of documents says
_TITLE = 1000
_NOTE = 2000
#: columns of sổ văn bản đi that a document has no field for; they are kept in its note, in the words of the register
_BESIDE = {"kept_by": "Bản lưu", "drafted_by": "Đơn vị soạn thảo", "sent_on": "Ngày chuyển"}


@dataclass
class Plan:
    """One line: what is written, or why nothing is."""

    fields: dict[str, Any] = field(default_factory=dict)
    #: columns of the register's row that are no fields
    row: dict[str, Any] = field(default_factory=dict)
    level: str = NORMAL
    #: 0 for a line without a number
    number: int = 0
    letters: str = ""
    suffix: str = ""
    #: the number as the line says it
    said: str = ""
    day: date | None = None
    period: str = ""
    issuer_unit: str = ""
    recipients: list[str] = field(default_factory=list)
    #: what the column of file names says
    file: str = ""
    warnings: list[notes.Plain] = field(default_factory=list)
    refusals: list[notes.Plain] = field(default_factory=list)
    #: it may not be here, or it is not clear whether it may: nothing of it stays
    forbidden: bool = False

    def warn(self, message: str) -> None:
        """Something to know of a line that is taken."""
        self.warnings.append(notes.plain(message))

    def refuse(self, message: str) -> None:
        """Why the line is not taken."""
        self.refusals.append(notes.plain(message))

    @property
    def outcome(self) -> str:
        """``taken``, ``warned`` or ``refused``."""
        return "refused" if self.refusals else "warned" if self.warnings else "taken"


@dataclass
class Book:
    """What all lines of a sheet share."""

    unit: str
    direction: str
    register: str
    regime: str
    #: of dates without a year
    year: int | None
    types: Mapping[str, DocumentType]
    _terms: dict[date, str] = field(default_factory=dict)

    @cached_property
    def issuers(self) -> Issuers:
        """The units that issuers may be."""
        return Issuers()

    def series(self, plan: Plan) -> Series:
        """The series that the number of a line belongs to; one with letters is beside it."""
        book = f"arrival:{self.register}" if self.direction == "incoming" else f"issue:{plan.fields['type']}"
        return Series(self.unit, book, plan.period, plan.suffix + (plan.letters and f"~{plan.letters}"))

    def period(self, plan: Plan, day: date) -> str:
        """The period of an issued document; the year where no term of that day is recorded."""
        if day not in self._terms:
            try:
                self._terms[day] = periods.of_issue(self.unit, self.regime, day)
            except Invalid:
                self._terms[day] = ""
        if not self._terms[day]:
            plan.warn(
                _(
                    "No congress term is recorded for ${day}; the number is kept by year.",
                    mapping={"day": format_date(day)},
                )
            )
        return self._terms[day] or periods.year(day)


def read(book: Book, line: Mapping[str, Cell], level: str, marks: Iterable[Cell] = ()) -> Plan:
    """The plan of a line; ``line`` holds its cells by column, ``level`` what any of its cells says of its level.

    ``marks`` are its cells in columns of levels. What may not be here is read all the same: its files must be known.
    """
    plan = Plan(level=level, file=str(line.get("file", "")))
    why: Refused | None = None
    try:
        plan.level = max(level, levels.said_by(marks), key=rank)
    except Refused as refused:
        why, plan.forbidden = refused, isinstance(refused, Forbidden)
    try:
        (_incoming if book.direction == "incoming" else _outgoing)(book, plan, line)
    except Refused as refused:
        why = why or refused
    if why is not None:
        plan.refuse(why.message)
    return plan


def _incoming(book: Book, plan: Plan, line: Mapping[str, Cell]) -> None:
    symbol = _symbol(line)
    arrived = cells.day(line.get("arrival_date", ""), book.year)
    if arrived is None:
        raise Invalid(_("The date of arrival is missing."))
    number = cells.arrival(line.get("arrival_number", ""))
    issuer = str(line.get("issuer", "")) or symbol.issuer_symbol
    if not issuer:
        raise Invalid(_("The issuer is missing."))
    unit = book.issuers.find(issuer)
    if not line.get("issuer"):
        plan.warn(_("The issuer is empty; “${issuer}” was taken from the number.", mapping={"issuer": issuer}))
    elif unit is None:
        plan.warn(_("Several units are called “${issuer}”; the name is kept as text.", mapping={"issuer": issuer}))
    plan.day, plan.period, plan.issuer_unit = arrived, periods.year(arrived), unit or ""
    if number is None:
        plan.warn(_("The line has no number; it stands in the register without one."))
    else:
        plan.number, plan.letters = number.number, number.letters
    plan.said = str(number or "")
    own = {
        "issuer": issuer,
        "number_symbol": _printed(line),
        "document_date": cells.day(line.get("document_date", ""), book.year),
        "arrival_date": arrived,
        "signer": str(line.get("signer", "")),
    }
    plan.fields = making.clean("IncomingDocument", {**own, **_shared(book, plan, line, symbol, "")})
    passed = cells.day(line.get("passed_on", ""), arrived.year)
    plan.row = {"passed_to": str(line.get("passed_to", "")), "passed_on": passed}
    plan.row["answered_by"] = str(line.get("answered_by", ""))


def _outgoing(book: Book, plan: Plan, line: Mapping[str, Cell]) -> None:
    symbol = _symbol(line)
    issued = cells.day(line.get("issue_date", ""), book.year)
    if issued is None:
        raise Invalid(_("The date of issue is missing."))
    making.check_not_future(issued, "issue_date")
    if symbol.number is None:
        plan.warn(_("The line has no number; it stands in the register without one."))
    elif not 1 <= symbol.number <= MAX_NUMBER:
        raise Invalid(_("“${value}” is no number of a document.", mapping={"value": _printed(line)}))
    plan.number, plan.letters, plan.suffix = symbol.number or 0, symbol.letters, symbol.series_suffix[:12]
    plan.said = _printed(line)
    extra = "\n".join(f"{label}: {_written(line[name])}" for name, label in _BESIDE.items() if line.get(name))
    shared = _shared(book, plan, line, symbol, extra)
    plan.fields = {
        **making.clean("OutgoingDocument", {"suffix": plan.suffix, **shared}),
        **_checked_symbol(_printed(line)),
    }
    plan.day, plan.period = issued, book.period(plan, issued)
    plan.row = {"signer": str(line.get("signer", ""))[:200]}
    named = str(line.get("recipients", "")).replace("\n", ";").split(";")
    plan.recipients = [name.strip(" -.,")[:300] for name in named if name.strip(" -.,")]


def _shared(book: Book, plan: Plan, line: Mapping[str, Cell], symbol: DocumentSymbol, extra: str) -> dict[str, Any]:
    """The fields of both directions."""
    kind, title = _type_and_title(book, plan, line, symbol)
    kept = [str(line.get("note", "")), extra]
    urgency = cells.urgency(line.get("urgency", ""))
    if urgency is None:
        kept.append(str(line["urgency"]))
        plan.warn(_("“${value}” is no urgency; it is kept in the note.", mapping={"value": str(line["urgency"])}))
    given = str(line.get("type", ""))
    if given and not cells.type_of(given, book.types, book.regime):
        kept.append(given)
    if len(title) > _TITLE:
        kept.append(title)
        title = title[: _TITLE - 1].rstrip() + "…"
        plan.warn(_("The abstract is longer than ${limit} characters and was cut.", mapping={"limit": _TITLE}))
    return {
        "title": title,
        "type": kind,
        "urgency": urgency or "normal",
        "pages": cells.whole(line.get("pages", "")),
        "copies": cells.whole(line.get("copies", "")),
        "note": "\n".join(filter(None, kept))[:_NOTE],
    }


def _type_and_title(book: Book, plan: Plan, line: Mapping[str, Cell], symbol: DocumentSymbol) -> tuple[str, str]:
    regime = symbol.regime or (book.regime if book.direction == "outgoing" else "party")
    joint, title = str(line.get("type_title", "")), str(line.get("title", ""))
    leading, rest = cells.leading_type(joint or title, book.types, regime)
    if joint:
        # a công văn does not bear the name of its type; of all others it belongs to the title
        about = fold(rest).startswith(("ve viec", "v/v", "vv "))
        title = "; ".join(filter(None, (rest if about else joint, title)))
    given = str(line.get("type", ""))
    kind = cells.type_of(given, book.types, regime) if given else ""
    by_symbol = cells.type_of(symbol.type_symbol, book.types, regime) if symbol.type_symbol else ""
    letter = cells.type_of("Công văn", book.types, regime)
    found = kind or leading or by_symbol or letter
    words = {"value": given, "type": book.types[found].name if found else ""}
    if given and not kind:
        plan.warn(_("The type “${value}” is not on the list; “${type}” was taken.", mapping=words))
    elif not kind and not leading and symbol.type_symbol == "QĐ":
        plan.warn(_("QĐ may be a Quyết định or a Quy định; “${type}” was taken.", mapping=words))
    elif not (kind or leading or by_symbol) and not _is_letter(symbol):
        plan.warn(_("The type is not given; “${type}” was taken.", mapping=words))
    if not title:
        title = " ".join(filter(None, (words["type"], _printed(line))))
        if not _printed(line):
            raise Invalid(_("The abstract is missing, and so is the number."))
        plan.warn(_("The abstract is missing; type and number stand in its place."))
    return found, title


def _is_letter(symbol: DocumentSymbol) -> bool:
    """A công văn of the State has no type in its number: 234/BNV-VTLT."""
    return symbol.regime == "state" and bool(symbol.issuer_symbol)


def _printed(line: Mapping[str, Cell]) -> str:
    """Number and symbol as they stand; of two columns they are put together."""
    joint, number, symbol = (str(line.get(name, "")) for name in ("number_symbol", "number", "symbol"))
    if joint or not symbol:
        return joint or number
    if not number:
        return symbol
    # 15-CV/TU of the Party, 15/QĐ-UBND of the State
    state = "-" in symbol and "/" not in symbol.partition("-")[0]
    sign = "" if symbol[:1] in "-/" else "/" if state else "-"
    return f"{number}{sign}{symbol}"


def _symbol(line: Mapping[str, Cell]) -> DocumentSymbol:
    return parse_symbol(_printed(line))


def _checked_symbol(text: str) -> dict[str, str]:
    if len(text) > 80:
        raise Invalid(_("“${value}” is too long for a number and symbol.", mapping={"value": text}))
    return {"number_symbol": text}


def _written(cell: Cell) -> str:
    return format_date(cell) if isinstance(cell, date) else cell
