"""What nobody receives goes up, stage by stage, done by the worker when the hours have passed."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
import transaction

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.files import Upload
from party.operations.documents.operations.deliveries import STAGES
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import deliveries
from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import DRAFT


@pytest.fixture
def send(committing_office: Office, pdf: Callable[..., Upload]) -> Callable[..., str]:
    """``send("tochuc")`` has the commune issue a document to units; gives its uid."""
    office = committing_office

    def to(*units: str) -> str:
        leader = office.people["lanhdao.xa"]
        with actor.acting_as(office.people["vanthu.xa"]):
            uid = operations.create_draft(
                office.units["xa"], [pdf()], recipients=[{"unit": office.units[each]} for each in units], **DRAFT
            ).UID()
            operations.submit_for_review(uid, [Addressee(person=leader)])
        with actor.acting_as(leader):
            operations.approve(uid)
            operations.sign(uid, leader)
        with actor.acting_as(office.people["vanthu.xa"]):
            operations.issue(uid)
        transaction.commit()
        return str(uid)

    return to


@pytest.fixture
def hours(functional_portal: Any, time: clock.Frozen) -> Callable[[int], None]:
    """``hours(8)`` lets time pass and the worker work, a minute after every hour."""

    def passing(count: int) -> None:
        for _ in range(count):
            time.advance(hours=1)
            worker.work(functional_portal)

    return passing


def stages(uid: str) -> list[str]:
    found = turn.rows(sa.select(deliveries.c.stage).where(deliveries.c.document == uid).order_by(deliveries.c.id))
    return [STAGES[each.stage] for each in found]


def gone_up(office: Office, *logins: str) -> dict[str, int]:
    counts = {}
    for login in logins:
        with actor.acting_as(office.people[login]):
            counts[login] = trays.counts()["gone_up"]
    return counts


def fill_office(office: Office) -> None:
    """A deputy clerk and a head of office for the board."""
    for login, function in (("phovanthu.tc", "deputy_clerk"), ("chanhvp.tc", "office_head")):
        person = organization.create_person(office.units["tochuc"], login, "Đinh Văn Long", "Mat-khau-thu-1")
        organization.appoint(person, office.units["tochuc"], function)
    transaction.commit()


Send = Callable[..., str]
Hours = Callable[[int], None]


def test_it_goes_up_one_stage_each_eight_hours_to_the_superior_office(
    committing_office: Office, send: Send, hours: Hours
) -> None:
    fill_office(committing_office)
    uid = send("tochuc")
    hours(7)
    seen = [stages(uid)[0]]
    for _ in range(5):
        hours(1)
        seen.append(stages(uid)[0])
        hours(7)
    assert seen == ["clerk", "deputy_clerk", "office_head", "sender", "superior", "superior"]


def test_stages_that_nobody_fills_are_skipped(send: Send, hours: Hours) -> None:
    uid = send("tochuc")
    hours(8)
    assert stages(uid) == ["sender"]
    hours(8)
    assert stages(uid) == ["superior"]


def test_the_sender_and_then_the_superior_office_find_it_on_their_desk(
    committing_office: Office, send: Send, hours: Hours
) -> None:
    send("tochuc")
    logins = ("vanthu.xa", "vanthu", "vanthu.tg")
    assert gone_up(committing_office, *logins) == {"vanthu.xa": 0, "vanthu": 0, "vanthu.tg": 0}
    hours(8)
    assert gone_up(committing_office, *logins) == {"vanthu.xa": 1, "vanthu": 0, "vanthu.tg": 0}
    hours(8)
    assert gone_up(committing_office, *logins) == {"vanthu.xa": 1, "vanthu": 1, "vanthu.tg": 0}


def test_what_was_received_goes_nowhere_and_nobody_looks_again(
    committing_office: Office, send: Send, hours: Hours
) -> None:
    uid = send("tochuc")
    with actor.acting_as(committing_office.people["vanthu.tc"]):
        operations.accept_delivery(turn.scalar(sa.select(deliveries.c.id)))
    transaction.commit()
    hours(30)
    assert stages(uid) == ["clerk"]
    assert [each for each in outbox.listing("waiting") if each.kind == "escalate"] == []


def test_only_what_still_waits_goes_up(committing_office: Office, send: Send, hours: Hours) -> None:
    uid = send("tochuc", "tuyengiao")
    with actor.acting_as(committing_office.people["vanthu.tg"]):
        wanted = sa.select(deliveries.c.id).where(deliveries.c.recipient == committing_office.units["tuyengiao"])
        operations.accept_delivery(turn.scalar(wanted))
    transaction.commit()
    hours(8)
    assert stages(uid) == ["sender", "clerk"]


def test_what_was_sent_to_more_later_has_hours_of_its_own(committing_office: Office, send: Send, hours: Hours) -> None:
    office = committing_office
    fill_office(office)
    uid = send("tochuc")
    hours(7)
    with actor.acting_as(office.people["vanthu.xa"]):
        operations.send_to_more(uid, [{"unit": office.units["tuyengiao"]}])
    transaction.commit()
    hours(1)
    assert stages(uid) == ["deputy_clerk", "clerk"]
    hours(7)
    assert stages(uid) == ["deputy_clerk", "sender"]
    hours(1)
    assert stages(uid) == ["office_head", "sender"]


def test_it_goes_up_also_when_who_sent_it_has_left_the_office(
    committing_office: Office, send: Send, hours: Hours
) -> None:
    uid = send("tochuc")
    organization.deactivate_person(committing_office.people["vanthu.xa"], "Nghỉ hưu")
    transaction.commit()
    hours(8)
    assert stages(uid) == ["sender"]


def test_the_hours_are_those_of_the_senders_unit(committing_office: Office, send: Send, hours: Hours) -> None:
    organization.change_unit(committing_office.units["xa"], escalation_hours=2)
    transaction.commit()
    uid = send("tochuc")
    hours(2)
    assert stages(uid) == ["sender"]


def test_going_up_stands_in_the_journal_of_the_document(send: Send, hours: Hours) -> None:
    uid = send("tochuc")
    hours(8)
    (event,) = [each for each in history.events(uid) if each["operation"] == "escalate_delivery"]
    assert (event["actor"], event["details"]) == (actor.SYSTEM, {"stages": {"sender": 1}})


@pytest.mark.parametrize(
    ("login", "refusal"), [("vanthu.tc", NotAllowed), ("vanthu.tg", Missing), ("quantri", Missing)]
)
def test_nobody_but_the_system_and_the_sender_lets_a_delivery_go_up(
    login: str, refusal: type[Exception], committing_office: Office, send: Send
) -> None:
    uid = send("tochuc")
    sent_at = turn.scalar(sa.select(deliveries.c.sent_at))
    with actor.acting_as(committing_office.people[login]), pytest.raises(refusal):
        operations.escalate_delivery(uid, 4, sent_at)
    transaction.abort()
    with actor.acting_as(committing_office.people["vanthu.xa"]):
        assert operations.escalate_delivery(uid, 1, sent_at) == 1
