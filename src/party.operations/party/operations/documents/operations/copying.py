"""Numbered copies of classified documents (sao, chụp, in, tải): made, given back, destroyed."""

from datetime import date
from typing import Any

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import rules
from party.operations.documents import serving
from party.operations.documents import tables
from party.operations.documents import watermark
from party.operations.documents.operations import making
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.text.folding import fold
from party.operations.text.normalize import clean_line


@operation
def make_copy(uid: str, file: str, kind: str, *, purpose: str = "") -> serving.Served:
    """Print or download a file under the next number, with the person's name on every page; returns what goes out.

    Where copies are not allowed a leader orders one, and says why.
    """
    if kind not in copies.MADE:
        raise Invalid(_("“${value}” is not a way of making a copy.", mapping={"value": kind}), "kind")
    with turn.turn():
        document = access.readable(uid)
        rules.check("copy", document)
        found = next((each for each in serving.readable_files(document) if each.id == file), None)
        if found is None:
            raise Missing(_("There is no such file."))
        if found.content_type not in watermark.MARKABLE:
            words = {"file": found.filename}
            raise Invalid(
                _("“${file}” cannot carry your name. Copies are made of PDF files and pictures.", mapping=words), "file"
            )
        said = clean_line(purpose) if document.classification.copying else making.reason_given(purpose)
        me = actor.current()
        holder = {"holder_person": me, "holder_name": lookup.person(me).full_name}
        (number,) = copies.add(uid, [{"kind": kind, "file": file, "purpose": said, **holder}])
        journal.record("make_copy", uid, me, unit=document.unit, number=number, kind=kind, file=file, reason=said)
        audit.record(kind, uid, file=file, copy=number)
        return serving.copied(document, found, number)


@operation
def settle_copies(
    uid: str,
    numbers: list[int],
    state: str,
    *,
    on: date | None = None,
    destroyed_by: str = "",
    witness: str = "",
) -> None:
    """Write down that copies came back, or that two people destroyed them (thu hồi, tiêu huỷ bản).

    ``destroyed_by`` is who destroyed them (người huỷ), ``witness`` who saw it (người chứng kiến).
    """
    if state not in ("returned", "destroyed"):
        raise Invalid(_("“${value}” is not what becomes of a copy.", mapping={"value": state}), "state")
    day = on or clock.today()
    making.check_not_future(day, "on")
    change = {"state": state, f"{state}_on": day, "ended_by": actor.current()}
    if state == "destroyed":
        change |= _two_people(destroyed_by, witness)
    with turn.turn():
        document = access.readable(uid)
        rules.check("settle_copies", document)
        chosen = [each for each in copies.of(uid) if each.number in set(numbers)]
        if not chosen or len(chosen) != len(set(numbers)):
            raise Invalid(_("Choose copies of this document by their numbers."), "numbers")
        for each in chosen:
            _check(each, state, day)
        rows.update(tables.copies, tables.copies.c.id.in_([each.id for each in chosen]), **change)
        which = sorted(each.number for each in chosen)
        words = {"numbers": ", ".join(map(str, which)), "on": day, "by": destroyed_by, "witness": witness}
        journal.record(f"copies_{state}", uid, actor.current(), unit=document.unit, **words)
        for number in which:
            audit.record("return_copy" if state == "returned" else "destroy_copy", uid, copy=number)


def _check(copy: Any, state: str, day: date) -> None:
    if copy.state == "destroyed" or copy.state == state:
        words = {"number": copy.number}
        raise Changed(_("Copy no. ${number} was dealt with already. Look at the present state.", mapping=words))
    if day < clock.local(copy.made_at).date():
        raise Invalid(_("Copy no. ${number} was made after that day.", mapping={"number": copy.number}), "on")


def _two_people(destroyed_by: str, witness: str) -> dict[str, str]:
    """Both names; two people destroy a copy (Luật Bảo vệ bí mật nhà nước, về tiêu huỷ)."""
    names = clean_line(destroyed_by), clean_line(witness)
    for name, field in zip(names, ("destroyed_by", "witness"), strict=True):
        if len(name) < 3:
            raise Invalid(_("Name who destroyed it and who saw it."), field)
    if fold(names[0]) == fold(names[1]):
        raise Invalid(_("Two people destroy a copy: the witness is somebody else."), "witness")
    return {"destroyed_by": names[0], "witness": names[1]}
