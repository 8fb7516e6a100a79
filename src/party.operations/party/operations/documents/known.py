"""What a reading is checked against (điều cơ quan đã biết): units by name, symbol and code, old or new; document types."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from party.operations.documents.vocabularies import document_types
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization.tables import units
from party.operations.reading.matching import likeness
from party.operations.text.folding import fold


#: how alike a name must be that was recognised with errors, and how much more than the next one
_ALIKE, _AHEAD = 0.93, 0.03

Match = tuple[str, str, bool]


class Office:
    """The office of today, for one reading: what it has looked up it remembers."""

    def __init__(self) -> None:
        self._found: dict[str, Match | None] = {}

    @property
    def today(self) -> date:
        """The legal date of today."""
        return clock.today()

    def types(self) -> dict[str, str]:
        """Tokens and names of the document types."""
        return {key: each.name for key, each in document_types().items()}

    def unit(self, text: str) -> Match | None:
        """uid and name of the unit that ``text`` means, and whether only that one can be meant."""
        wanted = " ".join(text.split())
        if wanted not in self._found:
            self._found[wanted] = self._unit(wanted) if wanted else None
        return self._found[wanted]

    def _unit(self, text: str) -> Match | None:
        by_code = lookup.unit_by_code(text)
        if by_code is not None:
            return by_code.uid, by_code.title, True
        folded = fold(text)
        named = [each for each in self._units if folded in (each.folded_title, fold(each.short_name))]
        if named:
            return _first(named)
        by_symbol = lookup.units_by_symbol(text) if " " not in text else []
        if by_symbol:
            # one that several share (TU of every province) names none of them
            return _first(by_symbol) if len(by_symbol) == 1 else None
        return self._nearly(folded)

    def _nearly(self, folded: str) -> Match | None:
        """The one unit whose name is nearly the same, as after errors of recognition; numbers must be the same."""
        words = set(folded.split())
        digits = _digits(folded)
        alike = sorted(
            (
                (likeness(folded, each.folded_title), each)
                for each in self._units
                if 2 * len(words & each.words) >= len(each.words) and _digits(each.folded_title) == digits
            ),
            key=lambda pair: -pair[0],
        )
        if not alike or alike[0][0] < _ALIKE or (len(alike) > 1 and alike[1][0] > alike[0][0] - _AHEAD):
            return None
        return alike[0][1].uid, alike[0][1].title, False

    @cached_property
    def _units(self) -> "list[_Unit]":
        columns = (units.c.uid, units.c.title, units.c.short_name, units.c.closed_on)
        return [_Unit(*row) for row in turn.rows(sa.select(*columns).order_by(units.c.tree_order))]


class _Unit:
    def __init__(self, uid: str, title: str, short_name: str, closed_on: date | None) -> None:
        self.uid, self.title, self.short_name, self.closed_on = uid, title, short_name, closed_on
        self.folded_title = fold(title)
        self.words = set(self.folded_title.split())


def _first(found: Sequence[Any]) -> Match:
    """The first that still exists, else the first; sure when it is alone."""
    best = next((each for each in found if each.closed_on is None or each.closed_on > clock.today()), found[0])
    return best.uid, best.title, len(found) == 1


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())
