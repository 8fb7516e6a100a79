"""The ledger in both of its databases: every test here runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import transaction

from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger.tables import metadata
from tests.postgres import postgresql


__all__ = ["postgresql"]

#: Tuesday morning in Hanoi
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[engine.Database]:
    """An empty ledger, in each of the databases; what is not committed in the end is given up."""
    on_postgresql = request.param == "postgresql"
    url = request.getfixturevalue("postgresql") if on_postgresql else f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    database = engine.configure(url)
    metadata.create_all(database.writer)
    if on_postgresql:
        names = ", ".join(table.name for table in metadata.sorted_tables)
        with database.writer.begin() as connection:
            connection.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    transaction.begin()
    yield database
    transaction.abort()
    engine.dispose()


@pytest.fixture
def time() -> Iterator[clock.Frozen]:
    """The clock, held on a Tuesday morning."""
    with clock.frozen(NOW) as frozen:
        yield frozen
