"""What became of each line (báo cáo nhập sổ cũ): for the screen, REST, and as a sheet beside the original columns.

Nothing of a classified line stands in it but where the line is: the document says the rest to who may read it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from zope.component.hooks import getSite
from zope.globalrequest import getRequest
from zope.i18n import translate

from party.operations import _
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents.past import notes
from party.operations.documents.past import store
from party.operations.text.dates import format_date


#: headings of the columns that are added
ADDED = ("Dòng", "Kết quả", "Ghi nhận", "Tệp", "Văn bản")


@dataclass(frozen=True)
class Told:
    """One line as it is told."""

    place: str
    #: key and words of what becomes of it, or became
    outcome: str
    label: str
    detail: str
    files: tuple[str, ...]
    #: address of the document
    address: str
    cells: tuple[Any, ...]


def told(line: store.Line, width: int) -> Told:
    """A line in the language of the request, its cells as many as there are headings."""
    outcome = line.state or line.outcome
    label = (store.DONE if line.state else store.OUTCOMES)[outcome]
    open_to_see = line.level == NORMAL
    shown = line.notes if open_to_see or line.outcome == "refused" else []
    return Told(
        line.place,
        outcome,
        _say(label),
        " ".join(_say(notes.message(each)) for each in shown),
        tuple(name for _source, name in line.files) if open_to_see else (),
        f"{getSite().absolute_url()}/d/{line.object}" if line.object else "",
        (*line.cells, *[""] * width)[:width] if open_to_see else ("",) * width,
    )


def sheet(found: store.Import) -> bytes:
    """The whole report as XLSX: what was added, then the columns as they came; a text is never a formula."""
    target = io.BytesIO()
    headings: Sequence[str] = found.facts["headings"]
    # in memory: a temporary file would lie on the disk
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        strong = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#eeeeee"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        page = book.add_worksheet("Kết quả")
        for at, heading in enumerate((*ADDED, *headings)):
            page.write_string(0, at, heading, strong)
            page.set_column(at, at, 40 if at == 2 else 18)
        for at, line in enumerate(store.lines(found), 1):
            one = told(line, len(headings))
            cells = (one.place, one.label, one.detail, "; ".join(one.files), one.address, *map(_text, one.cells))
            for column, text in enumerate(cells):
                page.write_string(at, column, text[:32_000], plain)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, found.facts["count"], len(ADDED) + len(headings) - 1)
        loose = book.add_worksheet("Tệp không ghép được")
        for at, heading in enumerate(("Tệp", "Lý do")):
            loose.write_string(0, at, heading, strong)
            loose.set_column(at, at, 50)
        for at, (name, why) in enumerate(loose_files(found), 1):
            loose.write_string(at, 0, name, plain)
            loose.write_string(at, 1, why, plain)
    return target.getvalue()


def loose_files(found: store.Import) -> list[tuple[str, str]]:
    """Files that belong to no line, each with why."""
    return [(name, _say(notes.message(why))) for name, why in found.facts["loose"]]


def continues(found: store.Import) -> list[str]:
    """With which number each running series goes on, in sentences."""
    sentence = _("After ${number} the register goes on with ${next}.")
    return [
        _say(notes.message({"id": sentence, "words": {"number": a, "next": str(b)}}))
        for a, b in found.facts["continues"]
    ]


def filename(found: store.Import) -> str:
    """The name of the sheet: that of the file it came from."""
    return f"ket-qua-{found.facts['filename'].rpartition('.')[0] or 'so-cu'}.xlsx"


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else format_date(cell)


def _say(message: Any) -> str:
    return str(translate(message, context=getRequest()))
