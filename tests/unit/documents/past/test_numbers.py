"""Numbers of old registers as they were written: read and written again, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from party.operations.documents.past import cells
from party.operations.documents.past.cells import Arrival
from party.operations.ledger.errors import Invalid
from party.operations.ledger.series import MAX_NUMBER
from party.operations.text.symbols import format_party
from party.operations.text.symbols import format_state
from party.operations.text.symbols import parse_symbol


NUMBERS = st.integers(1, MAX_NUMBER)
LETTERS = st.sampled_from(["", "a", "b", "đ", "ab", "bis"])
PARTY_TYPES = st.sampled_from(["NQ", "QĐ", "CT", "KL", "TB", "CV", "BC", "KH", "CTr", "TTr", "ĐA"])
ISSUERS = st.sampled_from(["VPTW", "TU", "ĐU", "BTCTU", "BTGDVTU", "UBKTTW", "HU", "CB"])


@given(NUMBERS, LETTERS, st.sampled_from(["", "0", "00"]), st.sampled_from(["", "Số ", "số: "]))
def test_an_arrival_number_is_what_was_written(number: int, letters: str, zeros: str, before: str) -> None:
    found = cells.arrival(f"{before}{zeros}{number}{letters}")
    assert found == Arrival(number, letters)
    assert cells.arrival(str(found)) == found


@given(NUMBERS, LETTERS.filter(lambda letters: letters != "ab"), PARTY_TYPES, ISSUERS, st.sampled_from(["", "nb"]))
def test_a_number_of_the_party_keeps_its_parts(number: int, letters: str, kind: str, issuer: str, suffix: str) -> None:
    printed = format_party(number, kind, issuer, suffix)
    digits = printed.partition("-")[0]
    found = parse_symbol(printed.replace(digits, digits + letters, 1))
    assert (found.number, found.type_symbol, found.issuer_symbol, found.series_suffix) == (number, kind, issuer, suffix)
    assert found.letters == letters
    assert found.text == printed.replace(digits, digits + letters, 1)


@given(NUMBERS, st.sampled_from(["QĐ", "TB", "BC"]), st.sampled_from(["BNV", "UBND", "SNV"]))
def test_a_number_of_the_state_keeps_its_parts(number: int, kind: str, issuer: str) -> None:
    printed = format_state(number, kind, issuer)
    found = parse_symbol(printed)
    assert (found.number, found.type_symbol, found.issuer_symbol) == (number, kind, issuer)
    assert found.text == printed


@given(st.text(max_size=12))
def test_no_text_is_read_as_another_number(text: str) -> None:
    try:
        found = cells.arrival(" ".join(text.split()))
    except Invalid:
        return
    assert found is None or str(found.number) in "".join(each for each in text if each.isdigit())
