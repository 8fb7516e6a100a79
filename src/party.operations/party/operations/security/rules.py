"""May this happen in the register of trust now? ``True`` or a falsy ``No(reason)``.

A role of the site gives nothing here, the Manager's included: what counts is a row of the register itself.
"""

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import clearances
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import No
from party.operations.ledger.errors import require


def is_officer(person: str) -> bool:
    """Is ``person`` a security officer (cơ yếu), where an office of trust counts?"""
    return bool(in_place()) and clearances.is_officer(person)


def is_auditor(person: str) -> bool:
    """Is ``person`` an auditor (kiểm toán), where an office of trust counts?"""
    return bool(in_place()) and clearances.is_officer(person, clearances.AUDITOR)


def in_place() -> "bool | No":
    """Is this the place where the register is kept?"""
    if levels.zone() == "wan" and keys.available():
        return True
    return No(
        _(
            "The register of who is trusted with secrets is kept in the internal network only, where its keys are. "
            "Nothing was changed: do this there."
        )
    )


def check_officer() -> None:
    """Raise unless a security officer acts in the right place; the operations' own question."""
    require(in_place())
    show_officer()


def show_officer() -> None:
    """Raise :class:`Missing` for everybody but security officers: elsewhere, and for others, there is no register."""
    if not is_officer(actor.current()):
        raise Missing(_("There is nothing here."))
