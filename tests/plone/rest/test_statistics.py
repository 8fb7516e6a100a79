"""The report and what stands behind it, as other systems read them."""

from datetime import date

import pytest

from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import act  # noqa: F401 - a fixture is found by its name here
from tests.plone.documents.conftest import Be
from tests.plone.rest.conftest import Client
from tests.plone.rest.examples import Examples
from tests.plone.statistics.conftest import add_tallies


JUNE = "from=2025-06-13&to=2025-06-19"


@pytest.fixture
def june(act: Be, functional_office: Office) -> Office:  # noqa: F811 - the fixture of that name
    """A week of June 2025."""
    units, people = functional_office.units, functional_office.people
    with act(""):
        for unit, login, count in (("tinh", "vanthu", 2), ("xa", "vanthu.xa", 4)):
            add_tallies(count, measure="login", unit=units[unit], day=date(2025, 6, 16), person=people[login])
        add_tallies(3, measure="incoming", unit=units["xa"], day=date(2025, 6, 17), person=people["vanthu.xa"])
        organization.close_unit(units["xa2"], date(2026, 11, 1), successor=units["xa"])
    return functional_office


def test_the_report_is_read_and_what_stands_behind_a_figure(client: Client, june: Office, examples: Examples) -> None:
    leader = client("lanhdao")
    answer = leader.get(f"/@statistics?unit=A40&{JUNE}&compare=before")
    examples("statistics", answer)
    found = answer.json()
    assert found["figures"] == {"people": 2, "logins": 6, "incoming": 3, "outgoing": 0, "transfers": 0}
    assert found["before"]["logins"] == 0
    answer = leader.get(f"/@statistics/list?unit=A40&{JUNE}&figure=logins&row={june.units['xa']}")
    examples("statistics-list", answer)
    assert [(each["name"], each["logins"]) for each in answer.json()["items"]] == [("Phan Thị Ngọc", 4)]
    assert answer.json()["unseen"] == 0


def test_who_does_not_answer_for_a_unit_is_refused(client: Client, june: Office) -> None:
    assert client("chuyenvien").get(f"/@statistics?{JUNE}").status_code == 403
    assert client("lanhdao.xa").get(f"/@statistics?unit=A40&{JUNE}").status_code == 403
    assert client("lanhdao.xa").get(f"/@statistics/list?figure=logins&unit=A40&{JUNE}").status_code == 403
    assert client("lanhdao").get("/@statistics?unit=all").status_code == 403
    assert client("").get("/@statistics").status_code == 401


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("from=2025-06-19&to=2025-06-13", 400, "from"),
        ("from=2025-06-19", 400, "to"),
        ("from=19/06/2025&to=2025-06-13", 400, "from"),
        ("period=for-ever", 400, "period"),
        ("structure=tomorrow", 400, "structure"),
        ("compare=everything", 400, "compare"),
        ("grouping=colour", 400, "grouping"),
        ("from=9999-12-31&to=9999-12-31", 400, "from"),
        ("colour=red", 400, "colour"),
    ],
)
def test_what_is_asked_wrongly_is_refused_with_the_field(
    client: Client, june: Office, query: str, status: int, field: str
) -> None:
    answer = client("lanhdao").get(f"/@statistics?{query}")
    assert answer.status_code == status
    assert answer.json()["error"]["field"] == field


def test_a_unit_and_a_figure_that_there_are_not_are_told(client: Client, june: Office) -> None:
    leader = client("lanhdao")
    assert leader.get("/@statistics?unit=nothing").status_code == 404
    assert leader.get("/@statistics/list?figure=colour").status_code == 400
    assert leader.get("/@statistics/list").json()["error"]["field"] == "figure"
    assert leader.get("/@statistics/list?figure=logins&after=garbage").status_code == 400
