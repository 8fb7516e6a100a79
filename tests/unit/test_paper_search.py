"""Words on pages are found with or without marks, in either style of placing the tone."""

import pytest

from party.operations.documents import paper_search
from party.operations.reading.model import Page
from party.operations.reading.model import Word


def page(text: str, number: int = 1) -> Page:
    """Lines of words, each letter ten points wide, each line twenty high."""
    words = []
    for row, line in enumerate(text.split("\n")):
        left = 0
        for word in line.split(" "):
            words.append(Word(word, (left, row * 20, left + len(word) * 10, row * 20 + 15)))
            left += len(word) * 10 + 10
    return Page(number, 595, 842, tuple(words))


PAGE = page(
    "Uỷ ban nhân dân tỉnh và Ủy ban Kiểm tra\n"
    "bàn về việc quản lý, uỷ quyền, lí do\n"
    "hoàn\nthành trước ngày 27/6/2025 (15671-CV/VPTW)"
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("uy ban", 2),
        ("UY BAN", 2),
        ("ủy ban", 2),
        ("uỷ ban", 2),
        ("uý ban", 0),
        ("bàn", 1),
        ("ban", 3),
        ("quản lí", 1),
        ("ly do", 1),
        ("hoan thanh truoc", 1),
        ("hoàn thanh", 1),
        ("hoãn thanh", 0),
        ("15671", 1),
        ("15671-cv/vptw", 1),
        ('"uỷ quyền"', 1),
        ("kiểm tr", 1),
        ("", 0),
        ("  ", 0),
        ("không có", 0),
    ],
)
def test_words_are_found_as_they_are_typed(text: str, count: int) -> None:
    assert len(paper_search.find([PAGE], text)) == count


def test_a_hit_over_two_lines_has_a_box_in_each() -> None:
    (hit,) = paper_search.find([PAGE], "hoàn thành trước")
    assert hit == paper_search.Hit(1, ((0, 40, 40, 55), (0, 60, 110, 75)))


def test_hits_come_in_the_order_of_the_pages_and_not_without_end() -> None:
    assert [each.page for each in paper_search.find([page("a b", 1), page("b", 2)], "b")] == [1, 2]
    assert len(paper_search.find([page("b " * 2000)], "b")) == paper_search.MOST
