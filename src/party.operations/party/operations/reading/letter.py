"""A letter read from head to foot (đọc một văn bản): the one way in, from pages to proposals."""

from collections.abc import Sequence
from datetime import date

from party.operations.reading import assignments
from party.operations.reading import body
from party.operations.reading import foot
from party.operations.reading import head
from party.operations.reading import issuers
from party.operations.reading import zones
from party.operations.reading.known import Known
from party.operations.reading.matching import is_recognised
from party.operations.reading.model import CERTAINTIES
from party.operations.reading.model import Page
from party.operations.reading.model import Proposal
from party.operations.reading.model import Reading
from party.operations.reading.pages import is_scan


__all__ = ["Known", "read"]


def read(pages: Sequence[Page], known: Known) -> Reading:
    """What ``pages`` of a letter say, checked against what the office knows.

    Nothing is certain that was recognised in a picture, but for what a second place confirms (type and issuer by the symbol). A
    file without words gives its number of pages alone.
    """
    whole = list(pages)
    source = _source(whole)
    counted = [Proposal("pages", str(len(whole)), str(len(whole)), "certain")] if whole else []
    if source == "none":
        return Reading("", source, len(whole), tuple(counted))
    recognised = is_recognised(whole)
    zone = zones.find(whole)
    number_at = head.number_line(zone.left)
    symbol = head.symbol(number_at)
    layout = zone.layout or (symbol.regime if symbol else "") or ""
    issuer = issuers.find(zone.left, number_at, known, recognised=recognised)
    if symbol and recognised:
        symbol = head.repaired(symbol, next((each.unit for each in issuer if each.unit), ""), known)
    kinds, printed = body.kind(zone, symbol, known, recognised=recognised)
    proposals = [
        *head.number(number_at, symbol, layout, recognised=recognised),
        *head.dated(zone.dated, known, recognised=recognised),
        *issuer,
        *kinds,
        *body.title(zone, printed, number_at, known, recognised=recognised),
        *head.stamps([*zone.left, *zone.right, *zone.body[:4]], recognised=recognised),
        *foot.signature(zone.foot_right, recognised=recognised),
        *foot.recipients(zone.foot_left, zone.body, known, recognised=recognised),
        *counted,
    ]
    proposals.sort(key=lambda each: CERTAINTIES.index(each.certainty))
    written = next((date.fromisoformat(each.value) for each in proposals if each.field == "document_date"), None)
    given = assignments.find(
        body.text(zone, printed), written, foot.addressees(zone.body), known, recognised=recognised
    )
    return Reading(layout, source, len(whole), tuple(proposals), tuple(given))


def _source(pages: list[Page]) -> str:
    if not pages or is_scan(pages):
        return "none"
    sources = {page.source for page in pages}
    return next(each for each in ("ocr", "converted", "text") if each in sources)
