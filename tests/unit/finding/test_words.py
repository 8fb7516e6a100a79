"""Words of the index: every spelling of a thing gives the same words."""

import unicodedata

import pytest

from party.operations.finding import words


@pytest.mark.parametrize(
    ("text", "exact", "folded"),
    [
        ("Uỷ ban", "ủy ban", "uy ban"),
        ("ủy BAN", "ủy ban", "uy ban"),
        ("hoà hợp khoẻ mạnh", "hòa hợp khỏe mạnh", "hoa hop khoe manh"),
        ("quý quỹ qúy", "quý quỹ quý", "qui qui qui"),
        ("hoàn toàn thuý thúy", "hoàn toàn thúy thúy", "hoan toan thuy thuy"),
        ("kỷ luật, kỉ luật; Mỹ", "kỷ luật kỉ luật mỹ", "ki luat ki luat mi"),
        ("Đảng đoàn ĐẢNG", "đảng đoàn đảng", "dang doan dang"),
        ("15671-CV/VPTW", "15671 cv vptw", "15671 cv vptw"),
        ("05-ĐA/TU", "5 đa tu", "5 da tu"),
        ("Số 12a/2026/QH15", "số 12 a 2026 qh 15", "so 12 a 2026 qh 15"),
        ("000.00.00.H49", "0 0 0 h 49", "0 0 0 h 49"),
        ("27/06/2025", "27 6 2025", "27 6 2025"),
        ("Bà Rịa – Vũng Tàu", "bà rịa vũng tàu", "ba ria vung tau"),
        ("a_b __x __f", "a b x f", "a b x f"),
        ("“", "", ""),
    ],
)
def test_both_forms(text: str, exact: str, folded: str) -> None:
    for spelled in (text, unicodedata.normalize("NFD", text)):
        found = words.words(spelled)
        assert " ".join(each.exact for each in found) == exact
        assert " ".join(each.folded for each in found) == folded


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("báo cáo", [["báo"], ["cáo"]]),
        ("“báo cáo” tháng", [["báo", "cáo"], ["tháng"]]),
        ('"báo cáo', [["báo"], ["cáo"]]),
        ('báo "" cáo"', [["báo"], ["cáo"]]),
        ("15671-CV/VPTW", [["15671", "cv", "vptw"]]),
        ("15671CV", [["15671", "cv"]]),
        ("!!! ??? ()", []),
        ("title:x NEAR(a b) * OR ^", [["title", "x"], ["near", "a"], ["b"], ["or"]]),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, terms: list[list[str]]) -> None:
    assert [[each.exact for each in term.words] for term in words.parse(typed)] == terms


def test_a_text_that_was_dropped_into_the_box_is_cut() -> None:
    terms = words.parse("báo cáo " * 100_000)
    assert sum(len(each.words) for each in terms) == words.MOST_WORDS


def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    assert words.column("Uỷ ban", "12-CV") == "_ủy _ban __ uy ban __ _12 _cv __ 12 cv"
    assert words.folded("Uỷ ban", "", "12-CV") == "uy ban __ 12 cv"
