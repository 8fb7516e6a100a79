"""Reports by mail: due by the clock and the calendar of holidays, once for each reader, with what he may see that day."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from openpyxl import load_workbook

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import tallies
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import outbox as jobs
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from party.operations.statistics import scheduled
from party.operations.statistics.scheduled_acts import change_scheduled_report
from party.operations.statistics.scheduled_acts import schedule_report
from party.operations.statistics.scheduled_acts import stop_scheduled_report
from party.operations.statistics.scheduled_tables import scheduled_reports
from tests.mail_server import MailServer
from tests.office import Office


Be = Callable[[str], AbstractContextManager[None]]


def at(day: int, hour: int = 9, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=clock.VIETNAM)


def days(occurrence: scheduled.Occurrence) -> tuple[date, date, date]:
    return occurrence.day, occurrence.period.since, occurrence.period.last


# --- when it is due, and about which days it is; 24/11/2026 is a Tuesday


@pytest.mark.parametrize(
    ("rule", "working_days", "now", "expected"),
    [
        # before its hour the report of the day before is the last one
        ("daily", True, at(24, 15), (date(2026, 11, 23), date(2026, 11, 21), date(2026, 11, 23))),
        ("daily", True, at(24, 16), (date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 24))),
        # on Sunday that of Friday, and on Monday that of the days off too
        ("daily", True, at(22, 20), (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20))),
        ("daily", False, at(22, 20), (date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 22))),
        ("weekly", True, at(24, 9), (date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 22))),
        ("weekly", True, at(23, 15), (date(2026, 11, 16), date(2026, 11, 9), date(2026, 11, 15))),
        # 1 November 2026 is a Sunday
        ("monthly", True, at(1, 20), (date(2026, 10, 1), date(2026, 9, 1), date(2026, 9, 30))),
        ("monthly", True, at(2, 16), (date(2026, 11, 2), date(2026, 10, 1), date(2026, 10, 31))),
        ("monthly", False, at(1, 16), (date(2026, 11, 1), date(2026, 10, 1), date(2026, 10, 31))),
    ],
)
def test_the_last_report_that_is_due(
    office: Office, rule: str, working_days: bool, now: datetime, expected: tuple[date, ...]
) -> None:
    assert days(scheduled.last_due(rule, 16, working_days, now)) == expected


@pytest.fixture
def holidays(as_system: None, office: Office) -> None:
    """Tết 2027: Friday 5 to Thursday 11 February; Saturday 13 is worked instead."""
    for day in (5, 8, 9, 10, 11, 12):
        organization.set_holiday(date(2027, 2, day), "Tết Nguyên đán")
    organization.set_holiday(date(2027, 2, 13), "Làm bù", working=True)


@pytest.mark.parametrize(
    ("rule", "now", "expected"),
    [
        ("daily", at(10, 20, 2, 2027), (date(2027, 2, 4), date(2027, 2, 4), date(2027, 2, 4))),
        ("daily", at(13, 20, 2, 2027), (date(2027, 2, 13), date(2027, 2, 5), date(2027, 2, 13))),
        ("weekly", at(12, 20, 2, 2027), (date(2027, 2, 1), date(2027, 1, 25), date(2027, 1, 31))),
        ("weekly", at(13, 20, 2, 2027), (date(2027, 2, 13), date(2027, 2, 1), date(2027, 2, 7))),
    ],
)
def test_over_holidays_it_waits_for_a_working_day(
    holidays: None, rule: str, now: datetime, expected: tuple[date, ...]
) -> None:
    assert days(scheduled.last_due(rule, 16, True, now)) == expected


@pytest.mark.parametrize("rule", ["daily", "weekly", "monthly"])
@pytest.mark.parametrize("working_days", [True, False])
def test_reports_follow_one_another_without_gap_or_overlap(
    holidays: None, rule: str, working_days: bool, time: clock.Frozen
) -> None:
    now, before = at(1, 17, 1, 2027), None
    for _number in range(12):
        found = scheduled.next_due(rule, 16, working_days, now)
        if before is not None:
            assert found.period.since == before.period.until
            assert found.day > before.day
        before, now = found, datetime(*found.day.timetuple()[:3], 16, tzinfo=clock.VIETNAM)


# --- arranging


@pytest.fixture
def addresses(as_system: None, office: Office) -> None:
    """The people who get mail."""
    for login in ("lanhdao", "vanthu", "quantri", "lanhdao.xa", "chuyenvien", "chanhvp"):
        organization.change_person(office.people[login], email=f"{login}@lamson.test")


def test_the_administrator_arranges_for_his_unit_and_those_below(office: Office, be: Be, addresses: None) -> None:
    with be("quantri"):
        made = schedule_report(office.units["xa"], "report", "daily", people=[office.people["lanhdao"]])
        with pytest.raises(NotAllowed):
            schedule_report(office.units["vptw"], "report", "daily", functions=["leader"])
    with be("lanhdao"):
        with pytest.raises(NotAllowed):
            schedule_report(office.units["tinh"], "report", "daily", functions=["leader"])
        with pytest.raises(NotAllowed):
            stop_scheduled_report(made)
    with be("quantri"):
        stop_scheduled_report(made)
        with pytest.raises(Missing):
            stop_scheduled_report(made)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "secrets"}, "kind"),
        ({"rule": "hourly"}, "rule"),
        ({"hour": 24}, "hour"),
        ({"people": [], "functions": []}, "people"),
        ({"functions": ["officer"]}, "functions"),
        # no address, no answer for the unit
        ({"people": ["lanhdao.tc"]}, "people"),
        ({"people": ["chuyenvien"]}, "people"),
        ({"people": ["lanhdao.xa"]}, "people"),
    ],
)
def test_what_would_reach_nobody_is_refused(
    office: Office, be: Be, addresses: None, changes: dict[str, Any], field: str
) -> None:
    values = {"kind": "report", "rule": "daily", "functions": ["leader"], **changes}
    values["people"] = [office.people[each] for each in values.get("people", ())]
    with be("quantri"), pytest.raises(Invalid) as refused:
        schedule_report(office.units["tinh"], **values)
    assert refused.value.field == field


# --- the worker


@pytest.fixture
def daily(committing_office: Office) -> int:
    """A daily report about the province at 16:00 to its leader and, by name, its head of office."""
    office = committing_office
    for login in ("lanhdao", "chanhvp"):
        organization.change_person(office.people[login], email=f"{login}@lamson.test")
    with actor.acting_as(office.people["quantri"]):
        made = schedule_report(
            office.units["tinh"], "report", "daily", people=[office.people["chanhvp"]], functions=["leader"]
        )
    transaction.commit()
    return made


def asked() -> list[str]:
    """Who was put into the outbox, and for which day."""
    transaction.begin()
    rows = turn.rows(sa.select(jobs).where(jobs.c.kind == "mail").order_by(jobs.c.id))
    names = lookup.logins({each.payload["person"] for each in rows})
    return sorted(f"{each.key.split(':')[2]} {names[each.payload['person']]}" for each in rows)


def tick(site: Any, times: int = 1) -> None:
    for _number in range(times):
        worker.tick(site)


def test_at_its_hour_everybody_is_asked_a_mail_for_once(daily: int, functional_portal: Any, time: clock.Frozen) -> None:
    tick(functional_portal)
    assert asked() == []
    time.advance(hours=7)
    tick(functional_portal, 3)
    assert asked() == ["2026-11-24 chanhvp", "2026-11-24 lanhdao"]
    time.advance(days=1)
    tick(functional_portal, 3)
    assert len(asked()) == 4


def test_who_is_named_and_holds_the_function_gets_one(
    daily: int, functional_portal: Any, committing_office: Office, time: clock.Frozen
) -> None:
    organization.appoint(committing_office.people["chanhvp"], committing_office.units["tinh"], "leader")
    transaction.commit()
    time.advance(hours=7)
    tick(functional_portal)
    assert asked() == ["2026-11-24 chanhvp", "2026-11-24 lanhdao"]


def test_a_report_that_was_due_before_it_was_arranged_is_not_sent(
    committing_office: Office, functional_portal: Any, time: clock.Frozen, daily: int
) -> None:
    time.advance(hours=8)
    with actor.acting_as(committing_office.people["quantri"]):
        change_scheduled_report(daily, "report", "daily", hour=10, working_days=True, people=[], functions=["leader"])
    transaction.commit()
    tick(functional_portal)
    assert asked() == []
    time.advance(hours=20)
    tick(functional_portal)
    assert asked() == ["2026-11-25 lanhdao"]


def test_after_days_without_a_worker_the_last_report_is_sent_once(
    daily: int, functional_portal: Any, time: clock.Frozen
) -> None:
    time.advance(days=10, hours=1)
    tick(functional_portal, 3)
    # Friday 4 December at 10:00: the one of Thursday
    assert asked() == ["2026-12-03 chanhvp", "2026-12-03 lanhdao"]


def test_a_worker_that_died_before_it_committed_leaves_the_report_due(
    daily: int, functional_portal: Any, time: clock.Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: Any) -> None:
        raise RuntimeError("no room on the disk")

    time.advance(hours=7)
    with monkeypatch.context() as patched:
        patched.setattr(scheduled.mail, "enqueue", fails)
        tick(functional_portal)
    assert asked() == []
    tick(functional_portal)
    assert len(asked()) == 2


def test_a_report_about_a_closed_unit_is_not_sent(
    daily: int, functional_portal: Any, committing_office: Office, time: clock.Frozen
) -> None:
    organization.close_unit(committing_office.units["tinh"], clock.today())
    transaction.commit()
    time.advance(hours=7)
    tick(functional_portal)
    assert asked() == []


def test_neither_a_unit_that_is_gone_nor_one_that_fails_holds_up_the_others(
    daily: int,
    functional_portal: Any,
    committing_office: Office,
    time: clock.Frozen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = committing_office
    with actor.acting_as(office.people["quantri"]):
        others = [
            schedule_report(office.units[unit], "report", "daily", people=[office.people["chanhvp"]])
            for unit in ("tochuc", "xa")
        ]
    first, second, third = sorted((daily, *others))
    with turn.turn():
        gone = sa.update(scheduled_reports).where(scheduled_reports.c.id == first)
        turn.run(gone.values(unit="nothing"))
    transaction.commit()
    send = scheduled._send

    def fails(row: Any, occurrence: scheduled.Occurrence) -> None:
        send(row, occurrence)
        if row.id == second:
            raise RuntimeError("broken")

    time.advance(hours=7)
    monkeypatch.setattr(scheduled, "_send", fails)
    tick(functional_portal)
    transaction.begin()
    assert turn.rows(sa.select(scheduled_reports.c.id).where(scheduled_reports.c.sent_for.is_not(None))) == [(third,)]


@pytest.fixture
def sent(daily: int, mail_server: MailServer, functional_portal: Any, time: clock.Frozen) -> Callable[[], Any]:
    """``sent()`` brings 16:00, does the work and gives the messages by their reader's mailbox."""

    def send() -> dict[str, Any]:
        worker.work(functional_portal)
        return {each.recipients[0].partition("@")[0]: each.message for each in mail_server.messages}

    time.advance(hours=7)
    tick(functional_portal)
    return send


def test_the_report_arrives_with_its_sheet(sent: Callable[[], Any], committing_office: Office) -> None:
    person = committing_office.people["vanthu"]
    with turn.turn():
        for _number in range(3):
            logged = journal.record("login", person, person)
            tallies.add(logged, tallies.LOGIN, committing_office.units["tinh"], person=person, level="normal")
    transaction.commit()
    messages = sent()
    assert set(messages) == {"chanhvp", "lanhdao"}
    message = messages["lanhdao"]
    assert "Tỉnh uỷ Lâm Sơn" in message["Subject"]
    assert message["Subject"].endswith("24/11/2026")
    assert "16:00" in message.get_body(("plain",)).get_content()
    (file,) = message.iter_attachments()
    assert file.get_filename() == "thong-ke-20261124-20261124.xlsx"
    page = load_workbook(BytesIO(file.get_content())).active
    figures = [row for row in page.iter_rows(values_only=True) if row[1] and "Tỉnh uỷ Lâm Sơn" in str(row[1])]
    assert figures[0][2:5:2] == (1, 3)


def test_who_lost_the_function_before_the_mail_went_out_gets_nothing(
    sent: Callable[[], Any], committing_office: Office
) -> None:
    for each in lookup.posts_of(committing_office.people["chanhvp"]):
        organization.end_post(each.id)
    transaction.commit()
    assert set(sent()) == {"lanhdao"}
    notes = [each.error for each in outbox.listing("done") if each.kind == "mail"]
    assert sorted(map(bool, notes)) == [False, True]


def test_a_report_that_was_stopped_is_not_sent_any_more(
    sent: Callable[[], Any], daily: int, committing_office: Office
) -> None:
    with actor.acting_as(committing_office.people["quantri"]):
        stop_scheduled_report(daily)
    transaction.commit()
    assert sent() == {}


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("readiness", "muc-do-san-sang-20261124.xlsx", "/5"),
        ("adoption", "muc-do-su-dung-20261124-20261124.xlsx", "Ban Tổ chức Tỉnh uỷ"),
    ],
)
def test_other_reports_can_be_mailed_as_well(
    daily: int,
    mail_server: MailServer,
    functional_portal: Any,
    committing_office: Office,
    time: clock.Frozen,
    kind: str,
    name: str,
    said: str,
) -> None:
    with turn.turn():
        turn.run(sa.update(scheduled_reports).values(kind=kind, functions=[]))
    transaction.commit()
    time.advance(hours=7)
    tick(functional_portal)
    worker.work(functional_portal)
    assert outbox.listing("waiting") == []
    (received,) = mail_server.messages
    (file,) = received.message.iter_attachments()
    assert file.get_filename() == name
    assert said in received.message.get_body(("plain",)).get_content()
