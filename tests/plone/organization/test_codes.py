"""Codes and symbols of units: dated, found for ever, codes never used again."""

from datetime import date

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization import operations
from tests.office import Office


TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def owner(code: str) -> str:
    found = lookup.unit_by_code(code)
    return found.uid if found is not None else ""


@pytest.mark.parametrize(
    ("value", "scheme"),
    [("000.00.00.H49", "qcvn102"), ("G09.31.00", "qd20"), ("A77.01", "party"), ("28.22.H17", "other")],
)
def test_a_code_is_kept_in_the_scheme_whose_form_it_has(value: str, scheme: str, office: Office) -> None:
    operations.add_code(office.units["xa"], f" {value.lower()} ")
    kept = lookup.codes_of(office.units["xa"])[1]
    assert (kept.value, kept.scheme) == (value, scheme)


def test_a_unit_has_many_codes_and_is_found_by_each(office: Office) -> None:
    for code in ("000.00.30.H49", "H49.30"):
        operations.add_code(office.units["xa"], code)
    assert {owner(code) for code in ("A40.30", "000.00.30.h49", " H49.30 ")} == {office.units["xa"]}


@pytest.mark.parametrize(
    ("value", "scheme"),
    [("", "party"), ("H40", "party"), ("A40..1", "party"), ("A" * 101, "other"), ("A41", "made up")],
)
def test_what_is_no_code_of_its_scheme_is_refused(value: str, scheme: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        operations.add_code(office.units["xa"], value, scheme)
    assert refused.value.field == "code"


def test_a_code_is_never_used_again_by_another_unit_nor_by_its_own_nor_after_its_end(office: Office) -> None:
    operations.end_code(office.units["xa"], "A40.30", TODAY)
    for unit in ("xa2", "xa"):
        with pytest.raises(Invalid) as refused:
            operations.add_code(office.units[unit], "a40.30", "other")
        assert refused.value.message.mapping["unit"] == "Đảng uỷ xã Hoà Bình"
    operations.close_unit(office.units["xa"], TODAY)
    with pytest.raises(Invalid):
        operations.add_code(office.units["xa2"], "A40.30", "other")
    assert owner("A40.30") == office.units["xa"]


def test_only_a_code_in_use_is_ended(office: Office) -> None:
    operations.end_code(office.units["xa"], "A40.30", TODAY)
    for code in ("A40.30", "A40.31"):
        with pytest.raises(Invalid):
            operations.end_code(office.units["xa"], code, TODAY)


def test_the_symbol_of_a_day_is_the_one_that_was_valid_then(office: Office) -> None:
    uid = office.units["tuyengiao"]
    operations.add_symbol(uid, "BTGTU", date(2010, 1, 1))
    operations.add_symbol(uid, "BTGDV", date(2027, 1, 1))
    days = [date(2009, 12, 31), date(2010, 1, 1), date(2019, 12, 31), date(2020, 1, 1), date(2027, 1, 1)]
    assert [lookup.symbol_on(uid, day) for day in days] == ["", "BTGTU", "BTGTU", "BTGDVTU", "BTGDV"]


def test_a_symbol_entered_again_for_the_same_day_corrects_the_first(office: Office) -> None:
    uid = office.units["tuyengiao"]
    operations.add_symbol(uid, "BTGVDTU", TODAY)
    operations.add_symbol(uid, "BTGDV", TODAY)
    assert lookup.symbol_on(uid, TODAY) == "BTGDV"


def test_several_units_may_share_a_symbol(office: Office) -> None:
    assert {each.uid for each in lookup.units_by_symbol("đu")} == {office.units["xa"], office.units["xa2"]}


@pytest.mark.parametrize("symbol", ["", "  ", "x" * 31])
def test_a_symbol_has_one_to_thirty_characters(symbol: str, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        operations.add_symbol(office.units["xa"], symbol, TODAY)
    assert refused.value.field == "symbol"
