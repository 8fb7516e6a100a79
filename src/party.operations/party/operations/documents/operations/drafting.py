"""Drafts (dự thảo): made, changed, kept in versions, commented on, cancelled."""

from typing import Any

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents import files as document_files
from party.operations.documents import projection
from party.operations.documents import recipients as document_recipients
from party.operations.documents import rules
from party.operations.documents.content import Version
from party.operations.documents.operations import making
from party.operations.documents.tables import comments
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.text.normalize import clean_text


@operation
def create_draft(
    unit: str,
    uploads: list[document_files.Upload] | None = None,
    *,
    recipients: list[dict[str, Any]] | None = None,
    replies_to: str = "",
    replaces: str = "",
    level: str = levels.NORMAL,
    basis: str = "",
    **fields: Any,
) -> Any:
    """Begin a draft in a unit one serves in and return it (soạn dự thảo).

    ``replies_to`` is an incoming document it answers, ``replaces`` an issued one it takes the place of; the draft has at
    least their level. The document will be numbered in the books of the unit's organ. ``level`` is what the drafter
    proposes and ``basis`` why.
    """
    level = levels.parse(level)
    values = making.clean("OutgoingDocument", fields)
    with turn.turn():
        row = lookup.unit(unit)
        require(organization_rules.is_open(row))
        me = actor.current()
        if me != actor.SYSTEM and not any(each.unit == unit for each in principals.standings(me)):
            raise NotAllowed(_("You draft for a unit you serve in."))
        for other, verb in ((replies_to, "answer"), (replaces, "replace")):
            if other:
                source = access.readable(other)
                rules.check(verb, source)
                level = max(level, source.level, key=levels.rank)
                if source.level != levels.NORMAL:
                    # what is said of a secret is one for the same reason
                    basis = basis or source.classification.basis
        listed = document_recipients.check_plain(recipients or [])
        values |= {"drafter": me, "drafting_unit": unit, "replies_to": replies_to, "replaces": replaces}
        obj = making.place("OutgoingDocument", row.organ, "outgoing", "draft", values, level, basis)
        obj.recipients = tuple(listed)
        projection.write_outgoing(obj)
        grants.apply(
            obj,
            [
                grants.Grant(tokens.person_subject(me), "draft", me),
                grants.Grant(tokens.unit_subject(row.organ, "leader"), "draft", row.organ),
            ],
        )
        journal.record(
            "create_draft", obj.UID(), me, unit=row.organ, type=obj.type, replies_to=replies_to, replaces=replaces
        )
        if uploads:
            _new_version(obj, uploads, "")
        return obj


@operation
def change_draft(
    uid: str, *, recipients: list[dict[str, Any]] | None = None, seen: int | None = None, **fields: Any
) -> None:
    """Change the facts or the recipients of a draft (sửa dự thảo)."""
    values = making.clean("OutgoingDocument", fields, partial=True)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("change", obj)
        before = {name: getattr(obj, name) for name in values}
        for name, value in values.items():
            setattr(obj, name, value)
        if recipients is not None:
            before["recipients"], values["recipients"] = list(obj.recipients), recipients
            obj.recipients = tuple(document_recipients.check_plain(recipients))
        projection.write_outgoing(obj)
        making.touch(obj, seen)
        journal.record("change_draft", uid, actor.current(), unit=obj.unit, diff=journal.changes(before, values))


@operation
def add_version(uid: str, uploads: list[document_files.Upload], note: str = "", seen: int | None = None) -> int:
    """Put a new version of the files beside those before it and return its number (thêm bản dự thảo)."""
    if not uploads:
        raise Invalid(_("Choose at least one file."), "files")
    with turn.turn():
        obj = access.readable(uid)
        rules.check("version", obj)
        making.touch(obj, seen)
        return _new_version(obj, uploads, note)


@operation
def comment(uid: str, text: str) -> int:
    """Say something about a document (góp ý, ý kiến)."""
    text = clean_text(text)
    if not text or len(text) > 4000:
        raise Invalid(_("A comment has 1 to 4,000 characters."), "text")
    with turn.turn():
        obj = access.readable(uid)
        rules.check("comment", obj)
        version = obj.latest().number if getattr(obj, "versions", None) else None
        about = {"document": uid, "version": version, "author": actor.current(), "at": clock.now(), "text": text}
        made = rows.insert_numbered(comments, about)
        journal.record("comment", uid, actor.current(), unit=obj.unit, comment=made)
        return made


@operation
def cancel_draft(uid: str, reason: str, seen: int | None = None) -> None:
    """Give up a draft (huỷ dự thảo); it stays readable for who took part."""
    reason = making.reason_given(reason)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("cancel", obj)
        making.move_to(obj, "cancelled", seen)
        journal.record("cancel_draft", uid, actor.current(), unit=obj.unit, reason=reason)


def _new_version(obj: Any, uploads: list[document_files.Upload], note: str) -> int:
    me = actor.current()
    kept = document_files.keep(obj, uploads, me)
    version = Version(len(obj.versions) + 1, tuple(kept), me, clock.now(), clean_text(note))
    obj.versions = (*obj.versions, version)
    making.read_files_later(obj)
    journal.record(
        "add_version",
        obj.UID(),
        me,
        unit=obj.unit,
        version=version.number,
        files=[each.filename for each in kept],
        note=note,
        state=items.get(obj.UID()).state,
    )
    return version.number
