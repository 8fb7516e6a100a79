"""Registering over HTTP beside what a stock Plone site does with the same PDF: documents per second.

Four clients post a PDF of 200 KB in base64: to ``/@incoming`` of ours, which gives an arrival number and writes register,
grants and journal, and to a folder of their own in a stock Plone site, which makes a ``File``. Both sites are in one
database and one server process; blocks of the one and of the other take turns. With one client the two do the same work
without meeting anybody; with four, stock Plone also meets its own conflicts. Reading the PDF's text is left out of both:
ours has a worker for it, and the stock site is without the transform.
"""

import base64
import http.client
import json
import statistics
import threading
import time
from typing import Any

import transaction

from benchmarks import fill
from benchmarks.profiling import report
from benchmarks.serve import STOCK
from benchmarks.stack import module
from benchmarks.stack import Stack
from benchmarks.stack import stack
from benchmarks.table import show
from tests.office import PASSWORD


CLIENTS = (1, 4)
#: documents that are posted in a block, and blocks of each site
DOCUMENTS, BLOCKS = 48, 5
THREADS = 4


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether ours was not slower. ``--profile`` shows where the time of ours goes instead."""
    profile = "--profile" in arguments
    with stack() as site:
        office = site.call("benchmarks.fill.make_office")
        site.call("benchmarks.register.make_stock_site")
        pdf = fill.encoded_pdf()
        ours = Target("/@incoming", "vanthu", lambda number: _letter(office, pdf, number))
        stock = Target(f"/{STOCK}/folder-{{client}}", "editor", lambda number: _file(pdf, number))
        output = site.home / "profile"
        _serve(site, *((ours.path, str(output)) if profile else ()))
        for target in (ours, stock):
            _block(site, target, max(CLIENTS))
        if profile:
            site.stop()
            report(output)
            return 0
        compared = [_compare(site, ours, stock, clients) for clients in CLIENTS]
        right = all(compared)
    return 0 if right and not ours.failed else 1


def _compare(site: Stack, ours: "Target", stock: "Target", clients: int) -> bool:
    """Show the rates of both with so many clients; was ours not slower?"""
    rates: dict[str, list[float]] = {"ours": [], "stock": []}
    for target in (ours, stock):
        target.failed, target.slowest = 0, 0.0
    for _number in range(BLOCKS):
        rates["stock"].append(_block(site, stock, clients))
        rates["ours"].append(_block(site, ours, clients))
    ratios = [one / other for one, other in zip(rates["ours"], rates["stock"], strict=True)]
    rows = [
        (name, statistics.median(values), min(values), max(values), target.slowest, target.failed)
        for (name, values), target in zip(rates.items(), (ours, stock), strict=True)
    ]
    show(
        f"{clients} clients, PDF of {fill.PDF_SIZE // 1024} KB, {THREADS} threads, {BLOCKS} blocks of each in turn",
        ("site", "documents/s", "slowest block", "quickest block", "longest answer, s", "failed"),
        rows,
    )
    print(f"  ours ÷ stock: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)
    return statistics.median(ratios) >= 1


class Target:
    """Where documents are posted, as whom, and what has become of it so far."""

    def __init__(self, path: str, login: str, body: Any) -> None:
        self.path = path
        self.login = login
        self.body = body
        self.number = 0
        self.failed = 0
        self.slowest = 0.0
        self.lock = threading.Lock()

    def post(self, connection: http.client.HTTPConnection, client: int) -> int:
        """Post one document; returns how many were made: 1, or 0 where the server failed."""
        with self.lock:
            self.number += 1
            number = self.number
        body = json.dumps(self.body(number))
        began = time.perf_counter()
        connection.request("POST", self.path.format(client=client), body, authorization(self.login))
        answer = connection.getresponse()
        answer.read()
        made = int(answer.status == 201)
        with self.lock:
            self.slowest = max(self.slowest, time.perf_counter() - began)
            self.failed += 1 - made
        return made


def authorization(login: str) -> dict[str, str]:
    """Headers of a JSON request by the person of that login."""
    token = base64.b64encode(f"{login}:{PASSWORD}".encode()).decode()
    return {"Authorization": f"Basic {token}", "Accept": "application/json", "Content-Type": "application/json"}


def make_stock_site(site: Any) -> None:
    """A second Plone site without our add-on, with a folder for each client and somebody who may fill them."""
    from plone import api
    from plone.distribution.api import site as distribution_site
    from zope.component.hooks import setSite

    answers = {
        "site_id": STOCK,
        "title": "Stock",
        "description": "",
        "default_language": "en",
        "portal_timezone": "Asia/Ho_Chi_Minh",
        "setup_content": False,
    }
    app = site.aq_parent
    distribution_site.create(app, "classic", answers)
    setSite(app[STOCK])
    acl_users = app[STOCK].acl_users
    acl_users.source_users.addUser("editor", "editor", PASSWORD)
    acl_users.portal_role_manager.assignRoleToPrincipal("Manager", "editor")
    if "pdf_to_text" in app[STOCK].portal_transforms:
        app[STOCK].portal_transforms.unregisterTransform("pdf_to_text")
    for client in range(max(CLIENTS)):
        api.content.create(app[STOCK], "Folder", f"folder-{client}")
    transaction.commit()


def _block(site: Stack, target: Target, clients: int) -> float:
    """Documents made per second while so many clients post."""
    made: list[int] = []

    def work(client: int) -> None:
        connection = http.client.HTTPConnection("localhost", site.port, timeout=120)
        for _number in range(DOCUMENTS // clients):
            made.append(target.post(connection, client))
        connection.close()

    running = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    began = time.perf_counter()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return sum(made) / (time.perf_counter() - began)


def _letter(office: dict[str, dict[str, str]], pdf: str, number: int) -> dict[str, Any]:
    return {
        "unit": office["units"]["tinh"],
        "title": f"V/v báo cáo tình hình thực hiện nhiệm vụ số {number}",
        "type": "party.cong-van",
        "issuer": "Văn phòng Trung ương Đảng",
        "number_symbol": f"{number}-CV/VPTW",
        "document_date": "2025-11-20",
        "files": [{"filename": f"Công văn {number}.pdf", "data": pdf}],
    }


def _file(pdf: str, number: int) -> dict[str, Any]:
    file = {"filename": f"cong-van-{number}.pdf", "data": pdf, "encoding": "base64", "content-type": "application/pdf"}
    return {"@type": "File", "title": f"V/v báo cáo tình hình thực hiện nhiệm vụ số {number}", "file": file}


def _serve(site: Stack, *profile: str) -> None:
    site.command = module("serve", site.wsgi_ini, site.port, THREADS, *profile)
    site.serve()
