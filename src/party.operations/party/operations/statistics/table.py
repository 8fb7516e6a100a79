"""The report as a table (bảng số liệu), as the Central Office prints it: for the screen, the sheet, the text file and paper.

The total stands first, then each group with its sub-total under a Roman number, then its units numbered from 1.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass

from zope.i18n import translate

from party.operations import _
from party.operations.ledger import tallies as measures
from party.operations.statistics import structure as structures
from party.operations.statistics.classified import Cell
from party.operations.statistics.counting import FIELDS
from party.operations.statistics.counting import Figures
from party.operations.statistics.report import Report


#: headings of the figures, in the words of the Central Office's appendices
HEADS = {
    "people": _("People who logged in"),
    "logins": _("Logins"),
    "incoming": _("Incoming documents registered"),
    "outgoing": _("Outgoing documents issued"),
    "transfers": _("Slips sent"),
}
#: headings of the counts of classified work
CLASSIFIED_HEADS = {
    measures.INCOMING: _("Classified: incoming"),
    measures.OUTGOING: _("Classified: outgoing"),
    measures.TRANSFER: _("Classified: passed on"),
}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Line:
    """One line of the table: ``total``, ``group`` or ``row``; ``key`` is its group's or its unit's."""

    kind: str
    key: str
    number: str
    title: str
    figures: Figures
    before: Figures | None
    classified: "Mapping[str, Cell] | None"
    opens: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Column:
    """One column: its heading and what stands in it; numbers are numbers."""

    label: str
    width: int
    value: "Callable[[Line], int | str]"
    number: bool = True


def lines(report: Report) -> list[Line]:
    """The lines in the order in which they are printed; one group alone needs no sub-total."""
    found = [Line("total", "", "", say(_("Total")), report.total, report.before, report.classified)]
    for at, group in enumerate(report.groups, 1):
        if len(report.groups) > 1:
            label = say(group.label)
            found.append(Line("group", group.key, roman(at), label, group.total, group.before, group.classified))
        for row in group.rows:
            title = say(_("${unit} by itself", mapping={"unit": row.title})) if row.own else row.title
            number = str(row.number)
            found.append(
                Line("row", row.unit, number, title, row.figures, row.before, row.classified, row.opens, row.closed)
            )
    return found


def columns(report: Report) -> list[Column]:
    """The columns of a report, with those of the comparison and of classified work where it has them."""
    found = [
        Column(say(_("Running number")), 6, lambda line: line.number, number=False),
        Column(say(_("Unit")), 44, lambda line: line.title, number=False),
    ]
    for name in FIELDS:
        found.append(Column(say(HEADS[name]), 14, _figure(name)))
        if report.compare is not None:
            label = say(_("${figure}: compared", mapping={"figure": say(HEADS[name])}))
            found.append(Column(label, 14, _figure(name, before=True)))
    if report.classified is not None:
        found += [Column(say(label), 12, _classified(name)) for name, label in CLASSIFIED_HEADS.items()]
    return found


def subtitle(report: Report) -> list[str]:
    """What stands under the title: unit, period, structure, comparison."""
    found = [
        report.title or say(_("All units")),
        say(_("Period: ${period}", mapping={"period": str(report.period)})),
        say(structures.STRUCTURES[report.structure]),
    ]
    if report.compare is not None:
        found.append(say(_("Compared with: ${period}", mapping={"period": str(report.compare)})))
    return found


def notes(report: Report) -> list[str]:
    """What must be said with the figures so that nobody misreads them."""
    found = [say(_("Each person counts once in a total. Classified work is not in these figures."))]
    if report.classified is not None:
        found.append(
            say(
                _(
                    "Classified: <5 is fewer than five, … is not given, ≥ leaves out what is not given, so that no "
                    "single case can be inferred."
                )
            )
        )
    return found


def say(message: str) -> str:
    """A text in Vietnamese, in which reports are written."""
    return str(translate(message, target_language="vi"))


def amount(value: int | str) -> str:
    """7.295: a number as it is written in Vietnamese."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def roman(number: int) -> str:
    """I, II, III, IV … of a number."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def filename(report: Report, ending: str) -> str:
    """Name of a file with the report."""
    return f"thong-ke-{report.period.since:%Y%m%d}-{report.period.last:%Y%m%d}.{ending}"


def _figure(name: str, before: bool = False) -> "Callable[[Line], int | str]":
    def value(line: Line) -> int | str:
        figures = line.before if before else line.figures
        return int(getattr(figures, name)) if figures is not None else ""

    return value


def _classified(measure: str) -> "Callable[[Line], int | str]":
    def value(line: Line) -> int | str:
        cell = line.classified[measure] if line.classified is not None else ""
        return cell.given if isinstance(cell, Cell) and not cell.more else str(cell)

    return value
