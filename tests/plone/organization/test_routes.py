"""Prepared routes: kept by the unit's administrator, checked for dead ends before they are saved."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from zope.i18n import translate

from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import routes
from tests.office import Office


Be = Callable[[str], Any]


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def route(*functions: str, name: str = "Luồng mới", purpose: str = "incoming", unit: str = "") -> dict[str, Any]:
    """A route over functions of the unit itself; the last one in ``unit`` if one is named."""
    steps = [{"function": each} for each in functions]
    if unit:
        steps[-1]["unit"] = unit
    return {"name": name, "purpose": purpose, "steps": steps}


def refused(unit: str, *wanted: dict[str, Any]) -> str:
    """The sentence with which routes are refused; what was there before must still be there."""
    before = routes.of_unit(unit, "incoming")
    with pytest.raises(Invalid) as answer:
        operations.set_routes(unit, list(wanted))
    assert answer.value.field == "routes"
    assert routes.of_unit(unit, "incoming") == before
    return str(translate(answer.value.message))


def test_routes_are_replaced_as_a_whole_and_read_by_purpose_and_name(office: Office, be: Be) -> None:
    with be("quantri"):
        warnings = operations.set_routes(
            office.units["tinh"],
            [
                route("clerk", "leader", name="B"),
                route("clerk", "office_head", name="A"),
                route("office_head", "leader", name="C", purpose="review"),
            ],
        )
    assert warnings == []
    assert [each.name for each in routes.of_unit(office.units["tinh"], "incoming")] == ["A", "B"]
    assert [each.name for each in routes.of_unit(office.units["tinh"], "review")] == ["C"]


def test_routes_of_one_unit_are_no_routes_of_another(office: Office) -> None:
    operations.set_routes(office.units["xa"], [route("clerk", "leader")])
    assert routes.of_unit(office.units["xa2"], "incoming") == []
    operations.set_routes(office.units["xa2"], [])
    assert len(routes.of_unit(office.units["xa"], "incoming")) == 1


def test_a_route_keeps_its_id_when_it_is_saved_again(office: Office) -> None:
    (before,) = routes.of_unit(office.units["tinh"], "incoming")
    operations.set_routes(office.units["tinh"], [before.plain()])
    assert routes.of_unit(office.units["tinh"], "incoming") == [before]


def test_a_step_nobody_holds_is_warned_of_by_name_and_saved(office: Office) -> None:
    warnings = operations.set_routes(office.units["tinh"], [route("clerk", "archivist", "leader")])
    (warning,) = [translate(each) for each in warnings]
    assert "Tỉnh uỷ Lâm Sơn" in warning
    assert "${" not in warning
    assert "skipped" in warning


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        (route("clerk"), "two steps"),
        (route(), "two steps"),
        (route("clerk", "leader", "clerk"), "circle"),
        (route("clerk", "archivist", "deputy_clerk"), "nobody holds any"),
        (route("clerk", "king"), "not a function"),
        (route("clerk", "leader", name="  "), "a name"),
        (route("clerk", "leader", purpose="travel"), "purpose"),
        (route("clerk", "leader", unit="nowhere"), "does not exist"),
    ],
)
def test_a_route_that_leads_nowhere_is_refused_with_the_reason(
    wanted: dict[str, Any], word: str, office: Office
) -> None:
    assert word in refused(office.units["tinh"], wanted)


def test_one_bad_route_among_good_ones_saves_none_of_them(office: Office) -> None:
    refused(office.units["tinh"], route("clerk", "leader"), route("clerk"))


def test_a_route_stays_within_the_unit(office: Office) -> None:
    assert "not part of" in refused(office.units["tinh"], route("clerk", "leader", unit=office.units["vptw"]))
    operations.set_routes(office.units["tinh"], [route("clerk", "leader", unit=office.units["tochuc"])])


def test_a_route_leads_to_no_unit_that_was_closed_but_to_one_that_will_be(office: Office) -> None:
    to_board = route("clerk", "leader", unit=office.units["tochuc"])
    operations.close_unit(office.units["tochuc"], date(2026, 12, 31))
    operations.set_routes(office.units["tinh"], [to_board])
    operations.close_unit(office.units["tuyengiao"], date(2026, 11, 24))
    assert "closed" in refused(office.units["tinh"], route("clerk", "leader", unit=office.units["tuyengiao"]))


def test_where_a_unit_works_at_clerk_level_no_route_goes_past_its_registry(office: Office) -> None:
    assert "clerk level only" in refused(office.units["quan"], route("clerk", "leader"))
    operations.change_unit(office.units["xa"], clerk_level_only=True)
    assert "clerk level only" in refused(office.units["tinh"], route("clerk", "leader", unit=office.units["xa"]))
    operations.set_routes(office.units["tinh"], [route("office_head", "clerk", unit=office.units["xa"])])


def test_the_next_step_is_the_next_that_somebody_holds(office: Office) -> None:
    unit = office.units["tinh"]
    (whole,) = routes.of_unit(unit, "incoming")
    assert [routes.next_step(unit, whole, after)[0] for after in (-1, 0, 1)] == [0, 1, 2]
    assert routes.next_step(unit, whole, 2) is None
    for post in lookup.holders(unit, "office_head"):
        operations.end_post(post.id)
    assert routes.next_step(unit, whole, 0)[0] == 2


@pytest.mark.parametrize("login", ["vanthu", "lanhdao", "vanthu.xa"])
def test_only_the_administrator_sets_routes(login: str, office: Office, be: Be) -> None:
    with be(login), pytest.raises(NotAllowed):
        operations.set_routes(office.units["tinh"], [])
