"""kill -9 while documents are registered: every number used once, none lost, and what is left behind is found and mended.

Four clients register documents over HTTP, each document under an identifier of its own, and send it again until it is
answered, as another system does. Meanwhile the processes of the site are killed: the web server at a random moment, the
web server between the commits of ledger and ZODB, or the database server under a web server that lives on.
"""

import hashlib
import http.client
import itertools
import json
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks import fill
from benchmarks.register import authorization
from benchmarks.stack import module
from benchmarks.stack import Stack
from benchmarks.stack import stack
from benchmarks.table import show
from party.operations.documents import access
from party.operations.documents.files import DocumentFile


CLIENTS = 4
THREADS = 4
KILLS = 50
#: what is killed, in turn
KINDS = ("between the commits", "web server", "database server", "web server", "web server")
#: longest time until a kill, in seconds after the site answers
PATIENCE = 3.0

_NUMBERS = "SELECT number, state, object FROM numbers JOIN series ON series.id = series WHERE book LIKE 'arrival:%'"


def main(arguments: list[str]) -> int:
    """Kill 50 times, or as often as ``--kills`` says; the exit code says whether all was found right."""
    kills = int(arguments[arguments.index("--kills") + 1]) if "--kills" in arguments else KILLS
    outcome = run(kills)
    show(
        f"{kills} kills while {CLIENTS} clients registered documents",
        ("documents answered", "numbers", "voided", "orphans found", "orphans left", "problems"),
        [(len(outcome.answered), *outcome.counts(), len(outcome.problems))],
    )
    for problem in outcome.problems:
        print(f"  {problem}")
    return 1 if outcome.problems or outcome.left else 0


class Outcome:
    """What was answered to the clients, and what is in ledger and ZODB at the end."""

    def __init__(self) -> None:
        #: arrival number and uid by the clients' identifiers
        self.answered: dict[str, tuple[int, str]] = {}
        self.problems: list[str] = []
        #: until when a document may still be answered after the last kill
        self.deadline = 0.0
        self.numbers = self.voided = self.found = self.left = 0

    def counts(self) -> tuple[int, int, int, int]:
        """Numbers in the ledger, voided ones among them, orphans at first, orphans after they were mended."""
        return self.numbers, self.voided, self.found, self.left


def run(kills: int) -> Outcome:
    """Kill so often and look at what is left."""
    outcome = Outcome()
    with stack() as site:
        office = site.call("benchmarks.fill.make_office")
        over = threading.Event()
        clients = [threading.Thread(target=_register, args=(site, office, outcome, over)) for _number in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            for kind in itertools.islice(itertools.cycle(KINDS), kills):
                _KILLERS[kind](site)
            if not site.runs("wan"):
                site.serve()
            outcome.deadline = time.monotonic() + 90
        finally:
            over.set()
            for client in clients:
                client.join()
        outcome.found = _orphans(site.run(str(site.home / "bin/party"), "reconcile", "--now"))
        outcome.left = _orphans(site.run(str(site.home / "bin/party"), "reconcile", "--now"))
        _examine(outcome, site.rows(_NUMBERS), site.call("benchmarks.crash.documents"))
    return outcome


def documents(site: Any) -> dict[str, bool]:
    """uids of all incoming documents that are in the ZODB, each with whether its file is whole."""
    found = site.portal_catalog.unrestrictedSearchResults(portal_type="IncomingDocument")
    objects = [each.getObject() for each in found]
    return {each.UID(): all(_is_whole(file) for file in each.files()) for each in objects}


def _is_whole(file: DocumentFile) -> bool:
    with access.bytes_of(file) as stream:
        return hashlib.sha256(stream.read()).hexdigest() == file.sha256


def _examine(outcome: Outcome, numbers: list[tuple[int, str, str]], objects: dict[str, bool]) -> None:
    """Every number once and without a gap, each with its object or voided; every answer still true."""
    outcome.numbers = len(numbers)
    outcome.voided = sum(state == "voided" for _number, state, _uid in numbers)
    given = {uid: number for number, state, uid in numbers if state == "taken"}
    taken = {number for number, _state, _uid in numbers}
    told = Counter(number for number, _uid in outcome.answered.values())
    outcome.problems += [
        *(f"number {each} is missing" for each in range(1, max(taken) + 1) if each not in taken),
        *(f"number {number} has no object" for uid, number in given.items() if uid not in objects),
        *(f"object {uid} has no number" for uid in objects if uid not in given),
        *(f"the file of number {given.get(uid)} is not whole" for uid, whole in objects.items() if not whole),
        *(f"number {number} was given to {often} requests" for number, often in told.items() if often > 1),
        *(
            f"{identifier} was told number {number}, which it does not have"
            for identifier, (number, uid) in outcome.answered.items()
            if given.get(uid) != number
        ),
    ]


def _register(site: Stack, office: dict[str, dict[str, str]], outcome: Outcome, over: threading.Event) -> None:
    """Register one document after the other, each until it is answered."""
    pdf = fill.encoded_pdf()
    while not over.is_set():
        identifier = secrets.token_hex(8)
        body = {
            "unit": office["units"]["tinh"],
            "title": f"V/v thử {identifier}",
            "type": "party.cong-van",
            "issuer": "Văn phòng Trung ương Đảng",
            "files": [{"filename": "Công văn.pdf", "data": pdf}],
            "externalIdentifier": identifier,
        }
        while (answer := _post(site, json.dumps(body))) is None:
            if over.wait(0.2) and time.monotonic() > outcome.deadline:
                outcome.problems.append(f"{identifier} was never answered")
                return
        outcome.answered[identifier] = (answer["arrival_number"], answer["uid"])


def _post(site: Stack, body: str) -> dict[str, Any] | None:
    """The answer, or ``None`` where there was none or an error that passes."""
    connection = http.client.HTTPConnection("localhost", site.port, timeout=90)
    try:
        connection.request("POST", "/@incoming", body, authorization("vanthu"))
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if answer.status < 300:
        return json.loads(content)
    if answer.status < 500:
        raise AssertionError(content.decode())
    return None


def _orphans(output: str) -> int:
    """How many a run of ``reconcile`` has found."""
    return int(output.splitlines()[-1].split()[0])


def _kill_web(site: Stack) -> None:
    _wait_a_moment(site)
    site.kill("wan")


def _kill_between(site: Stack) -> None:
    if site.runs("wan"):
        site.kill("wan")
    site.command = module("dying", site.wsgi_ini, site.port, THREADS, random.randint(1, 20))
    web = site.launch()
    web.child.wait(120)
    site.processes.remove(web)
    site.command = []


def _kill_database(site: Stack) -> None:
    _wait_a_moment(site)
    site.kill("zeo")
    site.start_database()


def _wait_a_moment(site: Stack) -> None:
    if not site.runs("wan"):
        site.serve()
    time.sleep(random.uniform(0.1, PATIENCE))


_KILLERS: dict[str, Callable[[Stack], None]] = {
    "web server": _kill_web,
    "between the commits": _kill_between,
    "database server": _kill_database,
}
