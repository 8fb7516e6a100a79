"""Số đến as people read it."""

from typing import Any


def arrival(row: Any) -> int | str | None:
    """The arrival number of a row of the register, with its letters; ``None`` where an old register has none."""
    return f"{row.arrival_number}{row.arrival_letters}" if row.arrival_letters else row.arrival_number or None
