"""From a uid to the object (mở văn bản): for who may read it, and for the system itself."""

from typing import Any
from typing import BinaryIO

from AccessControl import getSecurityManager
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import grants
from party.operations.confidentiality import monitor
from party.operations.confidentiality.base import open_record
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import files
from party.operations.ledger import items
from party.operations.ledger.errors import Missing


def readable(uid: str, purpose: str = "reveal", recorded: bool = False) -> Any:
    """The document opened for the person who acts; otherwise :class:`Missing`, as if it were not there.

    ``purpose`` is what the audit says of a classified one, unless it says of this look already (see :mod:`.openings`).
    """
    found, admitted = items.find(uid), ""
    if actor.current() != actor.SYSTEM:
        admitted = _turn_away(uid, found, purpose)
    obj = _at(found or items.get(uid))
    if actor.current() != actor.SYSTEM and not getSecurityManager().checkPermission("View", obj):
        raise Missing(_("There is no such record here."))
    return open_record(obj, purpose, recorded, admitted)


def _turn_away(uid: str, found: Any, purpose: str) -> str:
    """Who may not see a classified object is answered before it is loaded, in the time that one that is not there takes.

    Returns the uid if the monitor let it through, "" if it was not asked.
    """
    if found is not None and found.level == NORMAL:
        return ""
    if not monitor.readable_among({uid}):
        if found is not None:
            audit.turned_away(purpose, uid, actor.current())
        raise Missing(_("There is no such record here."))
    return uid


def bytes_of(file: Any) -> BinaryIO:
    """The plain bytes of a file of a document that was opened."""
    return files.opened(file, unrestricted(file.home))


def content_of(file: Any) -> bytes:
    """All plain bytes of a file of a document that was opened; for those that are not large."""
    with bytes_of(file) as stream:
        return stream.read()


def takes_part(document: Any) -> bool:
    """Does the person read the document as one of the side that makes it?

    Who only received an issued document reads its frozen version and nothing of how it came about: no other version,
    review, comment or delivery.
    """
    if actor.current() == actor.SYSTEM:
        return True
    return grants.reads_by_other_cause(document.UID(), actor.held(), "delivery")


def unrestricted(uid: str) -> Any:
    """The object for the system's own work, which needs nothing of what it says; a classified one stays closed."""
    return _at(items.get(uid))


def _at(row: Any) -> Any:
    found = getSite()
    # from folder to folder: the traversal of the web asks each for views, hooks and adapters
    for name in row.path.split("/")[len(found.getPhysicalPath()) :]:
        found = found._getOb(name)
    return found
