"""Ours beside a stock Plone 6.2 with the same 5,000 and 50,000 letters: lists, search, a document, registering.

Both sites are in one database and one server process (:mod:`benchmarks.serve`) and are asked in turn over HTTP by one
client, which logged in with a cookie: the pages that people look at, and where both have it the JSON. The stock site has
its letters as Documents in folders of a month, shared with groups by local roles; inbox and register are Collections of
the same 50 newest lines. Its page of search results has 10 lines, ours 20 and the counts of all filters.

``--keep <folder>`` leaves the filled stock sites there and begins with them the next time (ours is filled each time).
"""

import http.client
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.parse import urlencode

import requests

from benchmarks import fill
from benchmarks import letters
from benchmarks import register
from benchmarks.ours_fill import LOGINS
from benchmarks.serve import STOCK
from benchmarks.stack import module
from benchmarks.stack import Stack
from benchmarks.stock_fill import FOLDER
from benchmarks.table import show
from tests.office import PASSWORD


COUNTS = (5_000, 50_000)
#: how often each is asked, after once or twice that are not counted
TIMES = 15
#: how many times as fast lists and search are to be, and how much longer they may take with ten times as many
QUICKER, GROWTH = 10, 1.5
COMMON, PHRASE = "khuyến nông", f'"{letters.RARE}"'


@dataclass(frozen=True)
class Question:
    """One thing that both are asked, by whom, and whether it must be that much quicker."""

    name: str
    who: str
    ours: str
    stock: str
    #: what must stand in the answers
    holds: str = ""
    measured: bool = True


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether lists and search were as quick as they are to be."""
    keep = Path(arguments[arguments.index("--keep") + 1]) if "--keep" in arguments else None
    figures: dict[int, dict[str, tuple[float, float]]] = {}
    asked: list[Question] = []
    for count in COUNTS:
        with _filled(count, keep) as (site, office):
            uid = site.call("benchmarks.ours_fill.register_one", office=office)
            site.command = module("serve", site.wsgi_ini, site.port, 2)
            site.serve()
            asked = _questions(office, uid)
            figures[count] = _measure(site, office, asked)
    return _judge(asked, figures)


def _judge(asked: list[Question], figures: dict[int, dict[str, tuple[float, float]]]) -> int:
    small, large = COUNTS
    rows, met = [], True
    for each in asked:
        (ours, stock), (more, stock_more) = figures[small][each.name], figures[large][each.name]
        growth = more / ours
        right = not each.measured or (stock_more / more >= QUICKER and growth <= GROWTH)
        met = met and right
        said = ("yes" if right else "NO") if each.measured else ""
        rows.append(
            (
                each.name,
                ours,
                stock,
                stock / ours,
                more,
                stock_more,
                stock_more / more,
                growth,
                stock_more / stock,
                said,
            )
        )
    heads = ("asked", f"ours {small:,}, ms", "stock, ms", "times", f"ours {large:,}, ms", "stock, ms", "times")
    show(
        f"medians of {TIMES} requests each, in turn; lists and search: {QUICKER} times as quick, growth {GROWTH} at most",
        (*heads, "growth", "stock's", "met"),
        rows,
    )
    return 0 if met else 1


def _questions(office: dict[str, Any], uid: str) -> list[Question]:
    unit, day = office["units"]["tinh"], letters.letter(0).day
    found = {name: quote(words) for name, words in (("common", COMMON), ("phrase", PHRASE))}
    fields = [("metadata_fields", name) for name in ("created", "Creator", "review_state")]
    listed = [("path", f"/{FOLDER}"), ("portal_type", "Document"), ("sort_on", "created"), ("sort_order", "descending")]
    as_json = urlencode([*listed, ("b_size", "50"), *fields])
    month = f"{day:%Y-%m}"
    return [
        Question("inbox of an officer", "officer", "/@@desk?tray=to_do", "/inbox", "V/v"),
        Question("register page", "clerk", f"/@@registers?unit={unit}", "/register", "V/v"),
        Question("register page, JSON", "clerk", f"/@incoming?unit={unit}", f"/@search?{as_json}", "V/v"),
        Question("search, two words", "clerk", f"/@@find?q={found['common']}", _stock_search(found["common"]), "V/v"),
        Question("search, phrase", "clerk", f"/@@find?q={found['phrase']}", _stock_search(found["phrase"]), "V/v"),
        Question(
            f"search, leader of {letters.UNITS}",
            "leader",
            f"/@@find?q={found['common']}",
            _stock_search(found["common"]),
            "V/v",
        ),
        Question("document page", "clerk", f"/d/{uid}", f"/{FOLDER}/{month}/letter-0", "V/v", measured=False),
        Question("register a PDF", "clerk", "", "", measured=False),
    ]


def _stock_search(words: str) -> str:
    return f"/@@search?SearchableText={words}"


def _measure(site: Stack, office: dict[str, Any], asked: list[Question]) -> dict[str, tuple[float, float]]:
    """Milliseconds of ours and of stock for each question."""
    ours = {who: Client(site, "", login) for who, login in LOGINS.items()}
    stock = {who: Client(site, f"/{STOCK}", who) for who in LOGINS}
    found = {}
    for each in asked:
        if each.ours:
            ask = (
                lambda each=each: ours[each.who].get(each.ours, each.holds),
                lambda each=each: stock[each.who].get(each.stock, each.holds),
            )
        else:
            ask = _posting(site, office)
        found[each.name] = _in_turn(*ask)
        print(f"{each.name}: ours {found[each.name][0]:.1f} ms, stock {found[each.name][1]:.1f} ms", flush=True)
    return found


def _posting(site: Stack, office: dict[str, Any]) -> tuple[Callable[[], None], Callable[[], None]]:
    """Registering a PDF, and adding it to a folder as a ``File``."""
    pdf, connection = fill.encoded_pdf(), http.client.HTTPConnection("localhost", site.port, timeout=600)
    here = register.Target("/@incoming", "vanthu", lambda number: register._letter(office, pdf, 900_000 + number))
    there = register.Target(f"/{STOCK}/{FOLDER}/2024-01", "editor", lambda number: register._file(pdf, number))

    def post(target: register.Target) -> None:
        if not target.post(connection, 0):
            raise RuntimeError(f"{target.path} did not take the document")

    return lambda: post(here), lambda: post(there)


def _in_turn(*asks: Callable[[], None]) -> tuple[float, ...]:
    """The medians of how long each takes, in milliseconds."""
    times: list[list[float]] = [[] for _ask in asks]
    for _number in range(TIMES + 2):
        for ask, taken in zip(asks, times, strict=True):
            began = time.perf_counter()
            ask()
            taken.append(time.perf_counter() - began)
    return tuple(statistics.median(taken[2:]) * 1000 for taken in times)


class Client:
    """Somebody who logged in to one of the sites and asks on one connection."""

    def __init__(self, site: Stack, below: str, login: str) -> None:
        self.below = below
        self.connection = http.client.HTTPConnection("localhost", site.port, timeout=600)
        session = requests.Session()
        fields = {"__ac_name": login, "__ac_password": PASSWORD, "buttons.login": "1"}
        session.post(f"http://localhost:{site.port}{below}/login", data=fields, timeout=600)
        cookies = "; ".join(f"{each.name}={each.value}" for each in session.cookies)
        session.close()
        if "__ac" not in cookies:
            raise RuntimeError(f"{login} cannot log in at {below or 'ours'}")
        self.headers = {"Cookie": cookies}

    def get(self, path: str, holds: str) -> None:
        """Ask for an address and read the whole answer, which must be right."""
        kind = "application/json" if path.startswith(("/@incoming", "/@search?path")) else "text/html"
        self.connection.request("GET", self.below + path, headers={**self.headers, "Accept": kind})
        answer = self.connection.getresponse()
        content = answer.read().decode()
        if answer.status != 200 or holds not in content:
            raise RuntimeError(f"{self.below}{path}: {answer.status}\n{content[:2000]}")


@contextmanager
def _filled(count: int, keep: Path | None) -> Iterator[tuple[Stack, dict[str, Any]]]:
    """A stack with so many letters in both sites, its web server not yet started."""
    home = Path(tempfile.mkdtemp(prefix="party-bench-")) if keep is None else (keep / f"{count}").resolve()
    home.mkdir(parents=True, exist_ok=True)
    site, mark = Stack(home), home / "stock-filled"
    try:
        with redirect_stdout(sys.stderr):
            site.configure()
            _forget_ours(site)
            site.start_database()
            if mark.exists():
                site.run(*module("stock_kept", site.socket))
            site.run(str(home / "bin/party"), "create-site")
        if not mark.exists():
            site.call("benchmarks.stock_fill.make")
            mark.write_text("0", encoding="utf-8")
        began, done = time.perf_counter(), int(mark.read_text(encoding="utf-8"))
        site.call("benchmarks.stock_fill.fill", first=done, last=count)
        mark.write_text(f"{count}", encoding="utf-8")
        print(f"stock: {count - done:,} letters in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        office = site.call("benchmarks.ours_fill.make")
        site.call("benchmarks.ours_fill.write", office=office, count=count)
        print(f"ours: {count:,} letters in {time.perf_counter() - began:.0f} s", flush=True)
        yield site, office
    finally:
        site.stop()
        if keep is None:
            shutil.rmtree(home)


def _forget_ours(site: Stack) -> None:
    """Remove what an earlier run has left of our site but for its objects."""
    for name in ("ledger", "audit"):
        for path in (site.var / name).glob("*"):
            path.unlink()
