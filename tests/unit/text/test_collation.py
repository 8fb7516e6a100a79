import random
import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from party.operations.text.collation import name_sort_key
from party.operations.text.collation import sort_key
from party.operations.text.normalize import clean_line


@pytest.mark.parametrize(
    "in_order",
    [
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "án", "ăn", "ân"],
        ["dạ", "đa"],
        ["Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp"],
        ["Hà Giang", "Hà Nam", "Hà Nội", "Hải Dương", "Hải Phòng", "Hưng Yên"],
        ["An Giang", "Bà Rịa - Vũng Tàu", "Bắc Giang", "Bến Tre", "Cà Mau", "Cao Bằng", "Cần Thơ"],
        ["9-CV/TU", "10-CV/TU", "10-CV/VPTU", "100-CV/TU", "1000-CV/TU"],
        ["Phường 1", "Phường 2", "Phường 10", "Phường An Hội"],
        ["5" * 8, "5" * 9, "1" + "0" * 9, "9" * 99, "1" + "0" * 99, "1" + "0" * 1200],
        ["an", "An", "AN", "anh"],
        ["thuỷ", "thuý"],
        ["thủy", "thúy"],
        ["thuỷ", "thúy"],  # styles mixed: the tone decides, not the letter that carries it
        ["thủy", "thuý"],
        ["", "-", "1", "a", "z", "я", "中"],
        ["Ban", "Ban -", "Ban 2", "Ban A", "Bân"],
        ["facade", "façade", "facadf"],
    ],
    ids=lambda texts: texts[-1][:10],
)
def test_texts_stand_in_vietnamese_order(in_order: list[str]) -> None:
    keys = [sort_key(text) for text in in_order]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    "in_order",
    [
        ["Trần Văn An", "Nguyễn Thị Ánh", "Lê Văn Ân", "Nguyễn Thị Bình", "Đỗ Văn Đức"],
        ["Nguyễn Văn Hà", "Lê Thị Hạ"],
        ["Trần An", "Lê Minh An", "Nguyễn Minh An", "Đinh Văn An"],
        ["Lê Thị Thu Hà", "Lê Thị Thuỳ Hà"],
        ["Hùng", "Lê Hùng"],
        ["Lê Văn Hùng", "LÊ VĂN HÙNG", "Trần Văn Hùng"],
    ],
    ids=lambda names: names[-1],
)
def test_persons_stand_by_given_then_middle_then_family_name(in_order: list[str]) -> None:
    keys = [name_sort_key(name) for name in in_order]
    assert keys == sorted(set(keys))


def test_a_leading_zero_does_not_move_a_number() -> None:
    assert sort_key("4-BC") < sort_key("05-BC") < sort_key("6-BC")
    assert sort_key("05-BC/CB") < sort_key("5-BC/TU")


ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONE_MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
# a syllable as (letters, place of the tone, tone)
syllables = st.tuples(
    st.text(st.sampled_from("bcdđghklmnt"), max_size=2),
    st.sampled_from("aăâeêioôơuưy"),
    st.integers(0, 5),
    st.text(st.sampled_from("cmnpt"), max_size=2),
)


@given(st.lists(syllables, min_size=1, max_size=3), st.lists(syllables, min_size=1, max_size=3))
def test_the_order_is_letters_first_then_tones(
    one: list[tuple[str, str, int, str]], other: list[tuple[str, str, int, str]]
) -> None:
    def text(words: list[tuple[str, str, int, str]]) -> str:
        return " ".join(f"{a}{b}{TONE_MARKS[tone]}{c}" for a, b, tone, c in words)

    def ranks(words: list[tuple[str, str, int, str]]) -> tuple[list[int], list[int]]:
        letters = " ".join(a + b + c for a, b, _, c in words)
        return [(" " + ALPHABET).index(letter) for letter in letters], [w[2] for w in words]

    assert (sort_key(text(one)) < sort_key(text(other))) == (ranks(one) < ranks(other))


@given(st.integers(0, 10**40), st.integers(0, 10**40))
def test_numbers_stand_by_their_value(one: int, other: int) -> None:
    assert (sort_key(f"{one}-CV") < sort_key(f"{other}-CV")) == (one < other)


@given(st.text(), st.text())
def test_two_lines_have_one_key_only_when_they_are_the_same(one: str, other: str) -> None:
    same = clean_line(one) == clean_line(other)
    assert (sort_key(one) == sort_key(other)) == same
    assert (name_sort_key(one) == name_sort_key(other)) == same


@given(st.text())
def test_a_key_can_be_stored_anywhere(text: str) -> None:
    for key in (sort_key(text), name_sort_key(text)):
        key.encode()
        assert key.isprintable()


@given(st.lists(st.text(), max_size=20))
def test_the_database_orders_keys_as_python_does(texts: list[str]) -> None:
    keys = [sort_key(text) for text in texts]
    with sqlite3.connect(":memory:") as database:
        database.execute("create table keys (key text)")
        database.executemany("insert into keys values (?)", [(key,) for key in keys])
        rows = database.execute("select key from keys order by key").fetchall()
    database.close()
    assert [row[0] for row in rows] == sorted(keys)


def test_fifty_thousand_keys_take_no_more_than_a_second() -> None:
    # measured: about 0.15 s; the best of three, as other work may hold the machine
    chooser = random.Random(1)
    words = ["Nguyễn", "Trần", "Thị", "Văn", "Hồng", "Thuỷ", "Ánh", "Phượng", "Uỷ ban", "15671-CV/VPTW"]
    texts = [" ".join(chooser.sample(words, 4)) for _ in range(50_000)]

    def seconds() -> float:
        start = time.perf_counter()
        for text in texts:
            sort_key(text)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 1
