"""Numbered copies of classified documents (bản số; sổ quản lý sao, chụp): who holds which, and what stands on them."""

from typing import Any

import sqlalchemy as sa
from zope.i18n import translate

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.documents.recipients import Recipient
from party.operations.documents.tables import copies
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.text.dates import format_date


#: sent electronically or on paper at issue; made by somebody for himself
KINDS = {
    "electronic": _("Electronic copy"),
    "paper": _("Paper copy"),
    "print": _("Printout"),
    "download": _("Downloaded file"),
}
#: those that a reader makes
MADE = ("print", "download")
STATES = {"out": _("With its holder"), "returned": _("Returned"), "destroyed": _("Destroyed")}
_ZONES = {"wan": _("Internal network"), "internet": _("Internet")}

audit.ACTIONS.update(
    {
        "view": _("File viewed"),
        "receive": _("Integrity and pages checked at receipt"),
        "return_copy": _("Copy returned"),
        "destroy_copy": _("Copy destroyed"),
    }
)


def of(uid: str) -> list[rows.Row]:
    """The copies of a document, by number."""
    return rows.rows(sa.select(copies).where(copies.c.document == uid).order_by(copies.c.number))


def add(uid: str, made: "list[dict[str, Any]]") -> list[int]:
    """Give the next numbers to new copies of a document that is held (see ``items.hold``), and return them."""
    last = turn.scalar(sa.select(sa.func.max(copies.c.number)).where(copies.c.document == uid)) or 0
    numbers = list(range(last + 1, last + 1 + len(made)))
    same = {"document": uid, "made_by": actor.current(), "made_at": clock.now(), "state": "out"}
    empty = {"file": "", "holder_unit": "", "holder_person": "", "purpose": ""}
    if made:
        rows.insert(
            copies, [{**same, **empty, **each, "number": number} for each, number in zip(made, numbers, strict=True)]
        )
    return numbers


def number_sent(document: Any, to: list[Recipient]) -> list[int]:
    """Number what recipients get, in their order; further ones of the first printing stay in the unit (lưu)."""
    if document.level == levels.NORMAL:
        return []
    made = [
        {
            "kind": "electronic" if each.channel == "electronic" else "paper",
            "holder_unit": each.unit,
            "holder_name": each.name,
        }
        for each in to
    ]
    first = not turn.row(sa.select(copies.c.id).where(copies.c.document == document.UID(), copies.c.kind == "paper"))
    kept = (document.copies or 0) - len(to) if first else 0
    own = {"kind": "paper", "holder_unit": document.unit, "holder_name": lookup.unit(document.unit).title}
    return add(document.UID(), made + [own] * kept)


def on_paper(uid: str, recipient: str, name: str) -> None:
    """What was to reach a recipient electronically is given to him on paper, under the same number."""
    for each in of(uid):
        if each.kind == "electronic" and (each.holder_unit, each.holder_name) == (recipient, name):
            rows.update(copies, copies.c.id == each.id, kind="paper")


def reader_lines() -> list[str]:
    """Who looks, when and through which network, as it is written across pages; in Vietnamese."""
    me = actor.current()
    person = lookup.person(me)
    units = lookup.unit_titles([each.unit for each in lookup.posts_of(me)[:1]])
    now = clock.local(clock.now())
    moment = f"{now:%H:%M} {format_date(now.date())} · {_said(_ZONES[levels.zone()])}"
    return [f"{person.full_name} ({person.login})", *units.values(), moment]


def lines(document: Any, number: int | None = None) -> list[str]:
    """What stands on every page of a copy, or of what is only looked at."""
    mapping = {"number": str(number)}
    copy = _said(_("View copy")) if number is None else _said(_("Copy no. ${number}", mapping=mapping))
    return [*reader_lines(), f"{copy} · {_said(levels.LEVELS[document.level]).upper()}"]


def _said(message: str) -> str:
    return translate(message, target_language="vi")
