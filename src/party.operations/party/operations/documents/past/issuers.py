"""Issuers of old registers (nơi ban hành trong sổ cũ): units of today by their name, short name, symbol or code, old or new."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization.tables import codes
from party.operations.organization.tables import symbols
from party.operations.organization.tables import units
from party.operations.text.folding import search_key
from party.operations.text.symbols import match_key


class Issuers:
    """All units, read once for a sheet of thousands of lines."""

    def __init__(self) -> None:
        self._closed: dict[str, date | None] = {}
        self._names: dict[str, set[str]] = {}
        for row in turn.rows(sa.select(units.c.uid, units.c.title, units.c.short_name, units.c.closed_on)):
            self._closed[row.uid] = row.closed_on
            for name in filter(None, map(search_key, (row.title, row.short_name or ""))):
                self._names.setdefault(name, set()).add(row.uid)
        self._codes = _gathered(turn.rows(sa.select(codes.c.key, codes.c.unit)))
        self._symbols = _gathered(turn.rows(sa.select(symbols.c.key, symbols.c.unit)))

    def find(self, text: str) -> str | None:
        """The uid of the unit that ``text`` names, "" when it names none, ``None`` when it names several."""
        for found in (
            self._codes.get(text.strip().upper()),
            self._names.get(search_key(text)),
            self._symbols.get(match_key(text)) if " " not in text.strip() else None,
        ):
            if found:
                return self._one(found)
        return ""

    def _one(self, found: set[str]) -> str | None:
        """The only one; of several the only one that is there today."""
        today = clock.today()
        there = [uid for uid in found if (self._closed.get(uid) or date.max) > today]
        for choice in (sorted(found), there):
            if len(choice) == 1:
                return choice[0]
        return None


def _gathered(rows: "Iterable[sa.Row[Any]]") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.key, set()).add(row.unit)
    return found
