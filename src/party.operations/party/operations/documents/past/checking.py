"""All lines of an old register beside each other and beside the books (kiểm tra sổ cũ). Nothing is written here."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from zope.i18nmessageid import Message

from party.operations import _
from party.operations.confidentiality import monitor
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.levels import rank
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
from party.operations.ledger.errors import NotAllowed
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

_REMOVED = _(
    "${count} files that fit no line that can be taken were removed: they may belong to lines that may not be here. Take "
    "them away from this computer if they are classified."
)
_LEFT = _(
    "${count} files fit no line that can be taken and may belong to lines that may not be here; their names are not shown. "
    "Give this import up, take them away, and begin again with the files of the other lines."
)


def check(
    found: store.Import, lines: list[store.Line], beside: Path | None = None
) -> tuple[list[matching.Loose], list[str]]:
    """Put the plan, outcome and files on every line.

    Returns the files that belong to none, and the uploads that are to be discarded: they hold nothing but what may be a
    file of a line that may not be here.
    """
    book = book_of(found)
    made: dict[int, Plan] = {}
    for line, given, marks in _carried(found, lines):
        if line.cells:
            made[line.number] = _read(found, book, line, given, marks)
    places = {line.number: line.place for line in lines}
    _check_numbers(book, made, places)
    if found.direction == "incoming":
        _check_papers(book, made)
    takable = {number: each for number, each in made.items() if not each.refusals}
    with sources.opened(found.facts["tokens"], beside) as there:
        taken, loose, gone = _match_files(lines, made, there, len(found.facts["tokens"]))
        _check_beginnings(there, takable, taken, loose)
    discarded = _without(found, taken, gone)
    found.facts["beside"] = any(at >= len(found.facts["tokens"]) for refs in taken.values() for at, _name in refs)
    found.facts["continues"] = _continues(book, takable)
    for line in lines:
        if line.number in made:
            _put(line, made[line.number], taken.get(line.number, []))
    return loose, discarded


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


def _carried(
    found: store.Import, lines: list[store.Line]
) -> "Iterator[tuple[store.Line, dict[str, Cell], list[Cell]]]":
    """Each line with its cells by column, and those that say how secret it is.

    “Như trên” says what the line above says, an empty day of arrival too.
    """
    levels_at, heading_of = found.level_places, found.heading_of
    carried = {at for name, at in heading_of.items() if name in _CARRIED}
    above: dict[int, Cell] = {}
    for line in lines:
        own = {
            at: above.get(at, "") if cells.is_ditto(cell) or (at in carried and not cell) else cell
            for at, cell in enumerate(line.cells)
        }
        marks = [own[at] for at in levels_at] if own else []
        yield line, {name: own[at] for name, at in heading_of.items()} if own else {}, marks
        if line.cells and line.level == NORMAL and all(map(levels.is_open, marks)):
            above = {**above, **own}
        else:
            # what is secret, or may not be here, gives its level to the line below and nothing else
            mark = next((each for each in marks if not levels.is_open(each)), "")
            above = dict.fromkeys(levels_at, mark or (line.cells and levels.said(line.level)) or levels.HIGHEST)


def _read(found: store.Import, book: Book, line: store.Line, given: Mapping[str, Cell], marks: Sequence[Cell]) -> Plan:
    read = plans.read(book, given, line.level, marks)
    refused = levels.refusal(read.level)
    if refused is None and rank(read.level) > rank(found.level):
        # what is kept of the import is sealed for a network where nothing classified may be
        refused = NotAllowed(
            _(
                "The line is classified, and this sheet was taken in outside of the internal network. Nothing of the line "
                "was kept: give this import up and take this sheet in on the internal network."
            )
        )
    if refused is not None:
        read.forbidden = True
        read.refusals = [notes.plain(refused.message)]
    line.level = read.level
    return read


def _put(line: store.Line, plan: Plan, files: list[matching.Ref]) -> None:
    line.outcome, line.notes, line.files = plan.outcome, [*plan.refusals, *plan.warnings], files
    line.plan = None if plan.refusals else asdict(plan)
    if plan.forbidden:
        # it may not be here: nothing of it stays
        line.cells, line.notes, line.level = (), plan.refusals, NORMAL


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
        sa.select(items.c.hidden, items.c.level, incoming.c.issuer, outgoing.c.number_symbol, outgoing.c.issue_date)
        .add_columns(incoming.c.number_symbol.label("letter"), incoming.c.arrival_date)
        .outerjoin(incoming, incoming.c.uid == items.c.uid)
        .outerjoin(outgoing, outgoing.c.uid == items.c.uid)
        .where(items.c.uid == uid)
    )
    words = {"number": plan.said}
    if row is None or row.hidden or row.level != NORMAL or not monitor.readable_among({uid}):
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


def _match_files(
    lines: list[store.Line], made: "dict[int, Plan]", there: list[sources.Source], uploads: int
) -> tuple[dict[int, list[matching.Ref]], list[matching.Loose], list[int]]:
    """The files of each line, those that belong to none, and the places of the uploads that are not kept.

    Beside lines that may not be here a file that fits no other line may be theirs, of which often nothing is left to
    compare it with: its name is not kept, and of an upload of nothing else nothing is. A line that was refused for another
    reason may have files that are not known yet; while there is one, an upload goes only for what surely fits the others.
    """
    takable = {number: each for number, each in made.items() if not each.refusals}
    withheld = {number: each for number, each in made.items() if each.forbidden}
    places = {line.number: line.place for line in lines}
    refs = [(at, name) for at, source in enumerate(there) for name in source.names()]
    if not withheld and all(line.cells for line in lines):
        taken, loose = matching.match(takable, refs, places)
        loose += [matching.Loose(name, notes.plain(why)) for source in there for name, why in source.problems()]
        return taken, loose, []
    secret = matching.fitting(withheld, refs)
    fit = matching.fitting(takable, refs) - secret
    taken, loose = matching.match(takable, [each for each in refs if each in fit], places)
    in_doubt = any(each.refusals and not each.forbidden for each in made.values())
    held = {at for at, _name in (set(refs) - secret if in_doubt else fit)}
    if in_doubt:
        held |= {at for at, source in enumerate(there) if source.problems()}
    gone = [at for at in range(uploads) if at not in held]
    amounts = [len(source.names()) + len(source.problems()) for source in there]
    removed = sum(amounts[at] for at in gone)
    left = sum(amounts) - removed - len(fit)
    if removed:
        loose.append(matching.Loose("–", notes.plain(Message(_REMOVED, mapping={"count": removed}))))
    if left:
        loose.append(matching.Loose("–", notes.plain(Message(_LEFT, mapping={"count": left}))))
    return taken, loose, gone


def _without(found: store.Import, taken: "dict[int, list[matching.Ref]]", gone: list[int]) -> list[str]:
    """Take uploads off the import, and return them; the files of the others are found where they are then."""
    tokens: list[str] = found.facts["tokens"]
    found.facts["tokens"] = [token for at, token in enumerate(tokens) if at not in gone]
    for refs in taken.values():
        refs[:] = [(at - sum(each < at for each in gone), name) for at, name in refs]
    return [tokens[at] for at in gone]


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
