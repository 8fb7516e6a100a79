"""What a piece of work writes: objects of the ZODB, statements of the ledger. Reading must write neither.

with writes() as written:
    browser.open(...)
assert not written, written.report()
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import sqlalchemy as sa
from ZODB.Connection import Connection

from party.operations.ledger import engine


#: what stands between the code that changed an object and us, and says nothing
_BETWEEN = ("/ZODB/", "/persistent/", "/BTrees/", "/sqlalchemy/", "/contextlib.py", "tests/writes.py")


@dataclass
class Written:
    """What was written, each entry with the place in the code that did it."""

    objects: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.objects or self.statements)

    def report(self) -> str:
        """All of it as text, for the message of an assertion."""
        return "\n".join(["written:", *self.objects, *self.statements])


@contextmanager
def writes() -> Iterator[Written]:
    """Record what any connection and any thread writes during the block, whether it is committed afterwards or not.

    The threads of a test server are seen too. An object counts when its connection is told that it changed, which
    happens once in a transaction: commit what was prepared before. The ledger's write session counts from its first
    statement on, which is the lock.
    """
    written = Written()
    register = Connection._register
    writer = engine.database().writer

    def registering(self: Connection, obj: Any = None) -> None:
        if obj is not None:
            kind = type(obj)
            written.objects.append(f"{kind.__module__}.{kind.__name__} {_name(obj)} in {_place()}")
        register(self, obj)

    def executing(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if not statement.startswith("PRAGMA"):
            written.statements.append(f"{statement.splitlines()[0]} in {_place()}")

    Connection._register = registering
    sa.event.listen(writer, "before_cursor_execute", executing)
    try:
        yield written
    finally:
        Connection._register = register
        sa.event.remove(writer, "before_cursor_execute", executing)


def _name(obj: Any) -> str:
    found = vars(obj).get("id") or vars(obj).get("__name__") if hasattr(obj, "__dict__") else ""
    return repr(found) if isinstance(found, str) and found else f"oid {int.from_bytes(obj._p_oid or b'', 'big')}"


def _place() -> str:
    """The innermost places in the code, nearest first."""
    frames = [
        f"{each.filename}:{each.lineno}"
        for each in reversed(traceback.extract_stack())
        if not any(part in each.filename for part in _BETWEEN)
    ]
    return " ← ".join(frames[:4])
