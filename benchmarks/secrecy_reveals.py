"""Classified documents opened in one second by four clients, each look a record of the journal that is on the disk first.

Four threads of one process, and four processes that are clients of the same database, ask as a request does (rights, grants
with their MACs, data key, seal, journal); over HTTP four clients get ``/@documents/<uid>``. The records of the journal are
counted: as many as were looked at, none more. ``--profile`` shows where the time of one thread goes.
"""

import cProfile
import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable
from io import StringIO
from pstats import Stats
from typing import Any

import sqlalchemy as sa
import transaction
import Zope2
from zope.annotation.interfaces import IAttributeAnnotatable
from zope.component.hooks import setSite
from zope.globalrequest import setRequest
from zope.interface import implementer

from benchmarks.register import authorization
from benchmarks.secrecy_files import LEVELS
from benchmarks.secrecy_files import WHO
from benchmarks.stack import Stack
from benchmarks.stack import stack
from benchmarks.table import show
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality.audit.tables import records
from party.operations.documents import access
from party.operations.documents import operations as documents
from party.operations.site import SITE_ID
from tests import clearances
from tests.office import Office


CLIENTS, ROUNDS = 4, 3
#: looks of one client in a round, in the process and over HTTP
EACH, EACH_BY_HTTP = 1000, 100
#: seconds after which all processes have started
START_SECONDS = 20
#: documents of each level that are looked at in turn
DOCUMENTS = 50
#: what must hold in one process, in looks per second
GOAL = 2000


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether the goal was met and every look was recorded once."""
    # what a process with keys asks for
    os.umask(0o077)
    with stack() as site:
        office = site.call("benchmarks.fill.make_office")
        made = site.call("benchmarks.secrecy_reveals.make_documents", office=office)
        if "--profile" in arguments:
            print(site.call("benchmarks.secrecy_reveals.profile", office=office, uids=made["secret"]))
            return 0
        inside = [
            site.call("benchmarks.secrecy_reveals.measure", office=office, uids=made[level], clients=clients)
            for clients in (1, CLIENTS)
            for level in LEVELS
        ]
        apart = [_in_processes(site, office, made[level]) for level in LEVELS]
        site.serve()
        outside = [_over_http(site, made[level]) for level in LEVELS]
    heads = ("level", "clients", "looks/s", "slowest round", "looks", "records", "failed")
    show(
        f"in one process (goal with {CLIENTS}: {GOAL}/s)", heads, inside_rows := _rows(inside, (1, 1, CLIENTS, CLIENTS))
    )
    show("in four processes", heads, apart_rows := _rows(apart, (CLIENTS, CLIENTS)))
    show("over HTTP, GET /@documents/<uid>", heads, outside_rows := _rows(outside, (CLIENTS, CLIENTS)))
    whole = all(
        row[-1] == 0 and row[-2] == (row[-3] if row[0] == "secret" else 0)
        for row in inside_rows + apart_rows + outside_rows
    )
    return 0 if whole and max(inside_rows[-1][2], apart_rows[-1][2]) >= GOAL else 1


def make_documents(site: Any, office: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    """Drafts of each level by somebody who is cleared; returns their uids."""
    here = Office(**office)
    clearances.appoint(here)
    clearances.clear(here, WHO, "secret")
    transaction.commit()
    made: dict[str, list[str]] = {level: [] for level in LEVELS}
    with actor.acting_as(here.people[WHO]):
        for level in LEVELS:
            about = {} if level == "normal" else {"level": level, "basis": clearances.BASIS}
            for number in range(DOCUMENTS):
                title = f"V/v {level} {number}"
                draft = documents.create_draft(here.units["tochuc"], [], title=title, type="party.cong-van", **about)
                made[level].append(draft.UID())
                transaction.commit()
    return made


def measure(site: Any, office: dict[str, dict[str, str]], uids: list[str], clients: int) -> dict[str, Any]:
    """Looks per second of each round, how many looks and records there were, how many looks failed."""
    person, before, failed = office["people"][WHO], _recorded(), []
    _look(person, uids, len(uids), failed)
    rates = [_together(lambda: _look(person, uids, EACH, failed), clients) for _number in range(ROUNDS)]
    looks = len(uids) + ROUNDS * clients * EACH
    return {
        "rates": [EACH * each for each in rates],
        "looks": looks,
        "records": _recorded() - before,
        "failed": len(failed),
    }


def measure_at(site: Any, office: dict[str, dict[str, str]], uids: list[str], moment: float) -> dict[str, Any]:
    """Looks per second of this process alone in each round; the first begins at an instant, with those of the others."""
    person, failed = office["people"][WHO], []
    _look(person, uids, len(uids), failed)
    time.sleep(max(0.0, moment - time.time()))
    rates = [_together(lambda: _look(person, uids, EACH, failed), 1) for _number in range(ROUNDS)]
    return {"rates": [EACH * each for each in rates], "looks": len(uids) + ROUNDS * EACH, "failed": len(failed)}


def profile(site: Any, office: dict[str, dict[str, str]], uids: list[str]) -> str:
    """Where the time of one thread goes."""
    profiler, found = cProfile.Profile(), StringIO()
    _look(office["people"][WHO], uids, len(uids), [])
    profiler.enable()
    _look(office["people"][WHO], uids, EACH, [])
    profiler.disable()
    Stats(profiler, stream=found).sort_stats("tottime").print_stats(45).sort_stats("cumulative").print_stats(60)
    return found.getvalue()


@implementer(IAttributeAnnotatable)
class Asked:
    """What a request remembers."""


def _look(person: str, uids: list[str], times: int, failed: list[Exception]) -> None:
    """Open a document and read a field of it so many times, each as a request of its own."""
    app = Zope2.app()
    setSite(app[SITE_ID])
    with actor.acting_as(person):
        for number in range(times):
            setRequest(Asked())
            try:
                if not access.readable(uids[number % len(uids)]).reveal("title").startswith("V/v"):
                    raise ValueError("another title")
            except Exception as error:
                failed.append(error)
    transaction.abort()
    app._p_jar.close()


def _in_processes(site: Stack, office: dict[str, dict[str, str]], uids: list[str]) -> dict[str, Any]:
    before = site.call("benchmarks.secrecy_reveals.recorded")
    asked = {"office": office, "uids": uids, "moment": time.time() + START_SECONDS}
    begun = [site.begin("benchmarks.secrecy_reveals.measure_at", **asked) for _number in range(CLIENTS)]
    found = [site.answer(each) for each in begun]
    return {
        "rates": [sum(each) for each in zip(*(each["rates"] for each in found), strict=True)],
        "looks": sum(each["looks"] for each in found),
        "records": site.call("benchmarks.secrecy_reveals.recorded") - before,
        "failed": sum(each["failed"] for each in found),
    }


def _over_http(site: Stack, uids: list[str]) -> dict[str, Any]:
    failed: list[int] = []

    def get() -> None:
        connection = http.client.HTTPConnection("localhost", site.port, timeout=120)
        for number in range(EACH_BY_HTTP):
            connection.request("GET", f"/@documents/{uids[number % len(uids)]}", headers=authorization(WHO))
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failed.append(answer.status)
        connection.close()

    get()
    before = site.call("benchmarks.secrecy_reveals.recorded")
    rates = [_together(get, CLIENTS) * EACH_BY_HTTP for _number in range(ROUNDS)]
    after = site.call("benchmarks.secrecy_reveals.recorded")
    return {"rates": rates, "looks": ROUNDS * CLIENTS * EACH_BY_HTTP, "records": after - before, "failed": len(failed)}


def recorded(site: Any) -> int:
    """Records of looks in the journal."""
    return _recorded()


def _recorded() -> int:
    with audit.database().reader.connect() as connection:
        wanted = sa.select(sa.func.count()).select_from(records).where(records.c.action == "reveal")
        return int(connection.scalar(wanted))


def _together(work: Callable[[], None], clients: int) -> float:
    """How often in a second so many threads do ``work``, all at once."""
    threads = [threading.Thread(target=work) for _number in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clients / (time.perf_counter() - began)


def _rows(figures: list[dict[str, Any]], clients: tuple[int, ...]) -> list[tuple[Any, ...]]:
    return [
        (
            level,
            count,
            statistics.median(each["rates"]),
            min(each["rates"]),
            each["looks"],
            each["records"],
            each["failed"],
        )
        for level, count, each in zip(LEVELS * 2, clients, figures, strict=False)
    ]
