"""What is looked at before a classified document goes out, and when it comes in (kiểm tra trước khi gửi, khi nhận)."""

import hashlib
from typing import Any
from typing import NoReturn

from party.operations import _
from party.operations.confidentiality import audit
from party.operations.confidentiality import clearances
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.documents import access
from party.operations.documents.files import DocumentFile
from party.operations.documents.operations.sending import contacts
from party.operations.documents.recipients import Recipient
from party.operations.documents.watermark import page_count
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


_CHUNK = 1024 * 1024


class Mismatch(Invalid):
    """What arrived is not what was sent. ``why`` is ``digest`` or ``pages``."""

    def __init__(self, message: str, field: str, why: str) -> None:
        super().__init__(message, field, why=why)
        self.why = why


def check_pages(document: Any) -> None:
    """The pages that are stated are those of the files that are sent; counted where nobody stated them."""
    if document.level == levels.NORMAL:
        return
    counted, everything = _counted(document.version(document.signature["version"]).files)
    stated = document.pages or counted
    if stated != counted and (everything or stated < counted):
        raise Invalid(
            _(
                "The document is said to have ${stated} pages, but its files have ${counted}. Send it back, so that the "
                "drafter corrects the number or the files.",
                mapping={"stated": stated, "counted": counted},
            ),
            "pages",
        )
    if document.pages != stated:
        document.pages = stated


def check_receivers(document: Any, to: list[Recipient]) -> None:
    """Each unit that gets it electronically has somebody in its registry who may see it today."""
    if document.level == levels.NORMAL:
        return
    blind = [each for each in to if each.channel != "paper" and not _somebody_cleared(each.unit, document.level)]
    if not blind:
        return
    call = contacts([each.unit for each in blind])
    words = "; ".join(f"{each.name} ({call[each.unit]})" if each.unit in call else each.name for each in blind)
    raise Invalid(
        _(
            "Nobody in the registry of these units is cleared for this level today, so it would reach nobody. Call them, "
            "or send it on paper: ${units}.",
            mapping={"units": words},
        ),
        "recipients",
    )


def check_received(delivery: int, source: Any, pages_seen: int | None) -> None:
    """What arrived is whole and has the pages that the sender stated, and the clerk has counted the same.

    Raises :class:`Mismatch`; what was found is in the audit by then.
    """
    if source.level == levels.NORMAL:
        return
    uid, files = source.UID(), source.version(source.signature["version"]).files
    for file in files:
        if not _is_whole(file):
            audit.refused("receive", uid, delivery=delivery, file=file.id, why="digest")
            raise Mismatch(
                _(
                    "“${file}” is not what was sent: it was changed or damaged on the way. Refuse the delivery and tell "
                    "the sender.",
                    mapping={"file": file.filename},
                ),
                "",
                "digest",
            )
    counted, everything = _counted(files)
    stated = source.pages or counted
    if stated != counted and (everything or stated < counted):
        _wrong_pages(delivery, uid, stated, counted)
    if pages_seen is None:
        raise Invalid(_("Count the pages you see and enter their number."), "pages_seen")
    if pages_seen != stated:
        _wrong_pages(delivery, uid, stated, pages_seen)
    audit.record("receive", uid, delivery=delivery, pages=pages_seen)


def _wrong_pages(delivery: int, uid: str, stated: int, found: int) -> NoReturn:
    audit.refused("receive", uid, delivery=delivery, why="pages", stated=stated, found=found)
    raise Mismatch(
        _(
            "The sender states ${stated} pages, but there are ${found}. Count again; if it stays so, refuse the delivery.",
            mapping={"stated": stated, "found": found},
        ),
        "pages_seen",
        "pages",
    )


def _is_whole(file: DocumentFile) -> bool:
    digest = hashlib.sha256()
    with access.bytes_of(file) as source:
        try:
            while part := source.read(_CHUNK):
                digest.update(part)
        except keys.Broken:
            return False
    return digest.hexdigest() == file.sha256


def _counted(files: tuple[DocumentFile, ...]) -> tuple[int, bool]:
    """The pages of the files together, and whether all of them have pages to count."""
    counts = [page_count(access.bytes_of(each), each.content_type) for each in files]
    return sum(each or 0 for each in counts), None not in counts


def _somebody_cleared(unit: str, level: str) -> bool:
    people = {each.person for each in lookup.holders(unit, *REGISTRY_FUNCTIONS)}
    return any(levels.rank(clearances.level_of(each)) >= levels.rank(level) for each in people)
