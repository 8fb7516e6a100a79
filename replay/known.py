"""What the ledger says (sổ cái): who is who, and what of the plan is done already.

Nothing is kept beside it: the answers to requests lie in the ledger under the identifiers of the plan, and each login is a
row of the journal. So a replay that was stopped at any moment goes on from what was really committed.
"""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from replay.facts import FIRST_DAY


class Known:
    """Reads the ledger in ``file`` beside the running site."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def people(self) -> dict[str, str]:
        """Ids by login."""
        return dict(self._rows("SELECT login, id FROM people"))

    def carried(self) -> dict[str, str]:
        """uids of what was registered before the week, by number and symbol."""
        found = self._rows("SELECT number_symbol, uid FROM incoming WHERE arrival_date < ?", FIRST_DAY.isoformat())
        return dict(found)

    def answers(self) -> dict[str, dict[str, Any]]:
        """What was answered to the requests that are done, by their identifiers, the last one last."""
        return {identifier: json.loads(answer) for identifier, answer in self._rows(_ANSWERS)}

    def logins(self) -> Counter[tuple[str, date]]:
        """How often each person (id) has logged in on each day."""
        found = self._rows("SELECT person, day, count(*) FROM tallies WHERE measure = 'login' GROUP BY person, day")
        return Counter({(person, date.fromisoformat(day)): count for person, day, count in found})

    def logins_of(self, person: str, day: date) -> int:
        """How often one has logged in on a day."""
        ((count,),) = self._rows(f"{_LOGINS} AND person = ? AND day = ?", person, day.isoformat())
        return int(count)

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=60)) as connection:
            return connection.execute(query, values).fetchall()


_ANSWERS = "SELECT identifier, answer FROM requests WHERE identifier LIKE 'A%-%' ORDER BY rowid"
_LOGINS = "SELECT count(*) FROM tallies WHERE measure = 'login'"
