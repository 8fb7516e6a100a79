"""One object of an export (bản ghi kết xuất) and how it is put in its place again: uid, id and state as they were."""

from dataclasses import dataclass
from dataclasses import field
from typing import Any

import sqlalchemy as sa
from Acquisition import aq_base
from plone.dexterity.utils import createContent
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import journal
from party.operations.ledger import rows as ledger_rows
from party.operations.ledger.errors import NotAllowed


#: what the place of an object, its children and its grants make anew
DERIVED = frozenset(
    (
        "__annotations__",
        "__parent__",
        "__name__",
        "__ac_local_roles__",
        "_tree",
        "_count",
        "_mt_index",
        "id",
        "_plone.uuid",
    )
)


@dataclass(frozen=True)
class Record:
    """An object with its rows, as an export holds them."""

    portal_type: str
    uid: str
    id: str
    #: path of its container below the site, "" for the site itself
    container: str
    #: the attributes of the object but for :data:`DERIVED`
    state: dict[str, Any]
    #: rows of the ledger by the name of their table
    rows: dict[str, list[ledger_rows.Plain]] = field(default_factory=dict)


def state_of(obj: Any) -> dict[str, Any]:
    """The attributes of an object that are its own."""
    obj._p_activate()
    return {name: value for name, value in vars(aq_base(obj)).items() if name not in DERIVED and name[:3] != "_v_"}


def assert_restoring() -> None:
    """Raise ``NotAllowed`` unless the command line acts, whose host holds everything that a restore could bring in."""
    if actor.current() != actor.SYSTEM:
        raise NotAllowed(_("Only the command line of the server exports and restores a site."))


def put(record: Record) -> Any:
    """Make the object in its place, write its event and return it."""
    container = getSite().unrestrictedTraverse(record.container) if record.container else getSite()
    state = dict(record.state)
    if "_owner" in state:
        # the path of the account names the site, which may be called otherwise here
        state["_owner"] = (list(getSite().acl_users.getPhysicalPath()[1:]), state["_owner"][1])
    obj = createContent(record.portal_type, id=record.id)
    setattr(obj, "_plone.uuid", record.uid)
    _bring_to(obj, state)
    container._setObject(record.id, obj, set_owner=False, suppress_events=True)
    obj = container._getOb(record.id)
    obj.indexObject()
    # the catalogue has just noted a modification
    _bring_to(obj, state)
    journal.record("restored", record.uid, actor.current(), unit=getattr(obj, "unit", ""))
    return obj


def _bring_to(obj: Any, state: dict[str, Any]) -> None:
    for name in set(state_of(obj)) - set(state):
        delattr(obj, name)
    for name, value in state.items():
        setattr(obj, name, value)


def load(tables: "tuple[sa.Table, ...]", record: Record, path: str) -> None:
    """Write the rows of a record that belong into ``tables``, in their order, with the present path of the object."""
    for table in tables:
        found = record.rows.get(table.name, [])
        ledger_rows.load(table, [{**each, "path": path} if "path" in each else each for each in found])
