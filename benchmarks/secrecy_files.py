"""A large classified file up and down over HTTP, beside a normal one: seconds, and the memory that the server takes for it.

Up is what a client of the services does (``POST /@uploads`` as a form, then a new version of a draft that names it) and
what the form of the site does; down is ``/d/<uid>/@@file/<id>``. Rounds of both levels take turns. Memory is the peak of
the server process while it works on one request, above what it had before, and is asked of the kernel after a reset.
``--pdf`` sends a PDF instead of an archive.
"""

import hashlib
import http.client
import json
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
import transaction

from benchmarks.register import authorization
from benchmarks.stack import Stack
from benchmarks.stack import stack
from benchmarks.table import show
from party.operations.confidentiality import actor
from party.operations.documents import operations as documents
from tests import clearances
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import Page


SIZE = 100 * 1000 * 1000
ROUNDS = 5
#: what must hold: seconds of the classified one divided by those of the normal one, and megabytes of the server
MOST, MEGABYTES = 1.15, 32
LEVELS = ("normal", "secret")
WHO = "chuyenvien.tc"
_BOUNDARY = "a-boundary-that-is-in-no-file-0123456789"


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether both goals were met and all bytes came back as they went."""
    kind = "pdf" if "--pdf" in arguments else "zip"
    content = (b"%PDF-1.4\n" if kind == "pdf" else b"PK\x03\x04") + os.urandom(SIZE)
    # what a process with keys asks for
    os.umask(0o077)
    with stack() as site:
        office = site.call("benchmarks.fill.make_office")
        drafts = site.call("benchmarks.secrecy_files.make_drafts", office=office)
        site.serve()
        measured = Measured(site, drafts, f"Tài liệu.{kind}")
        measured.once(content[:1000])
        for _number in range(ROUNDS):
            measured.once(content)
    rows, met = [], measured.wrong == 0
    for way, times in measured.seconds.items():
        ratios = [sealed / plain for plain, sealed in zip(times["normal"][1:], times["secret"][1:], strict=True)]
        ratio = statistics.median(ratios)
        memory = [max(measured.memory[way][level][1:]) for level in LEVELS]
        medians = [statistics.median(times[level][1:]) for level in LEVELS]
        rows.append((way, *medians, ratio, min(ratios), max(ratios), *memory))
        met = met and ratio <= MOST and memory[1] <= MEGABYTES
    show(
        f"a .{kind} of {SIZE / 1e6:.0f} MB, {ROUNDS} rounds of both in turn (goals: ratio {MOST}, {MEGABYTES} MB); "
        f"{measured.wrong} came back changed",
        ("way", "normal, s", "secret, s", "ratio", "least", "most", "normal, MB", "secret, MB"),
        rows,
    )
    return 0 if met else 1


def make_drafts(site: Any, office: dict[str, dict[str, str]]) -> dict[str, str]:
    """A draft of each level by somebody who is cleared; returns their uids."""
    here = Office(**office)
    clearances.appoint(here)
    clearances.clear(here, WHO, "secret")
    transaction.commit()
    made = {}
    with actor.acting_as(here.people[WHO]):
        for level in LEVELS:
            about = {} if level == "normal" else {"level": level, "basis": clearances.BASIS}
            made[level] = documents.create_draft(
                here.units["tochuc"], [], title=f"V/v {level}", type="party.cong-van", **about
            ).UID()
    return made


class Measured:
    """What each way took at each level: seconds, and megabytes of the server."""

    def __init__(self, site: Stack, drafts: dict[str, str], name: str) -> None:
        self.site, self.drafts, self.name = site, drafts, name
        self.server = next(each.child.pid for each in site.processes if each.name == "wan")
        self.seconds: dict[str, dict[str, list[float]]] = {}
        self.memory: dict[str, dict[str, list[float]]] = {}
        self.wrong = 0

    def once(self, content: bytes) -> None:
        """Each way once at each level."""
        for level in LEVELS:
            self._by_services(level, content)
        for level in LEVELS:
            self._by_form(level, content)
        for level in LEVELS:
            self._down(level, content)

    def _by_services(self, level: str, content: bytes) -> None:
        body = _form([], "file", self.name, content)
        with self._timed("up by services", level):
            staged = self._ask("POST", "/@uploads", body, {"Content-Type": _form_type(), **_services()}).json()
            address = f"/@documents/{self.drafts[level]}/version"
            self._ask("POST", address, {"files": [{"token": staged["token"]}]}, authorization(WHO))

    def _by_form(self, level: str, content: bytes) -> None:
        address = f"{self.site.url}d/{self.drafts[level]}/@@version"
        page = Page(None, requests.get(address, auth=(WHO, PASSWORD), timeout=60))
        body = _form([*page.values, ("form.buttons.save", "1")], "files", self.name, content)
        address = "/" + page.form.get("action").removeprefix(self.site.url)
        headers = {"Content-Type": _form_type(), "Authorization": _services()["Authorization"]}
        with self._timed("up by form", level):
            answer = self._ask("POST", address, body, headers)
        assert answer.status == 302, answer.text()[-3000:]

    def _down(self, level: str, content: bytes) -> None:
        uid = self.drafts[level]
        (file,) = self._ask("GET", f"/@documents/{uid}", None, _services()).json()["files"]
        digest = hashlib.sha256()
        with self._timed("down", level):
            self._ask(
                "GET",
                f"/d/{uid}/@@file/{file['id']}",
                None,
                {"Authorization": _services()["Authorization"]},
                digest.update,
            )
        self.wrong += digest.digest() != hashlib.sha256(content).digest()

    def _ask(self, method: str, path: str, body: Any, headers: dict[str, str], taken: Any = None) -> "_Answer":
        connection = http.client.HTTPConnection("localhost", self.site.port, timeout=600)
        connection.request(method, path, json.dumps(body) if isinstance(body, dict) else body, headers)
        found = connection.getresponse()
        kept = bytearray()
        while piece := found.read(1024 * 1024):
            (taken or kept.extend)(piece)
        connection.close()
        assert found.status < 400, kept.decode()
        return _Answer(found.status, bytes(kept))

    @contextmanager
    def _timed(self, way: str, level: str) -> Iterator[None]:
        Path(f"/proc/{self.server}/clear_refs").write_text("5", encoding="ascii")
        before = self._memory("VmRSS")
        began = time.perf_counter()
        yield
        taken = time.perf_counter() - began
        self.seconds.setdefault(way, {each: [] for each in LEVELS})[level].append(taken)
        more = (self._memory("VmHWM") - before) / 1024
        self.memory.setdefault(way, {each: [] for each in LEVELS})[level].append(more)

    def _memory(self, name: str) -> int:
        """A figure of the server process in kB."""
        status = Path(f"/proc/{self.server}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(f"{name}:"))


class _Answer:
    def __init__(self, status: int, content: bytes) -> None:
        self.status, self.content = status, content

    def json(self) -> Any:
        return json.loads(self.content)

    def text(self) -> str:
        return self.content.decode()


def _services() -> dict[str, str]:
    return {name: value for name, value in authorization(WHO).items() if name != "Content-Type"}


def _form_type() -> str:
    return f"multipart/form-data; boundary={_BOUNDARY}"


def _form(values: list[tuple[str, str]], name: str, filename: str, content: bytes) -> bytes:
    """A form with a file as browsers send it."""
    parts = [f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in values]
    file = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
    head = f"{''.join(parts)}{file}Content-Type: application/octet-stream\r\n\r\n"
    return b"".join((head.encode(), content, f"\r\n--{_BOUNDARY}--\r\n".encode()))
