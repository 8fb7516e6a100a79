import pytest
from hypothesis import given
from hypothesis import strategies as st

from party.operations.text.codes import AgencyCodeError
from party.operations.text.codes import CodeProblem
from party.operations.text.codes import detect
from party.operations.text.codes import normalise
from party.operations.text.codes import Scheme
from party.operations.text.codes import validate


@pytest.mark.parametrize(
    ("value", "scheme"),
    [
        ("000.00.00.H49", Scheme.QCVN_102),
        ("000.00.00.g22", Scheme.QCVN_102),
        ("001.12.03.H41", Scheme.QCVN_102),
        ("G09.31.00", Scheme.QD_20),
        ("H49", Scheme.QD_20),
        ("K01.2A.B3.0001", Scheme.QD_20),
        ("A01", Scheme.PARTY),
        ("A99.01.VPTU", Scheme.PARTY),
        ("A00.01", Scheme.OTHER),
        ("H00", Scheme.OTHER),
        ("28.22.H17", Scheme.OTHER),
        ("000.00.00.H00", Scheme.OTHER),
        ("vptw@example", Scheme.OTHER),
        ("", Scheme.OTHER),
    ],
)
def test_a_code_tells_its_scheme(value: str, scheme: Scheme) -> None:
    assert detect(value) is scheme


@pytest.mark.parametrize("value", ["000.00.00.h49", " 000.00.00. H49 ", "000.00.00.H49."])
def test_spellings_of_a_code_are_one(value: str) -> None:
    assert normalise(value) == "000.00.00.H49"


@pytest.mark.parametrize(
    ("scheme", "value", "reason"),
    [
        (Scheme.QCVN_102, "", CodeProblem.EMPTY),
        (Scheme.QCVN_102, "00.00.H49", CodeProblem.BAD_FORM),
        (Scheme.QCVN_102, "000.00.00.49H", CodeProblem.BAD_FORM),
        (Scheme.QCVN_102, "G09.31.00", CodeProblem.BAD_FORM),
        (Scheme.QCVN_102, "000..00.H49", CodeProblem.EMPTY_GROUP),
        (Scheme.QD_20, "G09-31", CodeProblem.BAD_CHARACTER),
        (Scheme.QD_20, "Đ09.31", CodeProblem.BAD_CHARACTER),
        (Scheme.QD_20, "G9.31", CodeProblem.BAD_ROOT),
        (Scheme.QD_20, "A01.31", CodeProblem.BAD_ROOT),
        (Scheme.QD_20, "G09..31", CodeProblem.EMPTY_GROUP),
        (Scheme.QD_20, "G09." + "0" * 32, CodeProblem.TOO_LONG),
        (Scheme.PARTY, "B01", CodeProblem.BAD_ROOT),
        (Scheme.PARTY, "A00", CodeProblem.BAD_ROOT),
        (Scheme.OTHER, " . ", CodeProblem.EMPTY),
        (Scheme.OTHER, "x" * 101, CodeProblem.TOO_LONG),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(scheme: Scheme, value: str, reason: CodeProblem) -> None:
    with pytest.raises(AgencyCodeError) as refused:
        validate(scheme, value)
    assert refused.value.reason is reason
    assert refused.value.scheme is scheme
    assert refused.value.value == value
    assert isinstance(refused.value, ValueError)


def test_a_code_of_the_longest_form_is_accepted() -> None:
    assert validate(Scheme.QD_20, "g09." + "0" * 31) == "G09." + "0" * 31


@given(st.text())
def test_normalising_again_changes_nothing(value: str) -> None:
    assert normalise(normalise(value)) == normalise(value)


@given(st.from_regex(r"[A-K]?[0-9]{2,3}(\.[A-Z0-9]{1,4}){0,4}(\.H[0-9]{2})?", fullmatch=True))
def test_a_code_is_valid_in_the_scheme_it_tells(value: str) -> None:
    assert validate(detect(value), value) == value
