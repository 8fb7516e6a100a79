"""A ledger of an earlier version is named as such, not met by errors later."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from party.operations.ledger import engine


def test_a_table_without_one_of_its_columns_is_older_data(tmp_path: Path) -> None:
    before = str(engine.database().writer.url)
    engine.configure(f"sqlite:///{tmp_path / 'old.sqlite'}")
    try:
        with engine.database().writer.begin() as connection:
            connection.execute(sa.text("create table items (id integer primary key, uid text)"))
        with pytest.raises(engine.OlderData, match=r"earlier version.*items"):
            engine.create_tables()
    finally:
        engine.configure(before)
