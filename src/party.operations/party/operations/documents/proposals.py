"""Reading a file that is to be registered (đọc tệp đến): what was read, as forms and other systems take it.

Nothing of this is ever taken over by itself: a proposal becomes a value when somebody types it, or accepts it in the form.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from party.operations.confidentiality import levels
from party.operations.documents import paper
from party.operations.documents.files import Upload
from party.operations.documents.known import Office
from party.operations.documents.vocabularies import document_types
from party.operations.documents.vocabularies import URGENCIES
from party.operations.ledger.errors import Refused
from party.operations.reading import letter
from party.operations.reading.model import Assignment
from party.operations.reading.model import Place
from party.operations.reading.model import Proposal
from party.operations.reading.model import Reading
from party.operations.text.dates import format_date


#: a letter is read no further than this; what is longer is an annex
MOST_PAGES = 60


def of_upload(upload: Upload, page_count: int = 0) -> Reading:
    """What a staged file says, as far as its words are known; ``page_count`` when that is known to be more."""
    read = letter.read(paper.staged_pages(upload, 1, MOST_PAGES), Office())
    count = page_count or paper.kind(upload).page_count
    if not count or count == read.page_count:
        return read
    # of a scan only some pages may be recognised so far
    others = [each for each in read.proposals if each.field != "pages"]
    pages = Proposal("pages", str(count), str(count), "certain")
    return replace(read, page_count=count, proposals=(*others, pages))


def plain(reading: Reading) -> dict[str, Any]:
    """A reading as JSON has it."""
    types = document_types()
    return {
        "layout": reading.layout,
        "source": reading.source,
        "page_count": reading.page_count,
        "proposals": [_proposal(each, types) for each in reading.proposals],
        "assignments": [_assignment(each) for each in reading.assignments],
    }


def chosen(reading: Reading, numbers: Sequence[str]) -> list[Assignment]:
    """The assignments whose numbers, from 0, were chosen in the form."""
    wanted = {int(each) for each in numbers if each.isdecimal()}
    return [each for number, each in enumerate(reading.assignments) if number in wanted]


def level_of(reading: Reading) -> tuple[str, bool]:
    """The level that the stamp on the paper names, and whether it is one that is handled nowhere in this system."""
    found = reading.best("level")
    if found is None:
        return levels.NORMAL, False
    try:
        return levels.parse(found.value), False
    except Refused:
        return levels.NORMAL, True


def _proposal(each: Proposal, types: dict[str, Any]) -> dict[str, Any]:
    return {
        "field": each.field,
        "value": each.value,
        "label": _label(each, types),
        "said": each.said,
        "certainty": each.certainty,
        "unit": each.unit,
        **_placed(each.place),
    }


def _assignment(each: Assignment) -> dict[str, Any]:
    return {
        "sentence": each.sentence,
        "addressee": each.addressee,
        "unit": each.unit,
        "deadline": each.deadline,
        "certainty": each.certainty,
        **_placed(each.place),
    }


def _placed(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"page": None, "boxes": []}
    return {"page": place.page, "boxes": [[round(edge, 1) for edge in box] for box in place.boxes]}


def _label(each: Proposal, types: dict[str, Any]) -> Any:
    """The value as people read it."""
    if each.field == "document_date":
        return format_date(date.fromisoformat(each.value))
    if each.field == "type":
        return types[each.value].name if each.value in types else each.value
    return {"urgency": URGENCIES, "level": levels.LEVELS}.get(each.field, {}).get(each.value, each.value)
