"""All lines of an old register beside each other and beside the books (kiểm tra sổ cũ). Nothing is written here."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import duplicates
from party.operations.documents.past import cells
from party.operations.documents.past import levels
from party.operations.documents.past import matching
from party.operations.documents.past import notes
from party.operations.documents.past import plan as plans
from party.operations.documents.past import sources
from party.operations.documents.past import store
from party.operations.documents.past.plan import Book
from party.operations.documents.past.plan import Plan
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.vocabularies import document_types
from party.operations.ledger import clock
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ledger.series import Series
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.organization.importing.values import Cell
from party.operations.text.dates import format_date
from party.operations.text.symbols import match_key


#: columns in which “như trên” is understood, and what an empty cell takes over from the line above
_CARRIED = ("arrival_date",)


def check(found: store.Import, lines: list[store.Line], beside: Path | None = None) -> list[matching.Loose]:
    """Put the plan, outcome and files on every line and return the files that belong to none."""
    book = book_of(found)
    made: dict[int, Plan] = {}
    for line, given in _carried(found, lines):
        if line.cells:
            made[line.number] = _read(book, line, given)
    places = {line.number: line.place for line in lines}
    _check_numbers(book, made, places)
    if found.direction == "incoming":
        _check_papers(book, made)
    takable = {number: each for number, each in made.items() if not each.refusals}
    with sources.opened(found.facts["tokens"], beside) as there:
        refs = [(at, name) for at, source in enumerate(there) for name in source.names()]
        taken, loose = matching.match(takable, refs, places)
        loose += [matching.Loose(name, notes.plain(why)) for source in there for name, why in source.problems()]
        _check_beginnings(there, takable, taken, loose)
    found.facts["continues"] = _continues(book, takable)
    for line in lines:
        if line.number in made:
            _put(line, made[line.number], taken.get(line.number, []))
    return loose


def book_of(found: store.Import) -> Book:
    """What all lines of an import share."""
    return Book(
        found.unit,
        found.direction,
        found.register,
        lookup.unit_object(found.unit).regime,
        found.facts.get("year"),
        document_types(),
    )


def _carried(found: store.Import, lines: list[store.Line]) -> "Iterator[tuple[store.Line, dict[str, Cell]]]":
    """Each line with its cells by column; “như trên” says what the line above says, an empty day of arrival too."""
    above: dict[str, Cell] = {}
    for line in lines:
        given = {name: line.cells[at] for name, at in found.heading_of.items()} if line.cells else {}
        for name, cell in given.items():
            if cells.is_ditto(cell) or (name in _CARRIED and not cell):
                given[name] = above.get(name, "")
        yield line, given
        if line.cells and line.level == NORMAL and levels.is_open(given.get("level", "")):
            above = {**above, **given}
        else:
            # what is secret, or may not be here, gives its level to the line below and nothing else
            above = {"level": given.get("level", "") or (line.cells and levels.said(line.level)) or levels.HIGHEST}


def _read(book: Book, line: store.Line, given: Mapping[str, Cell]) -> Plan:
    read = plans.read(book, given, line.level)
    refused = levels.refusal(read.level)
    if refused is not None:
        read.refuse(refused.message)
    line.level = read.level
    return read


def _put(line: store.Line, plan: Plan, files: list[matching.Ref]) -> None:
    line.outcome, line.notes, line.files = plan.outcome, [*plan.refusals, *plan.warnings], files
    line.plan = None if plan.refusals else asdict(plan)
    if plan.forbidden or levels.refusal(line.level) is not None:
        # it may not be here: nothing of it stays
        line.cells, line.notes, line.level = (), plan.refusals[-1:], NORMAL


# --- numbers ----------------------------------------------------------------------------------------------------------


def _check_numbers(book: Book, made: "dict[int, Plan]", places: "dict[int, str]") -> None:
    """A number of the books is refused; one that stands twice in the sheet is taken twice, as it stands."""
    used: dict[Series, dict[int, str]] = {}
    first: dict[tuple[Series, int], int] = {}
    for number, plan in made.items():
        if plan.refusals or not plan.number:
            continue
        which = book.series(plan)
        if which not in used:
            used[which] = series.used(which)
        if plan.number in used[which]:
            plan.refuse(taken_by(plan, used[which][plan.number]))
            continue
        earlier = first.setdefault((which, plan.number), number)
        if earlier != number:
            words = {"number": plan.said, "line": places[earlier]}
            if made[earlier].fields == plan.fields:
                plan.refuse(_("The same line stands in line ${line} already.", mapping=words))
            else:
                plan.warn(
                    _("Number ${number} stands in line ${line} as well; both are taken as they stand.", mapping=words)
                )


def taken_by(plan: Plan, uid: str) -> str:
    """The sentence for a number that is in the books: which line of them has it, as far as the person may know."""
    row = turn.row(
        sa.select(items.c.level, incoming.c.issuer, outgoing.c.number_symbol, outgoing.c.issue_date)
        .add_columns(incoming.c.number_symbol.label("letter"), incoming.c.arrival_date)
        .outerjoin(incoming, incoming.c.uid == items.c.uid)
        .outerjoin(outgoing, outgoing.c.uid == items.c.uid)
        .where(items.c.uid == uid)
    )
    words = {"number": plan.said}
    if row is None or row.level != NORMAL:
        return _("Number ${number} is used already in this register.", mapping=words)
    day = row.arrival_date or row.issue_date
    words["day"] = format_date(day) if day else ""
    words["letter"] = row.letter or row.number_symbol or "–"
    came = store.line_of(uid)
    if came is not None:
        return _(
            "Number ${number} is in the register already: ${letter} of ${day}, brought in from line ${line} of an old "
            "register.",
            mapping={**words, "line": str(came.line % store.ROWS)},
        )
    return _("Number ${number} is in the register already: ${letter} of ${day}.", mapping=words)


def _continues(book: Book, made: "dict[int, Plan]") -> list[list[Any]]:
    """For each series that runs today and gets numbers from here: a number of it, and with which it goes on."""
    highest: dict[Series, Plan] = {}
    for plan in made.values():
        if plan.number and not plan.letters and plan.day and plan.period == _running(book):
            which = book.series(plan)
            if plan.number > getattr(highest.get(which), "number", 0):
                highest[which] = plan
    return sorted([plan.said, max(plan.number + 1, series.peek(which))] for which, plan in highest.items())


def _running(book: Book) -> str:
    """The period of today."""
    if book.direction == "incoming":
        return periods.year(clock.today())
    try:
        return periods.of_issue(book.unit, book.regime, clock.today())
    except Invalid:
        return ""


# --- papers and files -------------------------------------------------------------------------------------------------


def _check_papers(book: Book, made: "dict[int, Plan]") -> None:
    """A paper that the unit has already is told, under whatever number it is registered."""
    pairs = sa.select(incoming.c.number_key, incoming.c.document_date).where(incoming.c.unit == book.unit)
    there = {(row.number_key, row.document_date) for row in turn.rows(pairs)}
    for plan in made.values():
        values = plan.fields
        if plan.refusals or (match_key(values["number_symbol"] or ""), values["document_date"]) not in there:
            continue
        same = duplicates.find(
            book.unit, values["issuer"], values["number_symbol"], values["document_date"], plan.issuer_unit
        )
        if same:
            words = {"number": same[0].arrival_number or "–"}
            plan.warn(_("The same paper seems to be here already, under arrival number ${number}.", mapping=words))


def _check_beginnings(
    there: list[sources.Source],
    made: "dict[int, Plan]",
    taken: "dict[int, list[matching.Ref]]",
    loose: list[matching.Loose],
) -> None:
    """A file that cannot be read, or is no PDF although it says so, is taken off its line."""
    for number, refs in list(taken.items()):
        for ref in list(refs):
            problem = _beginning(there[ref[0]], ref[1])
            if problem:
                refs.remove(ref)
                loose.append(matching.Loose(ref[1], notes.plain(problem)))
                made[number].warn(problem)


def _beginning(source: sources.Source, name: str) -> str:
    try:
        with source.open(name) as stream:
            start = stream.read(1024)
    except Refused as refused:
        return refused.message
    except Exception:  # what is wrong in a packed file shows in as many ways as there are ways to pack
        return _("“${file}” cannot be read: it is damaged or gone.", mapping={"file": name})
    if name.lower().endswith(".pdf") and b"%PDF-" not in start:
        return _("“${file}” is no PDF, although its name says so.", mapping={"file": name})
    return ""
