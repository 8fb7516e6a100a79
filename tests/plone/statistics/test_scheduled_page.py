"""The page of reports by mail: administrators arrange, change and stop; everybody sees what is sent about his units."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
import transaction

from party.operations.ledger import turn
from party.operations.organization import operations as organization
from party.operations.statistics.scheduled_tables import scheduled_reports
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.writes import writes


Browse = Callable[[str], Browser]


@pytest.fixture(autouse=True)
def addresses(committing_office: Office) -> None:
    for login in ("lanhdao", "chanhvp"):
        organization.change_person(committing_office.people[login], email=f"{login}@lamson.test")
    transaction.commit()


def kept() -> list[tuple[str, str, int, list[str], list[str], bool]]:
    transaction.begin()
    rows = turn.rows(sa.select(scheduled_reports).order_by(scheduled_reports.c.id))
    return [(each.kind, each.rule, each.hour, each.people, each.functions, each.active) for each in rows]


def test_a_report_is_arranged_changed_and_stopped(browse: Browse, functional_office: Office) -> None:
    people, browser = functional_office.people, browse("quantri")
    form = browser.open("@@schedule-report")
    assert form.value("hour") == ["16"]
    form.put("form.widgets.unit.text", "A40").put("form.widgets.functions:list", "leader")
    page = form.fill(people="chanhvp\nlanhdao@lamson.test\n").press()
    assert kept() == [("report", "daily", 16, [people["chanhvp"], people["lanhdao"]], ["leader"], True)]
    assert "Trần Văn Hùng; Lê Minh Đức" in page.text
    assert "24/11/2026 16:00" in page.text
    (change,) = page.links(said("Change"))
    form = browser.open(change.removeprefix(f"{browser.site}/"))
    assert form.value("people")[0].split() == ["chanhvp", "lanhdao"]
    page = form.fill(people="chanhvp", hour="7", rule="weekly").press()
    assert kept() == [("report", "weekly", 7, [people["chanhvp"]], ["leader"], True)]
    (stop,) = page.tree.xpath("//form[contains(@action, 'stop-scheduled-report')]")
    browser.post(stop.get("action"), data=dict(stop.form_values()))
    assert [each[-1] for each in kept()] == [False]
    assert said("Change") not in browser.open("@@statistics-mail").text


@pytest.mark.parametrize("typed", ["ai-do@ben-ngoai.test", "khong.co.ai", "chuyenvien"])
def test_who_is_not_of_the_system_or_may_not_see_is_refused_beside_the_field(
    browse: Browse, functional_office: Office, typed: str
) -> None:
    form = browse("quantri").open("@@schedule-report")
    page = form.put("form.widgets.unit.text", "A40").fill(people=typed).press()
    assert page.errors
    assert page.value("people") == [typed]
    assert kept() == []


def test_who_administers_nothing_sees_what_is_sent_and_why_he_cannot_change_it(
    browse: Browse, functional_office: Office
) -> None:
    form = browse("quantri").open("@@schedule-report")
    form.put("form.widgets.unit.text", "A40").fill(people="chanhvp").press()
    browser = browse("lanhdao")
    browser.open("@@statistics-mail")
    with writes() as written:
        page = browser.open("@@statistics-mail")
    assert not written, written.report()
    assert "Trần Văn Hùng" in page.text
    assert page.links(said("Change")) == []
    assert said("Only administrators of units may do this.") in page.text
    assert browser.open("@@schedule-report").form is None
    assert "Trần Văn Hùng" not in browse("vanthu.xa").open("@@statistics-mail").text
