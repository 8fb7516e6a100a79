"""Checking the journal (kiểm tra nhật ký): streams, anchors and signed days against each other.

Needs the private key. The first thing wrong in a stream is named, as what it seems to be. What comes after it in the
same stream is not named, but where it fits it still vouches for anchors and days.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.exceptions import InvalidTag

from party.operations import _

from . import anchors as anchoring
from . import chain
from .explaining import explain
from .store import snapshot
from .store import Store
from .tables import anchors
from .tables import days
from .tables import records
from .tables import streams


#: records that are fetched at once
PAGE = 5000
#: numbers that may be missing in a row before the rest of a stream is given up
FAR = 10_000_000


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: ``kind`` for machines, ``message`` (translatable) for people."""

    kind: str
    message: str
    stream: str = ""
    seq: int = 0


class _Seen:
    """What the records tell about other rows, gathered while they are read."""

    def __init__(self) -> None:
        #: last number of each stream
        self.last: dict[str, int] = {}
        #: MACs of the records that anchors and days name
        self.macs: dict[tuple[str, int], str] = {}
        self.anchors: dict[int, str] = {}
        self.days: dict[str, str] = {}
        #: streams that said that they end, or were found without their process
        self.ended: set[str] = set()


def verify_store(store: Store) -> list[Problem]:
    """Everything that is wrong in the journal, streams first; empty when nothing is."""
    with snapshot(store) as connection:
        anchored = [dict(row) for row in connection.execute(sa.select(anchors).order_by(anchors.c.id)).mappings()]
        signed = [dict(row) for row in connection.execute(sa.select(days).order_by(days.c.day)).mappings()]
        begun = {row.id: dict(row) for row in connection.execute(sa.select(streams)).mappings()}
        seen = _Seen()
        named = {(stream, seq): mac for row in (*anchored, *signed) for stream, seq, mac in _heads(row["heads"])}
        problems = list(_streams(connection, begun, named, seen))
    broken = {each.stream for each in problems}
    problems += _cut(begun, named, seen, broken)
    problems += _anchors(anchored, seen)
    problems += _days(signed, seen)
    return problems


def _streams(
    connection: sa.Connection, begun: dict[str, Any], named: dict[tuple[str, int], str], seen: _Seen
) -> Iterator[Problem]:
    rows = connection.execution_options(yield_per=PAGE).execute(
        sa.select(*(records.c[name] for name in chain.COVERED), records.c.mac).order_by(
            records.c.stream, records.c.seq, records.c.id
        )
    )
    for name, group in groupby(rows, key=lambda row: row[0]):
        if name not in begun:
            seen.last[name] = sum(1 for _row in group)
            yield Problem(
                "inserted",
                _("Stream ${stream} was never begun: its records were inserted.", mapping={"stream": name}),
                name,
            )
            continue
        yield from _stream(begun[name], list(group), named, seen)


def _stream(
    stream: dict[str, Any], rows: "list[sa.Row[Any]]", named: dict[tuple[str, int], str], seen: _Seen
) -> Iterator[Problem]:
    name = stream["id"]
    seen.last[name] = rows[-1].seq
    try:
        first = chain.unseal(stream)
    except (InvalidTag, ValueError):
        yield Problem(
            "edited",
            _("The row of stream ${stream} was edited, or its key was replaced.", mapping={"stream": name}),
            name,
        )
        return
    keyless = not stream["proof"]
    if (stream["zone"] != "internet") if keyless else (stream["proof"] != chain.proof(stream)):
        yield Problem(
            "inserted",
            _("Stream ${stream} was not begun by a process of this system: it was inserted.", mapping={"stream": name}),
            name,
        )
        return
    previous, place, key, told = chain.beginning(stream), 0, b"", False
    following = chain.keys_from(first)
    for index, row in enumerate(rows):
        if row.seq - place > FAR:
            yield from [] if told else [_bad(stream, rows, index, first)]
            return
        while place < row.seq:
            key, place = next(following), place + 1
        fits = place == row.seq and chain.mac(key, previous, tuple(row[:-1])) == row.mac
        if not told and (row.seq != index + 1 or not fits or (keyless and row.zone != "internet")):
            yield _bad(stream, rows, index, first)
            told = True
        previous = row.mac
        if fits and (name, row.seq) in named:
            seen.macs[name, row.seq] = row.mac.hex()
        if fits and row.action in _OF_OTHERS:
            _remember(row, seen)


def _bad(stream: dict[str, Any], rows: "list[sa.Row[Any]]", index: int, first: bytes) -> Problem:
    kind, message = explain(stream, [tuple(each) for each in rows], index, first)
    return Problem(kind, message, stream["id"], min(index + 1, rows[index].seq))


_OF_OTHERS = frozenset({"anchored", "day_signed", "stream_closed", "stream_lost"})


def _remember(row: "sa.Row[Any]", seen: _Seen) -> None:
    facts = json.loads(row.facts)
    if row.action == "anchored":
        seen.anchors[facts["anchor"]] = facts["digest"]
    elif row.action == "day_signed":
        seen.days[facts["day"]] = facts["digest"]
    elif row.action == "stream_closed":
        seen.ended.add(row.stream)
    else:
        seen.ended.add(facts["stream"])


def _cut(begun: dict[str, Any], named: dict[tuple[str, int], str], seen: _Seen, broken: set[str]) -> Iterator[Problem]:
    """Streams that are missing, shorter than an anchor or a day says, or another one than it was."""
    told = set(broken)
    for (name, seq), mac in sorted(named.items(), key=lambda item: (item[0][0], -item[0][1])):
        if name in told:
            continue
        variables = {"stream": name, "seq": seq, "last": seen.last.get(name, 0)}
        if name not in begun or name not in seen.last:
            yield Problem(
                "missing",
                _("Stream ${stream} is missing as a whole; it had at least ${seq} records.", mapping=variables),
                name,
            )
        elif seen.last[name] < seq:
            yield Problem(
                "cut",
                _(
                    "The end of stream ${stream} was cut off after record ${last}; it had at least ${seq} records.",
                    mapping=variables,
                ),
                name,
                seen.last[name] + 1,
            )
        elif seen.macs.get((name, seq)) != mac:
            yield Problem(
                "replaced",
                _(
                    "Record ${seq} of stream ${stream} is not the one that was anchored: the stream was replaced.",
                    mapping=variables,
                ),
                name,
                seq,
            )
        else:
            continue
        told.add(name)
    for name, stream in begun.items():
        if stream["ended"] and name not in seen.ended and name not in told and seen.last.get(name):
            variables = {"stream": name, "last": seen.last[name]}
            yield Problem(
                "cut",
                _("Stream ${stream} ended, but its closing record after record ${last} is missing.", mapping=variables),
                name,
                seen.last[name] + 1,
            )


def _anchors(rows: list[dict[str, Any]], seen: _Seen) -> Iterator[Problem]:
    present = {row["id"]: row for row in rows}
    for number in sorted(present.keys() | seen.anchors.keys()):
        variables = {"anchor": number}
        if number not in present:
            yield Problem("anchor", _("Anchor ${anchor} was removed.", mapping=variables))
        elif number not in seen.anchors:
            yield Problem(
                "anchor",
                _(
                    "Anchor ${anchor} is vouched for by no record: it was inserted, or its record is damaged.",
                    mapping=variables,
                ),
            )
        elif seen.anchors[number] != anchoring.anchor_digest(present[number]):
            yield Problem("anchor", _("Anchor ${anchor} was edited.", mapping=variables))


def _days(rows: list[dict[str, Any]], seen: _Seen) -> Iterator[Problem]:
    public = chain.signing_key().public_key()
    present = {row["day"]: row for row in rows}
    previous = ""
    for day in sorted(present.keys() | seen.days.keys()):
        variables = {"day": day}
        if day not in present:
            yield Problem("day", _("The signed heads of day ${day} were removed.", mapping=variables))
            previous = seen.days[day]
            continue
        row = present[day]
        try:
            public.verify(row["signature"], anchoring.signed_text(row))
        except InvalidSignature:
            yield Problem(
                "day", _("The signed heads of day ${day} were edited: the signature does not fit.", mapping=variables)
            )
            previous = seen.days.get(day, "")
            continue
        if seen.days.get(day) != anchoring.day_digest(row) or row["previous"] != previous:
            yield Problem(
                "day", _("The signed heads of day ${day} are not the ones that were recorded.", mapping=variables)
            )
        previous = anchoring.day_digest(row)


def _heads(text: str) -> Iterator[tuple[str, int, str]]:
    """The heads in an anchor or a day; none where somebody left no readable text."""
    try:
        found = json.loads(text)
        yield from ((stream, int(seq), str(mac)) for stream, (seq, mac) in found.items())
    except (ValueError, TypeError, AttributeError):
        return
