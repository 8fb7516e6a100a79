"""Data keys (khoá dữ liệu): one for each classified object, bound to what it is, at which level, of which unit.

The key lies in the ledger, wrapped by a key-encryption key of the provider. Rotation wraps it anew and touches nothing
that it sealed.
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import keys
from party.operations.confidentiality import monitor
from party.operations.confidentiality.tables import data_keys
from party.operations.ledger import clock
from party.operations.ledger import turn


#: seconds for which a process keeps a key it has unwrapped; a key that is withheld is gone everywhere after them
KEPT_SECONDS = 30
_MOST = 20_000

#: put together once: this costs more than the query
_WANTED = sa.select(data_keys).where(data_keys.c.id.in_(sa.bindparam("wanted", expanding=True)))

#: opened keys by id, with the instant until which they are kept
_kept: "dict[str, tuple[float, DataKey]]" = {}


@dataclass(frozen=True)
class DataKey:
    """A key in the clear with its label: object, level and owner unit."""

    id: str
    object: str
    level: str
    unit: str
    key: bytes = field(repr=False)

    def __reduce__(self) -> Any:
        """A key is never written anywhere."""
        raise TypeError("a data key is not stored")


def make(uid: str, level: str, unit: str) -> DataKey:
    """A new key for an object, in the open turn; raises ``keys.Withheld`` where there are no keys."""
    made = DataKey(secrets.token_hex(8), uid, level, unit, secrets.token_bytes(32))
    keep(made)
    return made


def keep(made: DataKey) -> None:
    """Write a key down, wrapped by the current key of its scope."""
    provider = keys.provider()
    values = {name: getattr(made, name) for name in ("id", "object", "level", "unit")}
    kek = provider.kek(made.level, made.unit, clock.today().year)
    wrapped = provider.wrap(kek, made.key, _label(values))
    turn.run(sa.insert(data_keys).values(**values, kek=kek, wrapped=wrapped, made_at=clock.now()))


def get(key: str) -> DataKey:
    """The key of that id; raises ``keys.Withheld`` or ``keys.Broken``."""
    found = many([key]).get(key)
    if isinstance(found, DataKey):
        return found
    if found is None or isinstance(found, keys.Broken):
        monitor.record_broken(object_of(key), "data_key")
    raise found if found is not None else keys.Broken()


def object_of(key: str) -> str:
    """The object that a data key is said to belong to, "" for one that is not there."""
    return turn.scalar(sa.select(data_keys.c.object).where(data_keys.c.id == key)) or ""


def many(wanted: Iterable[str]) -> "dict[str, DataKey | keys.Withheld | keys.Broken]":
    """The keys of those ids, or why one cannot be had."""
    now = time.monotonic()
    asked = set(wanted)
    found: dict[str, DataKey | keys.Withheld | keys.Broken] = {
        each: kept[1] for each in asked if (kept := _kept.get(each)) is not None and kept[0] > now
    }
    if missing := asked - found.keys():
        found |= {row.id: _unwrapped(row, now) for row in turn.rows(_WANTED, {"wanted": sorted(missing)})}
    return found


def label_of(row: Any) -> bytes:
    """What the wrapping binds a row to: a row whose words were changed does not open."""
    return _label(row._mapping)


def forget() -> None:
    """Drop the keys this process has unwrapped."""
    _kept.clear()


def _label(values: Any) -> bytes:
    return "\0".join(values[name] for name in ("id", "object", "level", "unit")).encode()


def _unwrapped(row: Any, now: float) -> "DataKey | keys.Withheld | keys.Broken":
    try:
        plain = keys.provider().unwrap(row.kek, row.wrapped, label_of(row))
    except (keys.Withheld, keys.Broken) as refused:
        return refused
    if len(_kept) >= _MOST:
        _kept.clear()
    opened = DataKey(row.id, row.object, row.level, row.unit, plain)
    _kept[row.id] = (now + KEPT_SECONDS, opened)
    return opened
