"""Finding units and people, and who answers for a unit from above."""

from datetime import date

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.organization import operations
from tests.office import Office


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def leave(office: Office, *logins: str) -> None:
    for login in logins:
        for each in lookup.posts_of(office.people[login]):
            operations.end_post(each.id)


def short(office: Office, uid: str | None) -> str:
    return next((name for name, each in office.units.items() if each == uid), "")


@pytest.mark.parametrize(
    ("unit", "superior"),
    [
        ("xa", "tinh"),
        ("tochuc", "tinh"),
        ("tonghop", "tinh"),
        ("tinh", "vptw"),
        ("quan", "vptw"),
        ("vptw", ""),
        ("tw", ""),
    ],
)
def test_the_superior_office_is_that_of_the_unit_above(unit: str, superior: str, office: Office) -> None:
    found = short(office, lookup.superior_office(office.units[unit]))
    # the Central Committee's own office does its clerical work
    assert found == superior


def test_a_unit_above_where_nobody_serves_is_passed_over(office: Office) -> None:
    leave(office, "vanthu", "chanhvp")
    assert short(office, lookup.superior_office(office.units["xa"])) == "vptw"


def test_a_head_of_office_serves_where_there_is_no_clerk(office: Office) -> None:
    leave(office, "vanthu")
    assert short(office, lookup.superior_office(office.units["xa"])) == "tinh"
    assert [each.full_name for each in lookup.serving_registry(office.units["tinh"])] == ["Trần Văn Hùng"]


@pytest.mark.parametrize("text", ["hoa binh", "Hoà Bình", "HÒA BÌNH", "xã hoà", "a40.30"])
def test_units_are_found_by_any_part_of_their_name_and_by_code(text: str, office: Office) -> None:
    assert [short(office, each.uid) for each in lookup.search_units(text)] == ["xa"]


@pytest.mark.parametrize("text", ["%", "_", "a%b", "'; drop table units; --"])
def test_signs_of_the_query_language_are_only_signs(text: str, office: Office) -> None:
    assert lookup.search_units(text) == []
    assert lookup.search_people(text) == []


def test_a_search_is_kept_within_a_unit_and_to_kinds(office: Office) -> None:
    names = [short(office, each.uid) for each in lookup.search_units(within=office.units["tinh"], kinds=("board",))]
    assert names == ["tochuc", "tuyengiao"]


def test_people_are_found_by_any_part_of_their_name_once_for_each_post(office: Office) -> None:
    operations.appoint(office.people["vanthu"], office.units["xa2"], "clerk")
    assert [each.unit_title for each in lookup.search_people("thi mai")] == ["Tỉnh uỷ Lâm Sơn", "Đảng uỷ xã Kỳ Sơn"]
    leave(office, "vanthu")
    assert lookup.search_people("thi mai") == []


def test_who_logs_in_is_found_in_any_case(office: Office) -> None:
    found = lookup.person_by_login(" VanThu ")
    assert found is not None
    assert found.id == office.people["vanthu"]


def test_what_is_not_there_is_missing(office: Office) -> None:
    with pytest.raises(Missing):
        lookup.unit("nowhere")
    with pytest.raises(Missing):
        lookup.person("nobody")
    assert lookup.find_unit("nowhere") is None
    assert lookup.symbol_on("nowhere", date(2026, 1, 1)) == ""
