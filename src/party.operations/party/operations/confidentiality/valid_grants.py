"""Which grants count (quyền có hiệu lực): those of today, and on classified objects those that the system wrote itself."""

import hashlib
import hmac
from collections.abc import Iterable
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import keys
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tokens import is_classified
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items


_SIGNED = ("object", "role", "token", "cause", "reference", "from_day", "until_day", "given_at", "withdrawn_at")


#: put together once: this costs more than the query
_AMONG = sa.select(grants).where(
    grants.c.object.in_(sa.bindparam("uids", expanding=True)),
    grants.c.token.in_(sa.bindparam("held", expanding=True)),
    grants.c.withdrawn_at.is_(None),
    sa.or_(grants.c.until_day.is_(None), grants.c.until_day > sa.bindparam("today")),
    sa.exists().where(items.c.uid == grants.c.object, items.c.hidden.is_(False)),
)


def in_force() -> "list[sa.ColumnElement[bool]]":
    """The condition of a grant that holds now."""
    return [grants.c.withdrawn_at.is_(None), sa.or_(grants.c.until_day.is_(None), grants.c.until_day > clock.today())]


def among(uids: Iterable[str], held: Iterable[str]) -> set[str]:
    """Those of the objects on which one of the tokens ``held`` has a grant in force; none that is hidden."""
    asked = {"uids": sorted(uids), "held": sorted(held), "today": clock.today()}
    return {each.object for each in turn.rows(_AMONG, asked) if is_genuine(each._mapping)}


def is_genuine(row: Mapping[str, Any]) -> bool:
    """Was the row written by a process with keys? Grants at level normal need no proof."""
    return not is_classified(row["token"]) or hmac.compare_digest(row["mac"], mac_of(row))


def mac_of(row: Mapping[str, Any]) -> str:
    """HMAC-SHA256 over all that a grant says."""
    words = "\0".join("" if row[name] is None else _text(row[name]) for name in _SIGNED)
    return hmac.new(_key(keys.provider()), words.encode(), hashlib.sha256).hexdigest()


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@lru_cache(maxsize=16)
def _key(provider: keys.KeyProvider) -> bytes:
    return provider.secret("grants")
