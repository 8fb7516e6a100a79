import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from party.operations.text.symbols import DocumentSymbol
from party.operations.text.symbols import format_party
from party.operations.text.symbols import format_state
from party.operations.text.symbols import match_key
from party.operations.text.symbols import parse_symbol
from party.operations.text.symbols import TYPE_SYMBOLS


def party(text: str, number: int | None, kind: str, issuer: str, suffix: str = "") -> DocumentSymbol:
    return DocumentSymbol(text, number, type_symbol=kind, issuer_symbol=issuer, series_suffix=suffix, regime="party")


def state(
    text: str,
    number: int | None,
    kind: str,
    issuer: str,
    drafter: str = "",
    year: int | None = None,
) -> DocumentSymbol:
    return DocumentSymbol(
        text,
        number,
        year=year,
        type_symbol=kind,
        issuer_symbol=issuer,
        drafter=drafter,
        regime="state",
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("15671-CV/VPTW", party("15671-CV/VPTW", 15671, "CV", "VPTW")),
        ("Số 05-BC/CB", party("05-BC/CB", 5, "BC", "CB")),
        ("Số: 05-BC/CB", party("05-BC/CB", 5, "BC", "CB")),
        ("SỐ:04-TB/BCĐTW", party("04-TB/BCĐTW", 4, "TB", "BCĐTW")),
        ("5053-CV/VPTW/nb", party("5053-CV/VPTW/nb", 5053, "CV", "VPTW", "nb")),
        ("84-ctr/tu", party("84-CTr/TU", 84, "CTr", "TU")),
        ("15671 – CV / VPTW.", party("15671-CV/VPTW", 15671, "CV", "VPTW")),
        ("15671\u00adCV/VPTW", party("15671-CV/VPTW", 15671, "CV", "VPTW")),
        ("3676-QÐ/VPTW", party("3676-QĐ/VPTW", 3676, "QĐ", "VPTW")),  # Eth
        ("3676-QD/VPTW", party("3676-QĐ/VPTW", 3676, "QĐ", "VPTW")),
        ("12CV/TU", party("12-CV/TU", 12, "CV", "TU")),
        ("Số      -CV/VPTW", party("-CV/VPTW", None, "CV", "VPTW")),
        ("Số ......-CV/VPTW", party("-CV/VPTW", None, "CV", "VPTW")),
        ("01-CTPH/BTCTW-BNV", party("01-CTPH/BTCTW-BNV", 1, "CTPH", "BTCTW-BNV")),
        ("Số: 15/QĐ-BNV", state("15/QĐ-BNV", 15, "QĐ", "BNV")),
        ("292/QĐ-BCY", state("292/QĐ-BCY", 292, "QĐ", "BCY")),
        ("15/QyĐ-UBND", state("15/QyĐ-UBND", 15, "QyĐ", "UBND")),
        ("234/BNV-VTLT", state("234/BNV-VTLT", 234, "", "BNV", "VTLT")),
        ("7816/VPCP-TTĐT", state("7816/VPCP-TTĐT", 7816, "", "VPCP", "TTĐT")),
        ("30/snv", state("30/SNV", 30, "", "SNV")),
        ("63/2026/NĐ-CP", state("63/2026/NĐ-CP", 63, "NĐ", "CP", year=2026)),
        ("117/2025/QH15", state("117/2025/QH15", 117, "", "QH15", year=2025)),
        ("10/2016/TT-BTTTT", state("10/2016/TT-BTTTT", 10, "TT", "BTTTT", year=2016)),
        ("Số:     /QĐ-BNV", state("/QĐ-BNV", None, "QĐ", "BNV")),
        (
            "159-QĐ-BCY",
            DocumentSymbol("159-QĐ-BCY", 159, type_symbol="QĐ", issuer_symbol="BCY"),
        ),
        ("12/QĐ/TU", DocumentSymbol("12/QĐ/TU", 12, type_symbol="QĐ", issuer_symbol="TU")),
        (
            "12A-NQ/TU",
            DocumentSymbol("12a-NQ/TU", 12, "a", type_symbol="NQ", issuer_symbol="TU", regime="party"),
        ),
        (
            "12bis/QĐ-UBND",
            DocumentSymbol("12bis/QĐ-UBND", 12, "bis", type_symbol="QĐ", issuer_symbol="UBND", regime="state"),
        ),
        ("15671", DocumentSymbol("15671", 15671)),
        ("15/2025", DocumentSymbol("15/2025", 15, year=2025)),
        ("không số", DocumentSymbol("không số")),
        ("1234567890123-CV/TU", DocumentSymbol("1234567890123-CV/TU")),
        ("Số:", DocumentSymbol("")),
        ("", DocumentSymbol("")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_number_and_symbol_are_read_in_every_usual_spelling(typed: str, expected: DocumentSymbol) -> None:
    assert parse_symbol(typed) == expected


def test_a_symbol_that_ends_in_the_word_for_number_keeps_it() -> None:
    assert parse_symbol("12-CV/SO").issuer_symbol == "SO"


def test_an_office_may_have_types_of_its_own() -> None:
    assert parse_symbol("7/LKG-TW").type_symbol == ""
    assert parse_symbol("7/lkg-tw", TYPE_SYMBOLS | {"LKG"}).type_symbol == "LKG"


numbers = st.integers(1, 999_999_999)
types = st.sampled_from(sorted(TYPE_SYMBOLS))
issuers = st.text(st.sampled_from("ABCĐHKNTUVW"), min_size=2, max_size=8).filter(
    lambda issuer: issuer not in TYPE_SYMBOLS and not issuer.startswith("CD")
)


@given(numbers, types, issuers, st.sampled_from(["", "nb"]))
def test_a_party_symbol_reads_back(number: int, kind: str, issuer: str, suffix: str) -> None:
    text = format_party(number, kind, issuer, suffix)
    assert parse_symbol(text) == party(text, number, kind, issuer, suffix)


@given(numbers, types, issuers, st.sampled_from(["", "VTLT"]))
def test_a_state_symbol_reads_back(number: int, kind: str, issuer: str, drafter: str) -> None:
    text = format_state(number, kind, issuer, drafter)
    assert parse_symbol(text) == state(text, number, kind, issuer, drafter)


@given(numbers, st.sampled_from(["BNV", "UBND", "VPCP"]), st.sampled_from(["", "VTLT"]))
def test_a_state_letter_without_type_reads_back(number: int, issuer: str, drafter: str) -> None:
    text = format_state(number, "", issuer, drafter)
    assert parse_symbol(text) == state(text, number, "", issuer, drafter)


def test_numbers_below_ten_have_a_leading_zero() -> None:
    assert format_party(5, "BC", "CB") == "05-BC/CB"
    assert format_party(5053, "CV", "VPTW", "nb") == "5053-CV/VPTW/nb"
    assert format_state(5, "QĐ", "BNV") == "05/QĐ-BNV"
    assert format_state(234, "", "BNV", "VTLT") == "234/BNV-VTLT"


def test_a_number_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more, not 0"):
        format_party(0, "BC", "CB")


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    parse_symbol(text)
    match_key(text)


@given(st.text(st.sampled_from("sốSO: 0129abĐđqcvtuQCVTU-/–./nb"), max_size=20))
def test_the_unified_text_reads_the_same(text: str) -> None:
    symbol = parse_symbol(text)
    assert match_key(symbol.text) == match_key(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ["05-BC/CB", "5-BC/CB", "Số: 05-BC/CB", "số 5 – bc / cb", "005-BC/CB", "05/BC-CB"],
        ["15/QĐ-BNV", "15/QD-BNV", "15 / qđ - bnv", "15-QĐ/BNV", "15QĐ-BNV"],
        ["5053-CV/VPTW/nb", "5053-CV/VPTW/NB", "5053 - CV/VPTW / nb"],
        ["12a-CV/TU", "12A-CV/TU", "012a – cv/tu"],
        ["16-NQ/Thuỷ", "16-NQ/Thủy", unicodedata.normalize("NFD", "16-NQ/thuỷ")],
        ["", "  ", "Số:", "-"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_one_symbol_have_one_key(spellings: list[str]) -> None:
    assert len({match_key(text) for text in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5-BC/CB", "50-BC/CB"),
        ("12a-CV/TU", "12-CV/TU"),
        ("12-CV/VPTW", "12-CV/VPTW/nb"),
        ("12-TT/TU", "12-TTr/TU"),
        ("63/2026/NĐ-CP", "63/2025/NĐ-CP"),
        ("1-12/TU", "112/TU"),
        ("-CV/TU", "5-CV/TU"),
    ],
)
def test_different_symbols_have_different_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@given(
    numbers,
    types,
    issuers,
    st.sampled_from(["", "0", "00"]),
    st.sampled_from(["", "Số ", "Số: ", "SỐ:"]),
    st.sampled_from(["-", " - ", "–", "—", "\u2011", "\u00ad"]),
    st.sampled_from(["/", " / ", "\u2215"]),
    st.sampled_from(["NFC", "NFD"]),
    st.booleans(),
)
def test_zeros_labels_signs_form_and_case_leave_the_key_alone(
    number: int,
    kind: str,
    issuer: str,
    zeros: str,
    label: str,
    dash: str,
    slash: str,
    form: str,
    small: bool,
) -> None:
    typed = f"{label}{zeros}{number}{dash}{kind}{slash}{issuer}"
    typed = unicodedata.normalize(form, typed.lower() if small else typed)
    assert len(f"{zeros}{number}") > 9 or match_key(typed) == match_key(f"{number}-{kind}/{issuer}")
