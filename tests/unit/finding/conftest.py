"""The index in each of the databases, with documents written straight into it."""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality.tables import readers
from party.operations.finding import checking
from party.operations.finding import index
from party.operations.ledger import engine
from party.operations.ledger import items
from party.operations.ledger import turn
from tests.unit.ledger.conftest import ledger
from tests.unit.ledger.conftest import postgresql
from tests.unit.ledger.conftest import time


__all__ = ["ledger", "postgresql", "time"]

#: the token of the person who asks
MINE = "lvl:normal:user:toi"

Put = Callable[..., str]


@pytest.fixture
def put(ledger: engine.Database, time: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """``put(title, text="", readers=(MINE,), …)`` puts a document of level normal into the index and returns its uid."""
    monkeypatch.setattr(actor, "current", lambda: "toi")
    monkeypatch.setattr(actor, "held", lambda: frozenset({MINE}))
    monkeypatch.setattr(principals, "levels_of", lambda person: ("normal",))
    count = 0

    def write(title: str, text: str = "", tokens: tuple[str, ...] = (MINE,), **more: Any) -> str:
        nonlocal count
        count += 1
        uid = f"{count:032d}"
        facts = {"kind": "incoming", "unit": "tinh", "state": "registered", "level": "normal"}
        facts |= {name: more.pop(name) for name in list(more) if name in facts}
        said = {"type_": "party.cong-van", "period": "2026", "person": "", "urgency": "normal"}
        said |= {"day": date(2026, 11, 20), "number": "", "about": "", **more}
        with turn.turn():
            items.create(uid, path=f"/{uid}", title=title, created_by="toi", **facts)
            if tokens:
                turn.run(sa.insert(readers), [{"object": uid, "token": each} for each in tokens])
            index.write(uid, title=title, **facts, **said)
            if text:
                index.set_text(uid, text)
        return uid

    yield write
    with turn.turn():
        checking.clear()
