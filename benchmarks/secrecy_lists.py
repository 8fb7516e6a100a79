"""Lists over 50,000 documents of which 10,000 are classified, beside the same lists over 50,000 open ones.

The rows are those of :mod:`benchmarks.archive`; every fifth is sealed as the operations would write it, with grants. Two
sites, one of each kind, are asked in turn as the clerk, first without a clearance and then with one; each question is a
request of its own, so a line of the journal is written for it where something classified is shown.
"""

import os
import random
import statistics
import time
from typing import Any

import sqlalchemy as sa
import transaction
from zope.globalrequest import setRequest

from benchmarks import archive
from benchmarks import indexed
from benchmarks.secrecy_reveals import Asked
from benchmarks.stack import Stack
from benchmarks.stack import stack
from benchmarks.table import show
from party.operations.confidentiality import actor
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.confidentiality.blinding import blind
from party.operations.confidentiality.levels import SECRET
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tables import readers
from party.operations.confidentiality.valid_grants import mac_of
from party.operations.documents import lists
from party.operations.documents import trays
from party.operations.documents.tables import incoming
from party.operations.documents.tables import slips
from party.operations.finding import index
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from tests import clearances
from tests.office import Office


DOCUMENTS, EVERY = 50_000, 5
BATCH = 2_000
WHO = "vanthu"
#: how often each site is asked, in turn; and how often each list in one go
ROUNDS, REPEAT = 2, 9
#: a list takes at most so many times as long, or so many milliseconds
MOST, LIMIT = 1.5, 20


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether no list was slower than what is allowed."""
    # what a process with keys asks for
    os.umask(0o077)
    with stack() as plain, stack() as sealed:
        offices = {each: each.call("benchmarks.fill.make_office") for each in (plain, sealed)}
        plain.call("benchmarks.secrecy_lists.fill", office=offices[plain], classified=False)
        sealed.call("benchmarks.secrecy_lists.fill", office=offices[sealed], classified=True)
        without = _ask(plain, sealed, offices)
        for site, office in offices.items():
            site.call("benchmarks.secrecy_lists.clear", office=office)
        cleared = _ask(plain, sealed, offices)
    met = True
    for title, (open_, mixed) in {"without a clearance": without, "cleared": cleared}.items():
        lines = [(name, open_[name][0], mixed[name][0], open_[name][1], mixed[name][1]) for name in open_]
        show(
            f"{DOCUMENTS:,} documents, {DOCUMENTS // EVERY:,} of them classified against none; the clerk {title}",
            ("list", "lines, none", "lines", "none, ms", "classified, ms", "ratio"),
            [(*each, each[-1] / each[-2]) for each in lines],
        )
        met = met and all(each[-1] <= max(LIMIT, MOST * each[-2]) for each in lines)
    return 0 if met else 1


def fill(site: Any, office: dict[str, dict[str, str]], classified: bool) -> None:
    """The newest documents of the archive as rows, every fifth sealed if that is asked for."""
    chance = random.Random(2026)
    first = archive.INCOMING - DOCUMENTS
    for start in range(first, archive.INCOMING, BATCH):
        transaction.begin()
        with turn.turn():
            for number in range(start, start + BATCH):
                made: archive.Rows = {table: [] for table in (items, incoming, slips, readers)}
                archive._incoming(made, office, chance, number)
                if classified and number % EVERY == 0:
                    _write_sealed(made)
                    continue
                for table, values in made.items():
                    if values:
                        turn.run(sa.insert(table), values)
                indexed.insert(indexed.of_items(made[items], [made[incoming][0]["issuer"]]), made[readers])
        transaction.commit()


def _write_sealed(made: archive.Rows) -> None:
    """The rows of one document as the operations write those of a classified one."""
    (item,), (line,) = made[items], made[incoming]
    key = data_keys.make(item["uid"], SECRET, item["unit"])
    hidden = {"title": "", "created_by": ""}
    turn.run(sa.insert(items).values({**item, **hidden, "level": SECRET, "key": key.id}))
    rows.update(items, items.c.uid == item["uid"], title=item["title"], created_by=item["created_by"])
    rows.insert(incoming, line)
    if made[slips]:
        rows.insert(slips, [{**each, "token": _sealed(each["token"])} for each in made[slips]])
    rows.insert(grants, [_grant(each) for each in made[readers]])
    turn.run(sa.insert(readers), [{**each, "token": _sealed(each["token"])} for each in made[readers]])
    facts = {name: item[name] for name in ("kind", "unit", "state", "title")}
    facts |= {name: line[name] for name in ("period", "urgency")}
    said = {"day": line["arrival_date"], "number": line["number_symbol"], "about": line["issuer"]}
    index.write(item["uid"], level=SECRET, type_=line["type"], person="", **facts, **said)


def _grant(reader: dict[str, str]) -> dict[str, Any]:
    subject = reader["token"].split(":", 2)[2]
    given = {
        "object": reader["object"],
        "role": "Reader",
        "token": tokens.at(subject, SECRET),
        "subject": subject,
        "cause": "slip",
        "reference": "1",
        "from_day": clock.today(),
        "until_day": None,
        "given_at": clock.now(),
        "withdrawn_at": None,
    }
    return {**given, "mac": mac_of({**given, "reference": blind("1", SECRET)})}


def _sealed(token: str) -> str:
    return tokens.at(token.split(":", 2)[2], SECRET)


def clear(site: Any, office: dict[str, dict[str, str]]) -> None:
    """The clerk is cleared."""
    here = Office(**office)
    clearances.appoint(here)
    clearances.clear(here, WHO, SECRET)


def measure(site: Any, office: dict[str, dict[str, str]]) -> dict[str, tuple[int, float]]:
    """Lines and milliseconds of each list."""
    unit = office["units"]["tinh"]
    asked = {
        "counts": trays.counts,
        "tray to_pass_on": lambda: trays.tray("to_pass_on"),
        "tray to_direct": lambda: trays.tray("to_direct"),
        "tray to_do": lambda: trays.tray("to_do"),
        "register": lambda: lists.incoming_register(unit),
        "register of a year": lambda: lists.incoming_register(unit, period="2025"),
        "register, far down": lambda: lists.incoming_register(unit, after="2026-01-30_75000_z"),
        "register, common word": lambda: lists.incoming_register(unit, text="báo cáo"),
        "register, rare word": lambda: lists.incoming_register(unit, text="77775"),
    }
    found = {}
    with actor.acting_as(office["people"][WHO]):
        for name, ask in asked.items():
            times = []
            for _number in range(REPEAT + 1):
                setRequest(Asked())
                began = time.perf_counter()
                answer = ask()
                times.append(time.perf_counter() - began)
            count = sum(answer.values()) if isinstance(answer, dict) else len(answer.rows)
            found[name] = (count, statistics.median(times[1:]) * 1000)
    return found


def _ask(plain: Stack, sealed: Stack, offices: "dict[Stack, Any]") -> "list[dict[str, tuple[int, float]]]":
    """What both sites say: the better of two rounds, in which they take turns."""
    found: dict[Stack, dict[str, tuple[int, float]]] = {plain: {}, sealed: {}}
    for _number in range(ROUNDS):
        for site, best in found.items():
            again = site.call("benchmarks.secrecy_lists.measure", office=offices[site])
            for name, (count, milliseconds) in again.items():
                best[name] = (count, min(milliseconds, best.get(name, (0, milliseconds))[1]))
    return [found[plain], found[sealed]]
