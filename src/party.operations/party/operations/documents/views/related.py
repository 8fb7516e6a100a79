"""What a document has to do with others (văn bản liên quan), of that what the person who looks may read."""

from dataclasses import dataclass

import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations.confidentiality import actor
from party.operations.confidentiality import blinding
from party.operations.confidentiality import grants
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.ledger import turn
from party.operations.ledger.tables import items


@dataclass(frozen=True)
class Related:
    """A document as a link; ``state`` is a key of its direction's states."""

    url: str
    kind: str
    number_symbol: str
    title: str
    state: str


def answers_to(uid: str) -> list[Related]:
    """Drafts and issued documents that answer an incoming one."""
    return _outgoing(outgoing.c.replies_to.in_(_either(uid)))


def replacements_of(uid: str) -> list[Related]:
    """Drafts and issued documents that take the place of an issued one."""
    return _outgoing(outgoing.c.replaces.in_(_either(uid)))


def issued(uid: str) -> list[Related]:
    """The outgoing document of that uid, if it may be read."""
    return _outgoing(outgoing.c.uid == uid) if uid else []


def arrived(uid: str) -> list[Related]:
    """The incoming document of that uid, if it may be read."""
    return _found(incoming, incoming.c.uid == uid) if uid else []


@dataclass(frozen=True)
class Withdrawal:
    """Why an incoming document is no longer valid: its sender recalled or replaced it."""

    state: str
    why: str
    #: where what replaces it is: received already, or still waiting; "" when it is not here
    url: str = ""


def withdrawal_of(uid: str) -> Withdrawal | None:
    """What the sender did to a document after it was received here; ``None`` when it stands."""
    row = rows.row(
        sa.select(deliveries).where(deliveries.c.incoming == uid, deliveries.c.state.in_(("recalled", "replaced")))
    )
    if row is None:
        return None
    following = turn.row(
        sa.select(deliveries.c.id, deliveries.c.incoming)
        .join(outgoing, outgoing.c.uid == deliveries.c.document)
        .where(outgoing.c.replaces.in_(_either(row.document)), deliveries.c.recipient.in_(_either(row.recipient)))
    )
    if following is None:
        return Withdrawal(row.state, row.reason)
    home = getSite().absolute_url()
    url = f"{home}/d/{following.incoming}" if following.incoming else f"{home}/@@delivery?id={following.id}"
    return Withdrawal(row.state, row.reason, url)


def _either(value: str) -> list[str]:
    """How a column may hold the value in rows that the person who acts may see."""
    return blinding.either([value], principals.levels_of(actor.current()))


def _outgoing(condition: "sa.ColumnElement[bool]") -> list[Related]:
    return _found(outgoing, condition)


def _found(table: "sa.Table", condition: "sa.ColumnElement[bool]") -> list[Related]:
    found = rows.rows(
        sa.select(items.c.uid, items.c.kind, table.c.number_symbol, items.c.title, items.c.state)
        .join(table, table.c.uid == items.c.uid)
        .where(condition, grants.readable(items.c.uid, actor.held()))
        .order_by(items.c.id)
    )
    home = getSite().absolute_url()
    return [Related(f"{home}/d/{each.uid}", each.kind, each.number_symbol, each.title, each.state) for each in found]
