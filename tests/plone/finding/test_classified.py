"""Classified documents are found by number and words of the title, by who is cleared and named, and by nobody else."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import keys
from party.operations.confidentiality import principals
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.finding import checking
from party.operations.finding import index
from party.operations.finding.query import Query
from party.operations.finding.query import Results
from party.operations.finding.search import search
from party.operations.finding.search import suggest
from party.operations.finding.tables import found
from party.operations.finding.tables import found_texts
from party.operations.ledger import turn
from tests.clearances import clear
from tests.office import Office


Be = Callable[[str], AbstractContextManager[None]]

TITLE, NUMBER = "V/v phương án Hoà Lạc tuyệt kín", "77-KH/TU"


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    yield
    keys.configure(None)


@pytest.fixture
def secret(office: Office, be: Be) -> str:
    """A secret letter of the province, passed on to its leader; clerk and leader are cleared."""
    for login in ("vanthu", "lanhdao"):
        clear(office, login, "secret")
    with be("vanthu"):
        uid = operations.register_incoming(
            office.units["tinh"],
            title=TITLE,
            type="party.ke-hoach",
            issuer="Quân uỷ",
            number_symbol=NUMBER,
            urgency="urgent",
            level="secret",
            basis="Danh mục",
            confirm=True,
        ).UID()
        operations.transfer(uid, [Addressee(person=office.people["lanhdao"])])
    principals.forget()
    return str(uid)


def counted(results: Results) -> dict[str, dict[str, int]]:
    return {name: {each.value: each.count for each in values} for name, values in results.facets.items()}


@pytest.mark.parametrize(
    "typed",
    [
        "hoà lạc",
        "hòa lạc",
        "hoa lac",
        "HOA",
        "tuyệt kín phương án",
        "77",
        "77-KH/TU",
        "77 kh",
        "quân uỷ",
        "quan uy",
        "“phương án”",
    ],
)
def test_the_cleared_find_it_by_number_and_words(secret: str, be: Be, typed: str) -> None:
    for login in ("vanthu", "lanhdao"):
        with be(login):
            for order in ("newest", "relevance"):
                (hit,) = search(Query(typed, order=order)).hits
                assert (hit.uid, hit.level, hit.title, hit.number) == (secret, "secret", TITLE, NUMBER)
            assert [each.uid for each in lists.incoming_register(hit.facts["unit"], text=typed).rows] == [secret]


def test_its_facts_are_counted_and_narrow(secret: str, office: Office, be: Be) -> None:
    with be("vanthu"):
        assert counted(search(Query("hoà lạc"))) == {
            "kind": {"incoming": 1},
            "unit": {office.units["tinh"]: 1},
            "type": {"party.ke-hoach": 1},
            "period": {"2026": 1},
            "state": {"in_progress": 1},
            "person": {office.people["lanhdao"]: 1},
            "urgency": {"urgent": 1},
        }
        for facts in ({"type": "party.ke-hoach"}, {"person": office.people["lanhdao"], "urgency": "urgent"}):
            assert [each.uid for each in search(Query("", facts)).hits] == [secret]
            assert search(Query("", {**facts, "urgency": "normal"})).total == 0


def test_a_whole_word_suggests_it(secret: str, be: Be) -> None:
    with be("lanhdao"):
        assert [each.text for each in suggest("hoà lạc")] == [TITLE]
        assert [each.text for each in suggest("77")] == [NUMBER]
        assert suggest("phươ") == []


def test_nobody_else_learns_of_it(secret: str, be: Be, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = search(Query("không có gì như thế"))
    for zone, login in (
        ("wan", "vanthu.tc"),
        ("wan", "quantri"),
        ("wan", "lanhdao.tw"),
        ("internet", "vanthu"),
        ("internet", "lanhdao"),
    ):
        monkeypatch.setenv("PARTY_ZONE", zone)
        keys.configure("none" if zone == "internet" else None)
        principals.forget()
        with be(login):
            for typed in ("hoà lạc", "77", "77-KH/TU", ""):
                assert search(Query(typed)) == nothing, (zone, login)
                assert suggest(typed) == []
            assert search(Query("", {"type": "party.ke-hoach"})) == nothing


def test_the_index_says_nothing_of_it(secret: str) -> None:
    with actor.as_system():
        stored = "\n".join(
            repr(tuple(each))
            for table in ("found", "found_texts", "found_words", "found_heads")
            for each in turn.rows(sa.text(f"SELECT * FROM {table}"))
        )
    for word in ("hoà", "hòa", "hoa", "lạc", "lac", "kín", "77", "kh", "quân", "ke-hoach", "urgent"):
        assert f"{word} " not in stored, word
        assert f"_{word}" not in stored, word
        assert f"'{word}'" not in stored, word
    assert "ke-hoach" not in stored
    assert turn.scalar(sa.select(sa.func.count()).select_from(found_texts).where(found_texts.c.uid == secret)) == 0


def test_raising_takes_text_and_words_out_and_declassifying_brings_the_words_back(
    office: Office, be: Be, letter: Callable[..., Any]
) -> None:
    for login in ("vanthu", "lanhdao"):
        clear(office, login, "secret")
    uid = letter(title="V/v Hoà Lạc").UID()
    with turn.turn():
        index.set_text(uid, "Nội dung kín")
    with be("vanthu"):
        assert search(Query("nội dung")).total == search(Query("“v/v hoà lạc”")).total == 1
        operations.raise_level(uid, "secret", reason="Phát hiện muộn", basis="Danh mục")
        assert search(Query("nội dung")).total == 0
        assert [each.level for each in search(Query("hoà lạc")).hits] == ["secret"]
    assert list(checking.wrong()) == []
    with turn.turn():
        index.set_text(uid, "Nội dung kín")
    with be("vanthu.tc"):
        assert search(Query("hoà lạc")).total == search(Query("nội dung")).total == 0
    assert turn.scalar(sa.select(found.c.number).where(found.c.uid == uid)) == "•"
    with be("vanthu"):
        operations.propose_lower(uid, "normal", reason="Hết bí mật", basis="Quyết định")
    with be("lanhdao"):
        operations.confirm_lower(uid)
    with be("vanthu"):
        assert [each.level for each in search(Query("“v/v hoà lạc”")).hits] == ["normal"]
        assert search(Query("nội dung")).total == 0
