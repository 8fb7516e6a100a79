"""The figures made again from the journal alone are the figures that were kept."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import keys
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.ledger import journal
from party.operations.ledger import tallies as measures
from party.operations.ledger import turn
from party.operations.ledger.tables import tallies
from party.operations.statistics import periods
from party.operations.statistics import recount
from tests.clearances import clear


@pytest.fixture
def busy(office, be, letter, outgoing, time):
    """A day with logins, letters, passings on, issued documents, also secret ones and one whose level changed."""
    with turn.turn():
        for login in ("vanthu", "vanthu.xa"):
            logged = journal.record("login", office.people[login], office.people[login], unit=office.units["tinh"])
            measures.add(logged, "login", office.units["tinh"], person=office.people[login], level="normal")
    for login in ("vanthu", "lanhdao", "chanhvp"):
        clear(office, login, "secret")
    plain, raised = letter(), letter(number_symbol="2-CV/VPTW")
    secret = letter(number_symbol="3-CV/VPTW", level="secret", basis="Danh mục bí mật")
    with be("vanthu"):
        to = [
            Addressee(person=office.people["chanhvp"]),
            Addressee(person=office.people["lanhdao"], capacity="informed"),
        ]
        for each in (plain, raised, secret):
            operations.transfer(each.UID(), to)
        operations.raise_level(raised.UID(), "secret", reason="Có nội dung mật")
    outgoing("issued")
    return raised


def kept(*where: Any) -> list[dict[str, Any]]:
    return [dict(each._mapping) for each in turn.rows(sa.select(tallies).where(*where).order_by(tallies.c.event))]


def test_the_journal_says_what_was_counted(office, busy, as_system):
    found = recount.recount()
    assert found.differences == []
    assert (found.checked, found.closed) == (9, 0)
    assert kept(tallies.c.object == busy.UID()) == [], "what was raised is named no more"
    nameless = kept(tallies.c.object == "", tallies.c.measure != "login")
    assert sorted(each["level"] for each in nameless) == ["normal", "normal", "secret", "secret"]
    assert {(each["person"], each["unit"]) for each in nameless} == {("", office.units["tinh"])}


def test_a_day_alone_is_counted_again(office, busy, as_system):
    today = periods.named("today")
    assert recount.recount(today).checked == 9
    assert recount.recount(periods.before(today)).checked == 0


def test_what_was_changed_behind_the_journal_is_told_and_mended(office, busy, as_system, capsys):
    before = kept()
    first, second, third = (each["event"] for each in before[:3])
    with turn.turn():
        turn.run(sa.delete(tallies).where(tallies.c.event == first))
        turn.run(sa.update(tallies).where(tallies.c.event == second).values(unit="elsewhere"))
        turn.run(sa.update(tallies).where(tallies.c.event == third).values(day=date(2025, 1, 1)))
        turn.run(sa.insert(tallies).values({**before[0], "event": 1}))
    told = sorted(str(each).partition(":")[0] for each in recount.recount().differences)
    assert told == ["different", "different", "missing", "not in the journal"]
    elsewhere = recount.recount(periods.span(date(2025, 1, 1), date(2025, 1, 1))).differences
    assert [each.event for each in elsewhere] == [third], "a day must not show what happened on another"
    assert recount.main(None, []) == 1
    assert "missing: event" in capsys.readouterr().out
    recount.mend(recount.recount().differences)
    assert kept() == before
    assert recount.main(None, []) == 0


def test_what_cannot_be_opened_is_said_and_left_alone(office, busy, as_system, monkeypatch):
    with turn.turn():
        turn.run(sa.delete(tallies).where(tallies.c.level == "secret"))
    before = kept()
    monkeypatch.setattr(keys, "available", lambda: False)
    found = recount.recount()
    assert found.closed == 4
    assert found.differences == []
    assert kept() == before


def test_days_that_are_none_are_refused(office):
    assert recount.main(None, ["--from", "hôm qua"]) == 2
    assert recount.main(None, ["--from", "19/06/2025", "--to", "13/06/2025"]) == 2
    assert recount.main(None, ["--from", "19/06/2025"]) == 2


def test_the_verb_counts_the_days_that_are_named(office, busy, as_system, time, capsys):
    time.advance(days=1)
    yesterday = "24/11/2026"
    assert recount.main(None, ["--from", yesterday, "--to", yesterday]) == 0
    assert "9 events were counted again; 0 differences." in capsys.readouterr().out
