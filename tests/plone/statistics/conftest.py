"""Letters and documents of the office, browsers for each login, and figures made straight in the ledger."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from party.operations.ledger import ids
from party.operations.ledger import turn
from party.operations.ledger.engine import database
from party.operations.ledger.tables import tallies
from tests.office import Office
from tests.plone.documents.conftest import act  # noqa: F401 - fixtures are found by their names here
from tests.plone.documents.conftest import as_system  # noqa: F401
from tests.plone.documents.conftest import browse  # noqa: F401
from tests.plone.documents.conftest import letter  # noqa: F401
from tests.plone.documents.conftest import outgoing  # noqa: F401
from tests.plone.mail.conftest import mail_server  # noqa: F401


Tally = Callable[..., None]


def add_tallies(count: int, **values: Any) -> None:
    """So many tallies of the same values, each of an event of its own."""
    usual = {"person": "", "object": "", "level": "normal", "amount": 1}
    with turn.turn():
        for _number in range(count):
            turn.run(sa.insert(tallies).values({**usual, **values, "event": ids.new()}))


@pytest.fixture
def tally(office: Office) -> Tally:
    """``tally("login", "tinh", date(…), person="a")`` counts something as an event would have."""

    def add(measure: str, unit: str, day: date, count: int = 1, **values: Any) -> None:
        add_tallies(count, measure=measure, unit=office.units.get(unit, unit), day=day, **values)

    return add


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """Collects the statements that reach the ledger meanwhile."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            found.append(statement)

        engines = (database().reader, database().writer)
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", note)

    return collecting
