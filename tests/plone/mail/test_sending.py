"""Mail reaches its reader whole, once, and only who may still be told; what went wrong is said in the outbox."""

from collections.abc import Callable
from email import message_from_bytes
from email.header import decode_header
from email.header import make_header
from email.policy import default
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import outbox as jobs
from party.operations.mail import sending
from party.operations.mail.letters import Attachment
from party.operations.mail.letters import Letter
from party.operations.mail.letters import Link
from party.operations.mail.letters import Table
from party.operations.mail.message import address
from party.operations.mail.message import compose
from party.operations.mail.tables import mails
from party.operations.organization import operations as organization
from tests.mail_server import MailServer
from tests.office import Office
from tests.plone.browsing import said
from tests.plone.mail.conftest import Compose


SUBJECT = "Báo cáo kết quả triển khai của Đảng uỷ xã Hoà Bình, Tỉnh uỷ Lâm Sơn, đến 16 giờ ngày 24/11/2026"
Ask = Callable[..., bool]
Register = Callable[[Compose], None]


def letter(person: str = "", facts: Any = None, **changed: Any) -> Letter:
    said: dict[str, Any] = {
        "name": "Nguyễn Thị Mai",
        "address": "mai@lamson.test",
        "subject": SUBJECT,
        "parts": (
            "Đồng chí có 3 việc <cần> làm.",
            Table(("Đơn vị", "Còn thiếu"), (("Đảng uỷ xã Hoà Bình", "Văn thư"), ("Đảng uỷ xã Kỳ Sơn", ""))),
            Link("Mở trang", "http://lamson.test/@@readiness?unit=1&x=2"),
        ),
        "attachments": (Attachment("Báo cáo.xlsx", "application/vnd.test", b"\x00\xffPK"),),
    }
    return Letter(**{**said, **changed})


def name_in(content: bytes, header: str) -> str:
    """An address with its name by RFC 2047; the newer parser of Python 3.11 puts spaces between encoded words."""
    return str(make_header(decode_header(message_from_bytes(content)[header])))


def states() -> list[tuple[str, str]]:
    transaction.begin()
    return [(each.state, each.error) for each in turn.rows(sa.select(jobs).order_by(jobs.c.id))]


def test_vietnamese_and_files_arrive_as_they_were_written(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any
) -> None:
    composer(letter)
    ask("vanthu")
    worker.work(functional_portal)
    (received,) = mail_server.messages
    assert (received.sender, received.recipients) == ("he-thong@lamson.test", ["mai@lamson.test"])
    message = received.message
    assert message["Subject"] == SUBJECT
    assert name_in(received.content, "From") == "Hệ thống điều hành tác nghiệp <he-thong@lamson.test>"
    assert name_in(received.content, "To") == "Nguyễn Thị Mai <mai@lamson.test>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<test.lamson.test>"
    assert message["Date"].datetime == clock.now()
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Đồng chí có 3 việc <cần> làm." in text
    assert "- Đảng uỷ xã Hoà Bình: Còn thiếu: Văn thư\n- Đảng uỷ xã Kỳ Sơn\n" in text
    html = message.get_body(("html",)).get_content()
    assert "3 việc &lt;cần&gt; làm" in html
    assert "Văn thư</td>" in html
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Báo cáo.xlsx", b"\x00\xffPK")
    # all of it is ASCII on the wire, in lines that a server takes
    assert received.content.isascii()
    assert max(map(len, received.content.split(b"\r\n"))) < 998
    assert states() == [("done", "")]


@pytest.mark.parametrize(
    "subject",
    [
        "Report on the use of the system: Tỉnh uỷ Lâm Sơn, 24/11/2026",
        "abc " * 15 + "Tỉnh uỷ Lâm Sơn abc Đảng uỷ xã Hoà Bình " * 5 + "abc",
        "Báo cáo " * 30 + "hết",
        "ASCII only " * 20 + "end",
        "Đ" * 200,
    ],
)
def test_no_space_of_a_subject_or_a_name_is_lost(subject: str) -> None:
    sender = address("Hệ thống thông tin điều hành tác nghiệp của Văn phòng Tỉnh uỷ Lâm Sơn", "he-thong@lamson.test")
    written = compose(letter(subject=subject, name="Nguyễn Thị Thu Trang (Văn thư)"), sender, "key", "test").as_bytes()
    read = message_from_bytes(written, policy=default)
    assert read["Subject"] == subject
    assert name_in(written, "From") == f"{sender.display_name} <he-thong@lamson.test>"
    assert name_in(written, "To") == "Nguyễn Thị Thu Trang (Văn thư) <mai@lamson.test>"
    assert max(map(len, written.split(b"\r\n"))) <= 78


def test_nothing_in_a_mail_is_fetched_from_elsewhere(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any
) -> None:
    composer(letter)
    ask("vanthu")
    worker.work(functional_portal)
    html = mail_server.messages[0].message.get_body(("html",)).get_content()
    for word in ("<img", "<script", "<link", "src=", "url("):
        assert word not in html


def test_a_mail_is_asked_for_once_under_its_key(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any
) -> None:
    composer(letter)
    assert [ask("vanthu"), ask("vanthu"), ask("vanthu", "other")] == [True, False, True]
    worker.work(functional_portal)
    assert len({each.message["Message-ID"] for each in mail_server.messages}) == 2


def test_it_is_written_by_who_gets_it_when_it_is_sent(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any, committing_office: Office
) -> None:
    seen: list[Any] = []

    def compose(person: str, facts: dict[str, Any]) -> Letter:
        seen.append((person, actor.current(), facts))
        return letter()

    composer(compose)
    ask("vanthu", unit="x")
    worker.work(functional_portal)
    mai = committing_office.people["vanthu"]
    assert seen == [(mai, mai, {"unit": "x"})]


def test_who_may_no_longer_be_told_gets_nothing_and_the_outbox_says_so(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any
) -> None:
    def compose(person: str, facts: dict[str, Any]) -> Letter:
        raise NotAllowed("the figures are for others.")

    composer(compose)
    ask("vanthu")
    worker.work(functional_portal)
    assert mail_server.messages == []
    ((state, note),) = states()
    assert state == "done"
    assert "the figures are for others." in note


def test_a_closed_account_gets_nothing(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any, committing_office: Office
) -> None:
    composer(letter)
    ask("chuyenvien")
    organization.deactivate_person(committing_office.people["chuyenvien"], "nghỉ hưu")
    transaction.commit()
    worker.work(functional_portal)
    assert mail_server.messages == []
    assert [state for state, note in states() if note] == ["done"]


@pytest.mark.parametrize("address", ["", "a@lamson.test, b@lamson.test", "khong-phai", "mai@lâmsơn.test"])
def test_what_is_not_one_address_gets_nothing(
    address: str, mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any
) -> None:
    composer(lambda person, facts: letter(address=address))
    ask("vanthu")
    worker.work(functional_portal)
    assert mail_server.messages == []
    ((state, note),) = states()
    assert state == "done"
    assert note


def test_a_line_break_in_a_subject_makes_no_header(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any
) -> None:
    composer(lambda person, facts: letter(subject="Báo cáo\r\nBcc: x@lamson.test", name="A\nB"))
    ask("vanthu")
    worker.work(functional_portal)
    assert mail_server.messages[0].message["Subject"] == "Báo cáo Bcc: x@lamson.test"
    assert mail_server.messages[0].recipients == ["mai@lamson.test"]


def test_without_a_mail_server_the_job_says_so_and_is_done_when_there_is_one(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any, time: clock.Frozen
) -> None:
    registry = getUtility(IRegistry)
    registry["plone.email_from_address"] = None
    composer(letter)
    ask("vanthu")
    worker.work(functional_portal)
    ((state, error),) = states()
    assert state == "waiting"
    assert error == said(
        "No mail server or no sender's address is set. The mail is kept: enter both in the mail settings of the site, then "
        "try this job again."
    )
    registry["plone.email_from_address"] = "he-thong@lamson.test"
    transaction.commit()
    time.advance(minutes=2)
    worker.work(functional_portal)
    assert states() == [("done", "")]
    assert len(mail_server.messages) == 1


@pytest.mark.parametrize("trouble", ["451 later", "hangs up early", "no server"])
def test_what_the_server_did_not_take_is_tried_again(
    trouble: str, mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any, time: clock.Frozen
) -> None:
    composer(letter)
    ask("vanthu")
    if trouble == "no server":
        getUtility(IRegistry)["plone.smtp_port"] = 1
        transaction.commit()
    mail_server.behaviour.at_end = trouble if trouble[0] == "4" else ""
    mail_server.behaviour.hangs_up_early = trouble == "hangs up early"
    worker.work(functional_portal)
    ((state, error),) = states()
    assert state == "waiting"
    assert "mai@lamson.test" in error
    assert mail_server.messages == []
    mail_server.behaviour.at_end, mail_server.behaviour.hangs_up_early = "", False
    getUtility(IRegistry)["plone.smtp_port"] = mail_server.port
    transaction.commit()
    time.advance(minutes=2)
    worker.work(functional_portal)
    assert len(mail_server.messages) == 1


def test_a_recipient_the_server_does_not_know_is_put_aside_until_somebody_asks(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any, time: clock.Frozen
) -> None:
    composer(letter)
    mail_server.behaviour.refused["mai@lamson.test"] = "550 5.1.1 no such user"
    ask("vanthu")
    worker.work(functional_portal)
    time.advance(hours=5)
    worker.work(functional_portal)
    (dead,) = outbox.listing("dead")
    assert "550 5.1.1 no such user" in dead.error
    mail_server.behaviour.refused.clear()
    organization.retry_job(dead.id)
    transaction.commit()
    worker.work(functional_portal)
    assert len(mail_server.messages) == 1


@pytest.mark.parametrize(("how", "taken"), [("keep", 1), ("lose", 0)])
def test_when_the_line_drops_while_the_server_has_the_mail_a_person_decides(
    how: str, taken: int, mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any, time: Any
) -> None:
    composer(letter)
    mail_server.behaviour.at_end = how
    ask("vanthu")
    worker.work(functional_portal)
    time.advance(hours=5)
    worker.work(functional_portal)
    assert len(mail_server.messages) == taken
    (dead,) = outbox.listing("dead")
    identity = turn.scalar(sa.select(mails.c.message_id))
    assert identity in dead.error
    mail_server.behaviour.at_end = ""
    organization.retry_job(dead.id)
    transaction.commit()
    worker.work(functional_portal)
    assert [each.message["Message-ID"] for each in mail_server.messages] == [identity] * (taken + 1)
    assert outbox.listing("dead") == []


def test_a_server_that_hangs_up_after_it_took_the_mail_has_taken_it(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any
) -> None:
    composer(letter)
    mail_server.behaviour.at_end = "rude"
    ask("vanthu")
    worker.work(functional_portal)
    assert len(mail_server.messages) == 1
    assert states() == [("done", "")]


class Killed(BaseException):
    """The worker ends in the middle of everything."""


@pytest.mark.parametrize("before", [True, False])
def test_a_worker_killed_while_sending_sends_nothing_twice(
    before: bool,
    mail_server: MailServer,
    composer: Register,
    ask: Ask,
    functional_portal: Any,
    time: clock.Frozen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(message: Any) -> None:
        if not before:
            send(message)
        raise Killed

    send = sending.send
    composer(letter)
    ask("vanthu")
    with monkeypatch.context() as patched:
        patched.setattr(sending, "send", killed)
        with pytest.raises(Killed):
            worker.work(functional_portal)
    transaction.abort()
    for _ in range(3):
        time.advance(hours=1)
        worker.work(functional_portal)
    assert len(mail_server.messages) == (0 if before else 1)
    (dead,) = outbox.listing("dead")
    assert turn.scalar(sa.select(mails.c.state)) == "doubtful"
    assert turn.scalar(sa.select(mails.c.message_id)) in dead.error


def test_a_worker_killed_after_it_wrote_that_the_mail_went_out_only_ends_the_job(
    mail_server: MailServer, composer: Register, ask: Ask, functional_portal: Any, time: clock.Frozen
) -> None:
    composer(letter)
    ask("vanthu")
    worker.work(functional_portal)
    with turn.turn():
        turn.run(sa.update(jobs).values(state="running", due=clock.now()))
    transaction.commit()
    worker.work(functional_portal)
    assert states() == [("done", "")]
    assert len(mail_server.messages) == 1
