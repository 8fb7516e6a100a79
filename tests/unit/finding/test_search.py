"""Searching, in each of the databases: what is found by what, in which order, and how it is shown."""

import unicodedata
from datetime import date

import pytest

from party.operations.finding import checking
from party.operations.finding import index
from party.operations.finding import search as searching
from party.operations.finding.query import Query
from party.operations.finding.search import search
from party.operations.finding.search import suggest
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from tests.unit.finding.conftest import MINE
from tests.unit.finding.conftest import Put


TITLE = "V/v báo cáo của Uỷ ban Kiểm tra Tỉnh uỷ về kỷ luật Đảng"
TEXT = "Kính gửi các đồng chí.\nĐề nghị Đảng uỷ xã Hoà Bình hoàn thành trước ngày 27/6/2025, gửi về Văn phòng."
NUMBER = "15671-CV/VPTW"


def titles(text: str, **more: object) -> list[str]:
    """What is found, in its order."""
    return [each.title for each in search(Query(text, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "ủy ban",
            "uỷ ban",
            "UỶ BAN",
            "uy ban",
            "Uy Ban kiem tra",
            "ủy ban kiem",
            "đảng",
            "dang",
            "Ðảng".replace("Ð", "Đ"),
        ),
        *("kỷ luật", "kỉ luật", "ki luat", "ky luat", "hòa bình", "hoà bình", "Hoa Binh"),
        *("“ủy ban kiểm tra”", '"uy ban kiem tra"', "“hoàn thành trước ngày”", "„Tỉnh uỷ“ về"),
        *(
            "15671",
            "15671-CV/VPTW",
            "15671 CV VPTW",
            "15671cv",
            "cv/vptw",
            "15671-CV",
            "VPTW",
            "015671",
            ["số", "15671"][1],
        ),
        *("27/6/2025", "27/06/2025", "báo cáo 15671 hòa bình", "văn phòng uỷ ban"),
    ],
)
def test_what_finds_the_letter(put: Put, typed: str) -> None:
    uid = put(TITLE, TEXT, number=NUMBER)
    put("Thông báo nghỉ lễ", "Không liên quan.", number="1-TB/TU")
    for spelled in (typed, unicodedata.normalize("NFD", typed), f"  {typed}\n"):
        for order in ("newest", "relevance"):
            found = search(Query(spelled, order=order))
            assert [each.uid for each in found.hits] == [uid], (spelled, order)
            assert found.total == 1


@pytest.mark.parametrize(
    "typed",
    [
        *("“ban uỷ”", "báo thù", "“kiểm tra tỉnh đảng”", "1567", "15671-QĐ/VPTW", "5671", "CV/15671"),
        *("“luật Đảng 15671”", "hoà bìn", "!!!", "*", "()", "__", "__r", "27/6/2026"),
    ],
)
def test_what_does_not(put: Put, typed: str) -> None:
    put(TITLE, TEXT, number=NUMBER)
    found = search(Query(typed))
    assert (found.hits, found.total) == ((), 0)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            '" OR *',
            "NEAR(",
            "NEAR(uỷ ban, 3)",
            "title:uỷ",
            "head : uỷ",
            "uỷ*",
            "uỷ AND",
            "NOT uỷ",
            "uỷ OR",
            "^uỷ",
            "{head}: uỷ",
        ),
        *(
            "uỷ' OR 1=1 --",
            "'; DROP TABLE found; --",
            "\\",
            "%",
            "_",
            "a\x00b",
            "uỷ:*",
            "uỷ <-> ban",
            "uỷ & !ban",
            "(((((",
            "\ud800",
        ),
        *(
            "“" * 500,
            '"' * 501,
            "uỷ " * 50_000,
            "x" * 100_000,
            "🙂 ủy",
            "+uỷ -ban",
            "uỷ ||",
            "\u202e",
            "ﬁ",
            "中文 한국어",
        ),
    ],
)
def test_nothing_that_is_typed_is_ever_syntax(put: Put, typed: str) -> None:
    mine = put(TITLE, TEXT, number=NUMBER)
    put(TITLE, TEXT, tokens=("lvl:normal:user:khac",), number=NUMBER)
    for order in ("newest", "relevance"):
        assert {each.uid for each in search(Query(typed, order=order)).hits} <= {mine}
    assert {each.uid for each in suggest(typed)} <= {mine, ""}


def test_exact_words_come_before_folded_ones(put: Put) -> None:
    for number, title in enumerate(("Bàn ghế", "Bán nhà", "Bản tin", "Ban tin")):
        put(title, day=date(2026, 1, 1 + number))
    assert titles("bàn") == ["Bàn ghế", "Ban tin", "Bản tin", "Bán nhà"]
    assert titles("ban") == ["Ban tin", "Bản tin", "Bán nhà", "Bàn ghế"]


def test_by_relevance_the_place_of_the_words_counts(put: Put) -> None:
    put("Về tiền lương", "Đề nghị nâng bậc.", day=date(2026, 1, 1))
    put("Bậc nâng đề nghị", day=date(2026, 1, 2))
    put("Đề nghị nâng bậc lương", day=date(2026, 1, 3))
    put("De nghi nang bac", day=date(2026, 1, 4))
    put("Thông báo", "Đề án; nghị quyết, nâng cao, bậc học", day=date(2026, 1, 5))
    newest = ["Thông báo", "Đề nghị nâng bậc lương", "Bậc nâng đề nghị", "Về tiền lương", "De nghi nang bac"]
    assert titles("đề nghị nâng bậc") == newest
    best = ["Đề nghị nâng bậc lương", "Bậc nâng đề nghị", "De nghi nang bac", "Thông báo", "Về tiền lương"]
    assert titles("đề nghị nâng bậc", order="relevance") == best


@pytest.mark.parametrize("order", ["newest", "relevance"])
@pytest.mark.parametrize("text", ["bàn", "ban", "", "“bàn ghế”"])
def test_pages_hold_each_hit_once_whatever_comes_in_meanwhile(put: Put, order: str, text: str) -> None:
    for number in range(17):
        put(("Bàn ghế", "Bán ghế", "Việc bàn")[number % 3], day=date(2026, 1, 1 + number % 5))
    whole = [each.uid for each in search(Query(text, order=order, size=50)).hits]
    seen, after = [], ""
    while True:
        page = search(Query(text, order=order, size=4, after=after))
        assert page.total == len(whole)
        seen += [each.uid for each in page.hits]
        after = page.following
        if not after:
            break
        put("Bàn ghế mới", day=date(2026, 2, 1))
        whole_now = page.total + 1
        assert search(Query(text, order=order)).total == whole_now
        whole.append("new")
    assert seen == [each for each in whole if each != "new"] or order == "relevance"
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("after", ["x", "1", "1_2_3", "a_b", "0_", "_"])
def test_a_page_that_does_not_exist_is_refused(put: Put, after: str) -> None:
    put("Bàn ghế")
    with pytest.raises(Invalid):
        search(Query("bàn", after=after))


def test_facts_narrow_and_are_counted(put: Put) -> None:
    put("Một", unit="a", state="done", day=date(2025, 12, 31), period="2025")
    put("Một hai", unit="a", state="registered", person="an")
    put("Một hai ba", unit="b", kind="outgoing", urgency="urgent", tokens=(MINE, "lvl:normal:user:khac"))
    put("Một hai ba bốn", unit="b", tokens=("lvl:normal:user:khac",))
    put("Một không ai đọc", unit="b", tokens=())
    found = search(Query("một"))
    assert (found.total, found.capped) == (3, False)
    counted = {name: {each.value: each.count for each in values} for name, values in found.facets.items()}
    assert counted == {
        "kind": {"incoming": 2, "outgoing": 1},
        "unit": {"a": 2, "b": 1},
        "type": {"party.cong-van": 3},
        "period": {"2026": 2, "2025": 1},
        "state": {"registered": 2, "done": 1},
        "person": {"an": 1},
        "urgency": {"normal": 2, "urgent": 1},
    }
    assert titles("một", facts={"unit": "a"}) == ["Một hai", "Một"]
    assert titles("một", facts={"unit": "a", "state": "done"}) == ["Một"]
    assert titles("", facts={"kind": "outgoing"}) == ["Một hai ba"]
    assert titles("một", facts={"unit": "a' OR 1"}) == titles("một", facts={"colour": "red"}) == []
    assert titles("một", since=date(2026, 1, 1)) == ["Một hai ba", "Một hai"]
    assert titles("một", until=date(2025, 12, 31)) == ["Một"]
    assert titles("một", since=date(2025, 12, 31), until=date(2025, 12, 31)) == ["Một"]
    assert titles("một", since=date(2027, 1, 1)) == titles("một", until=date.min) == titles("một", since=date.max) == []


def test_counts_say_where_they_stop(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST", 3)
    for _number in range(5):
        put("Bàn ghế")
    found = search(Query("ban", size=2))
    assert (found.total, found.capped, len(found.hits)) == (3, True, 2)
    assert found.facets["kind"][0].count == 3
    assert len(search(Query("ban", size=2, after=found.following)).hits) == 2


def test_a_change_is_found_at_once_and_what_was_before_is_not(put: Put) -> None:
    uid = put("Bàn ghế", "Nội dung thứ nhất")
    with turn.turn():
        index.set_text(uid, "Nội dung thứ hai")
    assert (titles("nhất"), titles("thứ hai")) == ([], ["Bàn ghế"])
    with turn.turn():
        index.change(uid, state="done")
    assert titles("bàn", facts={"state": "done"}) == ["Bàn ghế"]
    assert titles("bàn", facts={"state": "registered"}) == []
    with turn.turn():
        index.set_readers(uid, {"lvl:normal:user:khac"})
    assert titles("bàn") == suggest("bàn") == []
    with turn.turn():
        index.set_readers(uid, {MINE})
        index.forget(uid)
    assert titles("bàn") == titles("hai") == suggest("bàn") == []


def test_the_text_stays_when_the_head_is_written_anew_on_another_day(put: Put) -> None:
    uid = put("Bàn ghế", "Nội dung thứ nhất")
    facts = {"kind": "outgoing", "level": "normal", "unit": "a", "type_": "", "period": "", "state": "issued"}
    with turn.turn():
        said = {"number": "7-TB/TU", "about": "Nguyễn Văn An", "day": date(2026, 11, 24), "title": "Tủ"}
        index.write(uid, **facts, person="", urgency="", **said)
    assert [each.day for each in search(Query("thứ nhất an 7-TB")).hits] == [date(2026, 11, 24)]
    assert titles("bàn") == []


@pytest.mark.parametrize(
    ("typed", "where", "snippet"),
    [
        ("uy ban", "title", "V/v báo cáo của [Uỷ ban] Kiểm tra Tỉnh [uỷ] về kỷ luật Đảng"),
        ("ủy ban kiểm", "title", "V/v báo cáo của [Uỷ ban Kiểm] tra Tỉnh [uỷ] về kỷ luật Đảng"),
        ("15671-cv/vptw", "number", "[15671-CV/VPTW]"),
        ("15671", "number", "[15671]-CV/VPTW"),
        (
            "hoà bình",
            "text",
            "… các đồng chí. Đề nghị Đảng uỷ xã [Hoà Bình] hoàn thành trước ngày 27/6/2025, gửi về Văn phòng.",
        ),
        ("lâm sơn", "text", "Tỉnh uỷ [Lâm Sơn]"),
        ("", "title", ""),
    ],
)
def test_a_snippet_shows_the_words_as_they_were_written(put: Put, typed: str, where: str, snippet: str) -> None:
    put(TITLE, TEXT, number=NUMBER, about="Tỉnh uỷ Lâm Sơn")
    (hit,) = search(Query(typed)).hits
    assert (hit.where, "".join(f"[{part}]" if asked else part for part, asked in hit.snippet)) == (where, snippet)


def test_a_snippet_of_a_long_text_is_cut_around_the_best_place(put: Put) -> None:
    filler = "Chữ nghĩa dài dòng không nói gì. " * 2_000
    put("Báo cáo", f"{filler}Riêng chữ kín. {filler}Chỗ này có mật ong và chữ kín đáo. {filler}")
    (hit,) = search(Query("mật kín ong")).hits
    said = "".join(part for part, _asked in hit.snippet)
    assert "mật ong và chữ kín" in said
    assert len(said.split()) < 50
    assert (said[:2], said[-2:]) == ("… ", " …")


def test_suggestions_are_documents_and_issuers(put: Put) -> None:
    one = put("Báo cáo tháng Mười", number="156-BC/TU", about="Đảng uỷ xã Hoà Bình", day=date(2026, 10, 1))
    other = put("Bảo vệ rừng", number="157-CV/TU", about="Đảng uỷ xã Hoà Bình", day=date(2026, 10, 2))
    put("Bảo mật", number="1569-CV/TU", tokens=("lvl:normal:user:khac",))

    def said(text: str) -> list[tuple[str, str, str]]:
        return [(each.kind, each.text, each.uid) for each in suggest(text)]

    assert said("bao") == [("title", "Bảo vệ rừng", other), ("title", "Báo cáo tháng Mười", one)]
    assert said("báo") == [("title", "Báo cáo tháng Mười", one), ("title", "Bảo vệ rừng", other)]
    assert said("bao cao th") == [("title", "Báo cáo tháng Mười", one)]
    assert said("156") == [("number", "156-BC/TU", one)]
    assert said("156-b") == [("number", "156-BC/TU", one)]
    assert said("hoa bi") == [("issuer", "Đảng uỷ xã Hoà Bình", "")]
    assert said("15") == [("number", "157-CV/TU", other), ("number", "156-BC/TU", one)]
    assert said("") == said(" ? ") == said("mật") == []
    assert len(suggest("b", limit=1)) == 1


def test_the_index_is_checked_against_the_ledger(put: Put) -> None:
    uids = [put(f"Việc {number}") for number in range(4)]
    assert list(checking.wrong()) == []
    with turn.turn():
        index.forget(uids[0])
        index.set_readers(uids[1], {"lvl:normal:user:khac"})
        index.change(uids[2], state="done")
    assert list(checking.wrong()) == uids[:3]
    with turn.turn():
        checking.clear()
    assert list(checking.wrong()) == uids
