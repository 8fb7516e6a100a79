"""What happened to a record whose MAC does not fit: edited, removed, put in another place, or inserted.

The keys of a stream depend on nothing but the place, so a record that stands elsewhere still fits the key of the place
it was written for.
"""

from itertools import islice
from typing import Any

from party.operations import _

from . import chain


#: how far around the bad record is looked, in records
WINDOW = 200

Row = tuple[Any, ...]


def explain(stream: dict[str, Any], rows: list[Row], index: int, first: bytes) -> tuple[str, str]:
    """Kind and message for the row at ``index``, the first one of the stream that does not fit.

    A row is the values of ``chain.COVERED`` and the MAC.
    """
    place = index + 1
    seq = rows[index][1]
    variables = {"stream": stream["id"], "seq": place, "host": stream["host"]}
    if seq > place:
        variables["last"] = seq - 1
        if place == variables["last"]:
            return "removed", _("Record ${seq} of stream ${stream} (${host}) was removed.", mapping=variables)
        return "removed", _("Records ${seq} to ${last} of stream ${stream} (${host}) were removed.", mapping=variables)
    if seq < place:
        variables["seq"] = seq
        return "inserted", _(
            "Record ${seq} of stream ${stream} (${host}) stands there twice: one was inserted.", mapping=variables
        )
    if any(row[5] == "stream_closed" for row in rows[:index]):
        return "inserted", _(
            "Record ${seq} of stream ${stream} (${host}) was inserted after its end.", mapping=variables
        )
    keys = list(islice(chain.keys_from(first), len(rows) + WINDOW))
    origin = _written_for(rows, index, keys)
    if origin is not None and sum(row[-1] == rows[index][-1] for row in rows) == 1:
        variables["origin"] = origin
        return "reordered", _(
            "Record ${seq} of stream ${stream} (${host}) was reordered: it was written as number ${origin}.",
            mapping=variables,
        )
    shift = _shift_after(rows, index, keys)
    if shift is not None and shift > 0:
        return "removed", _(
            "Record ${seq} of stream ${stream} (${host}) was removed and the rest renumbered.", mapping=variables
        )
    if shift is not None and shift < 0:
        return "inserted", _("Record ${seq} of stream ${stream} (${host}) was inserted.", mapping=variables)
    if shift is None and index == len(rows) - 1:
        return "edited", _(
            "Record ${seq} of stream ${stream} (${host}), its last one, was edited or inserted.", mapping=variables
        )
    return "edited", _("Record ${seq} of stream ${stream} (${host}) was edited.", mapping=variables)


def _written_for(rows: list[Row], index: int, keys: list[bytes]) -> int | None:
    """The number under which the row at ``index`` fits, with the MAC of any row nearby as the one before it."""
    near = range(max(0, index - WINDOW), min(len(rows), index + WINDOW))
    row = rows[index]
    macs = [rows[each][-1] for each in near]
    for place in near:
        if place == index:
            continue
        covered = (row[0], place + 1, *row[2:-1])
        if any(chain.mac(keys[place], previous, covered) == row[-1] for previous in macs):
            return place + 1
    return None


def _shift_after(rows: list[Row], index: int, keys: list[bytes]) -> int | None:
    """How many numbers the rows after ``index`` were moved (0: not at all); nothing when none of them fits."""
    for later in range(index + 1, min(len(rows), index + WINDOW)):
        row, previous = rows[later], rows[later - 1][-1]
        for shift in sorted(range(-min(later, WINDOW), WINDOW), key=abs):
            place = later + shift
            if place < len(keys) and chain.mac(keys[place], previous, (row[0], place + 1, *row[2:-1])) == row[-1]:
                return shift
    return None
