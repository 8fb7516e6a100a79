"""Finding among 50,000 and 1,000,000 documents of 150 words: words, phrases, suggestions, counts.

The documents are rows of the ledger alone, of 3,000 units. A *member* reads those of one unit, a *leader* those of 300, a
*registry* a tenth of all by a single token. Shown are medians in milliseconds; each question is asked anew, with other words of
the same kind, and with the page of hits its counts and snippets are made. ``--rows N`` asks among N documents only.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import transaction

from benchmarks import indexed
from benchmarks.stack import stack
from benchmarks.table import show
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.confidentiality.tables import readers
from party.operations.finding.query import Query
from party.operations.finding.search import search
from party.operations.finding.search import suggest
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.organization.tables import posts


SIZES = (50_000, 1_000_000)
UNITS, LED = 3_000, 300
BATCH = 5_000
FIRST_DAY, DAYS = date(2023, 1, 1), 1_400
REPEAT = 9
PEOPLE = {"member": "chuyenvien", "leader": "lanhdao", "registry": "vanthu"}
#: milliseconds that no question shall take among 50,000 documents, and how much longer among a million
LIMIT = 100

#: common syllables, in the order of how often they are used; ranks beyond them are made up
_COMMON = [
    "các",
    "của",
    "và",
    "đơn",
    "vị",
    "thực",
    "hiện",
    "công",
    "tác",
    "báo",
    "cáo",
    "văn",
    "bản",
    "theo",
    "cấp",
    "tỉnh",
    "uỷ",
    "đảng",
    "xã",
    "về",
    "việc",
    "chỉ",
    "đạo",
    "cơ",
    "quan",
    "tổ",
    "chức",
    "kế",
    "hoạch",
    "nhiệm",
    "vụ",
    "kết",
    "quả",
    "kiểm",
    "tra",
    "hội",
    "nghị",
    "ban",
    "hành",
    "quy",
    "định",
    "cán",
    "bộ",
    "nghị",
    "quyết",
    "trung",
    "ương",
    "thường",
    "trực",
    "phòng",
    "sở",
    "ngành",
    "địa",
    "phương",
]
_SUBJECTS = ("báo cáo kết quả thực hiện nghị quyết", "triệu tập hội nghị", "xin ý kiến về nhân sự", "giao nhiệm vụ")


def main(arguments: list[str]) -> int:
    """Fill and ask; the exit code says whether all stayed within the limit at the first size."""
    sizes = (int(arguments[arguments.index("--rows") + 1]),) if "--rows" in arguments else SIZES
    slowest = 0.0
    for size in sizes:
        with stack() as site:
            office = site.call("benchmarks.fill.make_office")
            began = time.perf_counter()
            site.call("benchmarks.finding.fill", office=office, size=size)
            filled = time.perf_counter() - began
            figures = site.call("benchmarks.finding.measure", office=office)
            megabytes = (site.var / "ledger/ledger.sqlite").stat().st_size >> 20
        heads = ("question", *(f"{name}, {what}" for name in PEOPLE for what in ("found", "ms")))
        rows = [(name, *(value for person in PEOPLE for value in each[person])) for name, each in figures.items()]
        show(f"{size:,} documents, filled in {filled:.0f} s, {megabytes:,} MB", heads, rows)
        if size == sizes[0]:
            slowest = max(value[1] for each in figures.values() for value in each.values())
    return 0 if slowest < LIMIT else 1


def fill(site: Any, office: dict[str, dict[str, str]], size: int) -> None:
    """Write the documents, and who reads them."""
    chance = random.Random(2026)
    syllables = _syllables(chance)
    weights = [1 / (rank + 8) for rank in range(len(syllables))]
    people, units = office["people"], [f"unit{number:028d}" for number in range(UNITS)]
    with turn.turn():
        held = [(people["chuyenvien"], units[UNITS // 2]), *((people["lanhdao"], each) for each in units[:LED])]
        functions = {people["chuyenvien"]: "clerk", people["lanhdao"]: "leader"}
        turn.run(
            sa.insert(posts),
            [{"person": who, "unit": unit, "function": functions[who], "from_day": FIRST_DAY} for who, unit in held],
        )
    transaction.commit()
    registry = tokens.unit(office["units"]["tinh"], "registry")
    for start in range(0, size, BATCH):
        transaction.begin()
        rows, documents, given = [], [], []
        for number in range(start, start + BATCH):
            uid, unit = f"document{number:024d}", units[number % UNITS]
            day = FIRST_DAY + timedelta(days=number * DAYS // size)
            text = chance.choices(syllables, weights, k=150)
            if number % 5_000 == 77:
                text[100:100] = ["độc", "nhất", "vô", "nhị"]
            if number % 100 == 7:
                text[50:50] = ["phát", "huy", "truyền", "thống"]
            title = f"V/v {chance.choice(_SUBJECTS)} {' '.join(chance.choices(syllables, weights, k=8))}"
            facts = {
                "uid": uid,
                "kind": chance.choice(("incoming", "outgoing")),
                "unit": unit,
                "state": chance.choice(("done", "done", "done", "in_progress", "registered")),
            }
            rows.append({**facts, "level": "normal", "path": "", "title": title, "created_by": ""})
            said = {
                "type": chance.choice(("party.cong-van", "party.bao-cao", "party.to-trinh")),
                "period": str(day.year),
            }
            said |= {"person": f"person{number % 500}", "number": f"{number + 1}-CV/TU", "day": day, "title": title}
            said |= {"about": f"Đảng uỷ xã số {number % UNITS}", "text": f"{' '.join(text)}."}
            documents.append({**facts, **said})
            given += [{"object": uid, "token": tokens.unit(unit, side)} for side in ("registry", "leader")]
            if number % 10 == 3:
                given.append({"object": uid, "token": registry})
        with turn.turn():
            now = {"created_at": _instant(), "changed_at": _instant(), "revision": 1}
            turn.run(sa.insert(items), [{**each, **now} for each in rows])
            turn.run(sa.insert(readers), given)
            indexed.insert(documents, given)
        transaction.commit()


def measure(site: Any, office: dict[str, dict[str, str]]) -> dict[str, dict[str, tuple[int, float]]]:
    """For each question and person: how many were found, and the median of milliseconds."""
    found: dict[str, dict[str, tuple[int, float]]] = {}
    transaction.begin()
    for name, login in PEOPLE.items():
        with actor.acting_as(office["people"][login]):
            for question, ask in _questions().items():
                found.setdefault(question, {})[name] = _median(ask)
    transaction.abort()
    return found


def _questions() -> dict[str, Callable[[int], int]]:
    pairs = [("báo cáo", "kiểm tra"), ("công tác", "tổ chức"), ("thực hiện", "kế hoạch"), ("chỉ đạo", "cơ quan")]
    common = [f"{one.split()[0]} {other.split()[1]}" for one, other in pairs]

    def asked(texts: list[str], **more: Any) -> Callable[[int], int]:
        return lambda turn_: search(Query(texts[turn_ % len(texts)], **more)).total

    bare = ["bao tra", "cong chuc", "thuc hoach", "chi quan"]
    return {
        "two common words": asked(common),
        "the same without marks": asked(bare),
        "by relevance": asked(common, order="relevance"),
        "narrowed by state and year": asked(common, facts={"state": "in_progress", "period": "2024"}),
        "narrowed by days": asked(common, since=date(2025, 1, 1), until=date(2025, 1, 31)),
        "a rare word": asked(["độc nhất", "nhị", "vô nhị"]),
        "a phrase": asked(["“phát huy truyền thống”", "“huy truyền thống”"]),
        "number and symbol": asked(["12077-CV/TU", "33-CV/TU", "45123"]),
        "everything, no words": asked([""]),
        "suggestion, words": lambda turn_: len(suggest(("báo c", "ke ho", "triệu t", "nhân s")[turn_ % 4])),
        "suggestion, one letter": lambda turn_: len(suggest("bkth"[turn_ % 4])),
        "suggestion, number": lambda turn_: len(suggest(("12", "331", "4512", "7")[turn_ % 4])),
    }


def _median(ask: Callable[[int], int]) -> tuple[int, float]:
    times, most = [], 0
    ask(REPEAT)
    for number in range(REPEAT):
        principals.forget()
        began = time.perf_counter()
        most = max(most, ask(number))
        times.append(time.perf_counter() - began)
    return most, statistics.median(times) * 1000


def _syllables(chance: random.Random) -> list[str]:
    """2,500 syllables, common ones first."""
    first = (
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "h",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "nh",
        "ph",
        "qu",
        "s",
        "t",
        "th",
        "tr",
        "v",
        "x",
    )
    middle = [
        "a",
        "á",
        "à",
        "ả",
        "ã",
        "ạ",
        "ă",
        "ắ",
        "ằ",
        "â",
        "ấ",
        "ầ",
        "ẫ",
        "e",
        "é",
        "è",
        "ê",
        "ế",
        "ề",
        "i",
        "í",
        "ì",
        "o",
        "ó",
        "ò",
        "ô",
        "ố",
        "ồ",
        "ơ",
        "ớ",
        "ờ",
        "u",
        "ú",
        "ù",
        "ư",
        "ứ",
        "ừ",
    ]
    made = [f"{one}{other}{last}" for one in first for other in middle for last in ("", "n", "ng", "t")]
    chance.shuffle(made)
    return list(dict.fromkeys([*_COMMON, *made]))[:2_500]


def _instant() -> Any:
    from party.operations.ledger import clock

    return clock.now()
