"""One circular to all 3,321 communes: how long it takes, what it writes, and how long everybody else waits meanwhile.

Another process registers documents all the time; its longest wait while the circular is issued stands beside its
longest wait while nothing else happens.
"""

import time
from datetime import date
from io import BytesIO
from typing import Any

import transaction

from benchmarks import fill
from benchmarks.stack import Stack
from benchmarks.stack import stack
from benchmarks.table import show
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee


#: circulars issued one after the other: the first finds empty indexes
CIRCULARS = 3
#: seconds of registering before the first circular and after the last
QUIET = 5

_TABLES = ("deliveries", "grants", "readers", "events", "outbox", "numbers")


def main(arguments: list[str]) -> int:
    """Issue a few circulars and show what each took."""
    with stack() as site:
        office = site.call("benchmarks.fill.make_office")
        began = time.perf_counter()
        site.call("benchmarks.fill.make_communes", tw=office["units"]["tw"])
        print(f"{fill.COMMUNES} communes made in {time.perf_counter() - began:.0f} s", flush=True)
        drafts = site.call("benchmarks.circular.prepare", office=office)
        before = _sizes(site)
        others = site.begin("benchmarks.circular.register_all_the_time", office=office, file=str(site.home / "stop"))
        time.sleep(QUIET)
        issued = site.call("benchmarks.circular.issue", office=office, drafts=drafts)
        time.sleep(QUIET)
        (site.home / "stop").touch()
        waits = [tuple(each) for each in site.answer(others)]
        after = _sizes(site)
    quiet = max(seconds for at, seconds in waits if at + seconds < issued[0]["began"])
    rows = []
    for each in issued:
        ended = each["began"] + each["seconds"]
        disturbed = [seconds for at, seconds in waits if at < ended and at + seconds > each["began"]]
        rows.append((each["seconds"], each["objects"], each["bytes"] // 1024, each["warnings"], max(disturbed), quiet))
    show(
        f"A circular to {fill.COMMUNES:,} communes",
        ("seconds", "objects in the ZODB", "KB in the ZODB", "warnings", "others waited, s", "without it, s"),
        rows,
    )
    show("Rows written by all of it", _TABLES, [[after[name] - before[name] for name in _TABLES]])
    return 0 if all(row[0] < 3 for row in rows) else 1


def prepare(site: Any, office: dict[str, dict[str, str]]) -> list[str]:
    """Circulars of the Central Office that are signed and wait to be numbered; returns their uids."""
    people, drafts = office["people"], []
    for number in range(CIRCULARS):
        transaction.begin()
        with actor.acting_as(people["vanthu.tw"]):
            draft = operations.create_draft(
                office["units"]["vptw"],
                [files.stage(BytesIO(fill.pdf()), "Công văn.pdf")],
                title=f"V/v triển khai nhiệm vụ số {number}",
                type="party.cong-van",
                recipients=[{"group": "commune"}],
            ).UID()
            operations.submit_for_review(draft, [Addressee(person=people["lanhdao.tw"])])
        with actor.acting_as(people["lanhdao.tw"]):
            operations.approve(draft)
            operations.sign(draft, people["lanhdao.tw"])
        transaction.commit()
        drafts.append(draft)
    return drafts


def issue(site: Any, office: dict[str, dict[str, str]], drafts: list[str]) -> list[dict[str, Any]]:
    """Issue the circulars; returns when each began, how long it took, and what its transaction stored in the ZODB."""
    written = _count_stores(site._p_jar)
    answers = []
    for draft in drafts:
        written.clear()
        began = time.time()
        transaction.begin()
        principals.forget()
        with actor.acting_as(office["people"]["vanthu.tw"]):
            warnings = operations.issue(draft)
        transaction.commit()
        seconds = time.time() - began
        answers.append(
            {
                "began": began,
                "seconds": seconds,
                "objects": len(written),
                "bytes": sum(written),
                "warnings": len(warnings),
            }
        )
        time.sleep(1)
    return answers


def register_all_the_time(site: Any, office: dict[str, dict[str, str]], file: str) -> list[tuple[float, float]]:
    """Register documents in another unit until ``file`` exists; returns when each began and how long it took."""
    from pathlib import Path

    waits = []
    while not Path(file).exists():
        began = time.time()
        transaction.begin()
        principals.forget()
        with actor.acting_as(office["people"]["vanthu"]):
            operations.register_incoming(
                office["units"]["tinh"],
                [files.stage(BytesIO(fill.pdf()), "Công văn.pdf")],
                title="V/v báo cáo tuần",
                type="party.cong-van",
                issuer="Văn phòng Trung ương Đảng",
                document_date=date(2025, 11, 20),
            )
        transaction.commit()
        waits.append((began, time.time() - began))
    return waits


def _count_stores(connection: Any) -> list[int]:
    """A list that grows by the size of each object that is stored."""
    sizes: list[int] = []
    store = connection._storage.store

    def counting(oid: bytes, serial: bytes, data: bytes, *rest: Any) -> Any:
        sizes.append(len(data))
        return store(oid, serial, data, *rest)

    connection._storage.store = counting
    return sizes


def _sizes(site: Stack) -> dict[str, int]:
    return {name: site.rows(f"SELECT count(*) FROM {name}")[0][0] for name in _TABLES}  # noqa: S608
