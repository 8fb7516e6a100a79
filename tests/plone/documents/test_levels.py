"""The level of a document: decided, raised at once, lowered by two people, followed by who received it, withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import base
from party.operations.confidentiality import keys
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tables import readers
from party.operations.documents import access
from party.operations.documents import expiry
from party.operations.documents import files
from party.operations.documents import history
from party.operations.documents import jobs
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import rules
from party.operations.documents import trays
from party.operations.documents.operations.levels import proposal_of
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import file_texts
from party.operations.documents.tables import incoming
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import outbox
from tests.clearances import clear
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import Be


BASIS = "Danh mục bí mật nhà nước của Đảng, Điều 2"
WHY = "Có nội dung bí mật"
CLEARED = ("vanthu", "lanhdao", "chuyenvien", "truongphong", "vanthu.xa", "lanhdao.xa")


@pytest.fixture
def cleared(office: Office) -> Office:
    """Those of the province who work with secrets, the clerk and leader of a commune; two leaders for Top secret."""
    for login in CLEARED:
        clear(office, login, "secret")
    return office


@pytest.fixture
def top(cleared: Office) -> Office:
    """The same people, cleared for everything."""
    for login in CLEARED:
        clear(cleared, login, "top-secret")
    return cleared


@pytest.fixture
def secret(cleared: Office, be: Be, pdf: Callable[..., Any]) -> str:
    """uid of a secret draft."""
    with be("chuyenvien"):
        return operations.create_draft(
            cleared.units["tonghop"],
            [files.stage(BytesIO(one_page()), "Dự thảo mật.pdf")],
            level="secret",
            basis=BASIS,
            title="V/v việc mật",
            type="party.cong-van",
            recipients=[{"unit": cleared.units["xa"]}],
        ).UID()


@pytest.fixture
def received(cleared: Office, be: Be, outgoing: Callable[..., Any]) -> tuple[str, str]:
    """uids of an open document that was issued and of what the commune made of it."""
    return send(cleared, be, outgoing)


def one_page() -> bytes:
    with pikepdf.new() as made, BytesIO() as target:
        made.add_blank_page()
        made.save(target)
        return target.getvalue()


def send(office: Office, be: Be, outgoing: Callable[..., Any]) -> tuple[str, str]:
    uid = outgoing("issued", to=("xa", "xa2")).UID()
    with be("vanthu.xa"):
        waiting = trays.tray("to_receive").rows[0]
        made = operations.accept_delivery(waiting.id)
        operations.transfer(made.UID(), [Addressee(person=office.people["lanhdao.xa"])], directive="Xin ý kiến")
        return uid, made.UID()


def level_of(uid: str) -> str:
    return items.get(uid).level


def values(uid: str) -> dict[str, Any]:
    """What a document says, to who acts; the keys of its files are no part of that."""
    found = base.values_of(access.readable(uid))
    for name in ("own_files", "versions"):
        if name == "versions" and name in found:
            found[name] = [replace(each, files=tuple(map(bare, each.files))) for each in found[name]]
        elif name in found:
            found[name] = list(map(bare, found[name]))
    return found


def bare(file: Any) -> Any:
    return replace(file, key=None)


def contents(uid: str) -> list[bytes]:
    return [access.content_of(each) for each in access.readable(uid).files()]


def raw(uid: str) -> list[bytes]:
    found = []
    for blob in access.unrestricted(uid).blobs.values():
        with blob.open() as stream:
            found.append(stream.read())
    return found


def said(uid: str) -> list[dict[str, Any]]:
    """What is written about a document; tokens are those of its level."""
    found = [
        *history.comments_of(uid),
        *history.reviews_of(uid),
        *history.deliveries_of(uid),
        *history.slips_of(uid),
    ]
    return [{name: value for name, value in each.items() if name not in ("token", "sealed")} for each in found]


def told(uid: str) -> list[str]:
    return [each["operation"] for each in history.events(uid)]


def jobs_of(kind: str) -> list[Any]:
    return turn.rows(sa.select(outbox).where(outbox.c.kind == kind, outbox.c.state == "waiting"))


# --- decided ---------------------------------------------------------------------------------------------------------


def test_a_leader_decides_what_the_drafter_proposed(cleared: Office, be: Be, secret: str) -> None:
    with be("chuyenvien"):
        proposed = access.readable(secret).classification
        assert (proposed.proposed_by, proposed.decided_by) == (cleared.people["chuyenvien"], "")
        assert proposed.protected_until == date(2036, 11, 24)
        with pytest.raises(NotAllowed):
            operations.decide_level(secret, "secret", basis=BASIS)
    with be("lanhdao"):
        operations.decide_level(secret, "secret", basis="Điều 3", copying=True, protected_until=date(2030, 1, 1))
        decided = access.readable(secret).classification
        assert (decided.basis, decided.copying, decided.decided_by) == ("Điều 3", True, cleared.people["lanhdao"])
        assert decided.protected_until == items.get(secret).protected_until == date(2030, 1, 1)
        assert told(secret)[-1] == "decide_level"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"level": "normal"}, "level"),
        ({"level": "Tuyệt mật"}, "level"),
        ({"protected_until": date(2026, 11, 24)}, "protected_until"),
        ({"protected_until": date(2036, 11, 25)}, "protected_until"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(be: Be, secret: str, change: dict[str, Any], field: str) -> None:
    with be("lanhdao"), pytest.raises(Invalid) as refused:
        operations.decide_level(secret, **{"level": "secret", "basis": BASIS, **change})
    assert refused.value.field == field


def test_a_leader_decides_no_level_above_his_own_clearance(be: Be, secret: str) -> None:
    with be("lanhdao"), pytest.raises(NotAllowed, match="no clearance"):
        operations.decide_level(secret, "top-secret", basis=BASIS)
    assert level_of(secret) == "secret"


def test_a_leader_decides_a_higher_level_than_proposed(top: Office, be: Be, secret: str) -> None:
    with be("lanhdao"):
        operations.decide_level(secret, "top-secret", basis=BASIS)
        assert access.readable(secret).classification.protected_until == date(2046, 11, 24)
    assert level_of(secret) == "top-secret"


def test_a_draft_that_somebody_raised_still_needs_a_decision(
    cleared: Office, be: Be, outgoing: Callable[..., Any]
) -> None:
    uid = outgoing("approved").UID()
    with be("chuyenvien"):
        operations.raise_level(uid, "secret", reason=WHY, basis=BASIS)
        assert access.readable(uid).classification.decided_by == ""
    with be("lanhdao"):
        with pytest.raises(NotAllowed, match="only proposed"):
            operations.sign(uid, cleared.people["lanhdao"])
        operations.decide_level(uid, "secret", basis=BASIS)
        operations.sign(uid, cleared.people["lanhdao"])


# --- raised ----------------------------------------------------------------------------------------------------------


def test_raising_takes_effect_at_once_everywhere(cleared: Office, be: Be, received: tuple[str, str]) -> None:
    sent, theirs = received
    with be("vanthu"):
        before, bytes_before = values(sent), contents(sent)
    with be("lanhdao.xa"):
        theirs_before = values(theirs)
    with be("chanhvp"):
        access.readable(sent)
    with be("vanthu"):
        operations.raise_level(sent, "secret", reason=WHY, basis=BASIS)
    assert (level_of(sent), level_of(theirs)) == ("secret", "secret")
    for uid in received:
        assert access.unrestricted(uid).title == base.SURROGATE
    assert A_PDF not in b"".join(raw(sent))
    with be("lanhdao"):
        after = values(sent)
        assert {**after, "classification": None} == before
        assert contents(sent) == bytes_before
        assert after["classification"].basis == BASIS
    with be("lanhdao.xa"):
        assert {**values(theirs), "classification": None} == theirs_before
        assert contents(theirs) == bytes_before
        assert [each.uid for each in trays.tray("to_direct").rows] == [theirs]
    with be("chanhvp"):
        with pytest.raises(Missing):
            access.readable(sent)
        assert lists.outgoing_register(cleared.units["tinh"]).rows == []
    assert len(jobs_of("purge")) == 1


def test_who_is_not_cleared_at_a_recipient_loses_sight(office: Office, be: Be, outgoing: Callable[..., Any]) -> None:
    clear(office, "vanthu", "secret")
    sent, theirs = send(office, be, outgoing)
    with be("lanhdao.xa"):
        assert trays.counts()["to_direct"] == 1
    with be("vanthu"):
        operations.raise_level(sent, "secret", reason=WHY)
    for login in ("lanhdao.xa", "vanthu.xa"):
        with be(login):
            assert not any(trays.counts().values())
            assert lists.incoming_register(office.units["xa"]).rows == []
            with pytest.raises(Missing):
                access.readable(theirs)


def test_who_raises_above_his_own_clearance_no_longer_sees_it(cleared: Office, be: Be, secret: str) -> None:
    with be("chuyenvien"):
        operations.raise_level(secret, "top-secret", reason=WHY)
        with pytest.raises(Missing):
            access.readable(secret)
    assert level_of(secret) == "top-secret"


def test_nothing_is_raised_without_reason_to_the_same_level_or_twice(top: Office, be: Be, secret: str) -> None:
    with be("chuyenvien"):
        for level, reason in (("secret", WHY), ("normal", WHY), ("top-secret", " "), ("Tuyệt mật", WHY)):
            with pytest.raises(Invalid):
                operations.raise_level(secret, level, reason=reason)
        with pytest.raises(Changed):
            operations.raise_level(secret, "top-secret", reason=WHY, seen=99)
        operations.raise_level(secret, "top-secret", reason=WHY)
        with pytest.raises(NotAllowed, match="no higher level"):
            operations.raise_level(secret, "top-secret", reason=WHY)


def test_old_tokens_are_gone_and_numbers_and_history_stay(cleared: Office, be: Be, received: tuple[str, str]) -> None:
    sent, theirs = received
    with be("lanhdao.xa"):
        steps_before = told(theirs)
        number = access.readable(theirs).number_symbol
    before = readers_of(sent) | readers_of(theirs)
    with be("vanthu"):
        operations.raise_level(sent, "secret", reason=WHY)
    after = readers_of(sent) | readers_of(theirs)
    assert before
    assert after
    assert not before & after
    assert all(each.startswith("lvl:secret:") for each in after)
    held = turn.rows(sa.select(grants.c.token).where(grants.c.object.in_(received)))
    assert not [each.token for each in held if each.token.startswith("lvl:normal:")]
    with be("lanhdao.xa"):
        assert told(theirs) == [*steps_before, "sender_changed_level"]
        assert access.readable(theirs).number_symbol == number
        assert lists.incoming_register(cleared.units["xa"], text=number).rows[0].uid == theirs


def readers_of(uid: str) -> set[str]:
    return {each.token for each in turn.rows(sa.select(readers.c.token).where(readers.c.object == uid))}


def test_a_secret_becomes_top_secret_for_its_recipients_too(top: Office, be: Be, outgoing: Callable[..., Any]) -> None:
    sent, theirs = send(top, be, outgoing)
    with be("lanhdao"):
        bytes_before = contents(sent)
        operations.raise_level(sent, "secret", reason=WHY, basis=BASIS)
        operations.raise_level(sent, "top-secret", reason=WHY, basis="Điều 9")
        found = access.readable(sent).classification
        assert (found.basis, found.decided_by) == ("Điều 9", top.people["lanhdao"])
    with be("lanhdao.xa"):
        assert contents(theirs) == bytes_before
        assert access.readable(theirs).classification == found
    assert (level_of(sent), level_of(theirs)) == ("top-secret", "top-secret")
    assert len(jobs_of("purge")) == 1


def test_what_a_recipient_raised_on_its_own_stays_as_high(top: Office, be: Be, outgoing: Callable[..., Any]) -> None:
    sent, theirs = send(top, be, outgoing)
    with be("vanthu.xa"):
        bytes_before = contents(theirs)
        operations.raise_level(theirs, "top-secret", reason=WHY)
    assert (level_of(sent), level_of(theirs)) == ("normal", "top-secret")
    with be("vanthu"):
        operations.raise_level(sent, "secret", reason=WHY)
    assert (level_of(sent), level_of(theirs)) == ("secret", "top-secret")
    with be("vanthu.xa"):
        assert contents(theirs) == bytes_before


# --- told ------------------------------------------------------------------------------------------------------------


def test_the_receiving_clerk_takes_note_of_a_change(cleared: Office, be: Be, received: tuple[str, str]) -> None:
    sent, theirs = received
    with be("vanthu"):
        operations.raise_level(sent, "secret", reason=WHY)
    with be("lanhdao.xa"):
        assert trays.tray("level_changed").rows == []
        with pytest.raises(NotAllowed):
            operations.acknowledge_level(theirs)
    with be("vanthu.xa"):
        waiting = trays.tray("level_changed").rows
        assert [(each.uid, each.level, each.level_notice) for each in waiting] == [(theirs, "secret", "secret")]
        operations.acknowledge_level(theirs)
        assert trays.tray("level_changed").rows == []
        with pytest.raises(NotAllowed, match="has not changed"):
            operations.acknowledge_level(theirs)
        assert told(theirs)[-1] == "acknowledge_level"


def test_a_recipient_does_not_lower_what_its_sender_classified(
    cleared: Office, be: Be, received: tuple[str, str]
) -> None:
    sent, theirs = received
    with be("vanthu"):
        operations.raise_level(sent, "secret", reason=WHY)
    with be("vanthu.xa"), pytest.raises(NotAllowed, match="sender decides"):
        operations.propose_lower(theirs, "normal", reason=WHY, basis=BASIS)
    with be("lanhdao.xa"), pytest.raises(NotAllowed, match="sender decides"):
        operations.decide_level(theirs, "secret", basis=BASIS)


def test_what_the_sender_decided_goes_along_with_a_delivery(
    cleared: Office, be: Be, secret: str, outgoing: Callable[..., Any]
) -> None:
    issue_secret(cleared, be, secret)
    with be("vanthu.xa"):
        theirs = operations.accept_delivery(trays.tray("to_receive").rows[0].id, pages_seen=1)
        decided = theirs.classification
        assert (decided.decided_by, decided.protected_until) == (cleared.people["lanhdao"], date(2030, 1, 1))
        assert items.get(theirs.UID()).protected_until == date(2030, 1, 1)
    with be("lanhdao"):
        operations.decide_level(secret, "secret", basis=BASIS, protected_until=date(2035, 1, 1))
    with be("vanthu.xa"):
        assert access.readable(theirs.UID()).classification.protected_until == date(2035, 1, 1)
        assert trays.tray("level_changed").rows == []


def issue_secret(office: Office, be: Be, uid: str) -> None:
    with be("chuyenvien"):
        operations.submit_for_review(uid, [Addressee(person=office.people["truongphong"])])
    with be("truongphong"):
        operations.approve(uid)
    with be("lanhdao"):
        operations.decide_level(uid, "secret", basis=BASIS, protected_until=date(2030, 1, 1))
        operations.sign(uid, office.people["lanhdao"])
    with be("vanthu"):
        operations.issue(uid)


# --- lowered ---------------------------------------------------------------------------------------------------------


def test_lowering_takes_two_people(cleared: Office, be: Be, received: tuple[str, str]) -> None:
    sent, theirs = received
    with be("chanhvp"):
        before, bytes_before = values(sent), contents(sent)
    with be("vanthu"):
        operations.raise_level(sent, "secret", reason=WHY)
        with pytest.raises(NotAllowed, match="Nobody has proposed"):
            rules.check("confirm_lower", access.readable(sent))
    with be("lanhdao"):
        operations.propose_lower(sent, "normal", reason="Đã công bố", basis=BASIS)
        with pytest.raises(NotAllowed, match="another person"):
            operations.confirm_lower(sent)
    with be("vanthu"):
        with pytest.raises(NotAllowed):
            operations.confirm_lower(sent)
        operations.propose_lower(sent, "normal", reason="Đã công bố rộng rãi", basis=BASIS)
        assert proposal_of(sent).reason == "Đã công bố rộng rãi"
    with be("lanhdao"):
        operations.confirm_lower(sent)
        with pytest.raises(NotAllowed):
            operations.confirm_lower(sent)
    assert (level_of(sent), level_of(theirs)) == ("normal", "normal")
    with be("chanhvp"):
        assert values(sent) == before
        assert contents(sent) == bytes_before
    assert raw(sent) == bytes_before
    with be("vanthu.xa"):
        assert contents(theirs) == bytes_before
        assert [each.level_notice for each in trays.tray("level_changed").rows] == ["normal"]
    assert all(each.startswith("lvl:normal:") for each in readers_of(sent) | readers_of(theirs))


def test_a_proposal_that_is_refused_changes_nothing(cleared: Office, be: Be, secret: str) -> None:
    with be("chuyenvien"):
        operations.propose_lower(secret, "normal", reason=WHY, basis=BASIS)
    with be("lanhdao"):
        with pytest.raises(Invalid):
            operations.confirm_lower(secret, agree=False)
        operations.confirm_lower(secret, agree=False, reason="Vẫn còn mật")
        assert told(secret)[-1] == "refuse_lower"
        assert proposal_of(secret) is None
    assert level_of(secret) == "secret"


@pytest.mark.parametrize(
    ("level", "reason", "basis"),
    [("secret", WHY, BASIS), ("top-secret", WHY, BASIS), ("normal", "", BASIS), ("normal", WHY, ""), ("?", WHY, BASIS)],
)
def test_a_proposal_needs_a_lower_level_a_reason_and_a_basis(
    be: Be, secret: str, level: str, reason: str, basis: str
) -> None:
    with be("chuyenvien"), pytest.raises(Invalid):
        operations.propose_lower(secret, level, reason=reason, basis=basis)


def test_a_proposal_is_overtaken_when_the_level_is_raised(top: Office, be: Be, secret: str) -> None:
    with be("chuyenvien"):
        operations.propose_lower(secret, "normal", reason=WHY, basis=BASIS)
        operations.raise_level(secret, "top-secret", reason=WHY)
    with be("lanhdao"), pytest.raises(NotAllowed, match="Nobody has proposed"):
        operations.confirm_lower(secret)


def test_top_secret_goes_down_to_secret_and_stays_sealed(top: Office, be: Be, secret: str) -> None:
    with be("chuyenvien"):
        before = contents(secret)
        operations.raise_level(secret, "top-secret", reason=WHY)
        operations.propose_lower(secret, "secret", reason=WHY, basis="Điều 5")
    with be("lanhdao"):
        operations.confirm_lower(secret)
        found = access.readable(secret).classification
        assert (found.basis, found.decided_by) == ("Điều 5", top.people["lanhdao"])
        assert found.protected_until == date(2036, 11, 24)
        assert contents(secret) == before
    assert access.unrestricted(secret).title == base.SURROGATE


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "signed", "issued", "recalled"])
def test_up_and_down_gives_the_same_document_in_every_state(
    cleared: Office, be: Be, outgoing: Callable[..., Any], state: str
) -> None:
    uid = outgoing("issued" if state == "recalled" else state).UID()
    if state == "recalled":
        with be("vanthu"):
            operations.recall_document(uid, "Sai sót")
    with be("chuyenvien"):
        if rules.may("comment", access.readable(uid)):
            operations.comment(uid, "Góp ý")
        before, bytes_before, said_before, told_before = values(uid), contents(uid), said(uid), told(uid)
        operations.raise_level(uid, "secret", reason=WHY)
        assert said(uid) == said_before
        operations.propose_lower(uid, "normal", reason=WHY, basis=BASIS)
    with be("lanhdao"):
        operations.confirm_lower(uid)
    with be("chuyenvien"):
        assert values(uid) == before
        assert contents(uid) == bytes_before
        assert said(uid) == said_before
        assert told(uid) == [*told_before, "change_level", "propose_lower", "change_level"]
    assert items.get(uid).state == state
    assert items.get(uid).protected_until is None


def test_a_letter_from_paper_goes_up_and_down(cleared: Office, be: Be, letter: Callable[..., Any]) -> None:
    uid = letter().UID()
    with be("vanthu"):
        operations.transfer(uid, [Addressee(person=cleared.people["chuyenvien"])], directive="Xử lý")
        before, slips_before = values(uid), said(uid)
        operations.raise_level(uid, "secret", reason=WHY)
        assert values(uid) | {"classification": None} == before
        assert said(uid) == slips_before
    with be("chuyenvien"):
        assert [each.directive for each in trays.tray("to_do").rows] == ["Xử lý"]
    with be("vanthu"):
        operations.propose_lower(uid, "normal", reason=WHY, basis=BASIS)
    with be("lanhdao"):
        operations.confirm_lower(uid)
    with be("vanthu"):
        assert values(uid) == before
        assert said(uid) == slips_before
    assert turn.scalar(sa.select(sa.func.count()).select_from(file_texts)) == 0


# --- found here ------------------------------------------------------------------------------------------------------


def test_a_secret_found_here_disappears_at_once_and_is_sealed_later(
    cleared: Office, be: Be, received: tuple[str, str], portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, theirs = received
    with monkeypatch.context() as internet:
        internet.setenv("PARTY_ZONE", "internet")
        with be("lanhdao.xa"):
            with pytest.raises(Invalid):
                operations.withdraw_found(theirs, " ")
            operations.withdraw_found(theirs, WHY)
        nobody_sees(cleared, be, received)
        (job,) = jobs_of("seal_found")
        with actor.as_system(), pytest.raises(keys.Withheld):
            jobs.seal(portal, job.payload)
    nobody_sees(cleared, be, received)
    with actor.as_system():
        jobs.seal(portal, job.payload)
    assert (level_of(sent), level_of(theirs)) == ("secret", "secret")
    with be("lanhdao"):
        assert access.readable(sent).classification.decided_by == ""
        operations.decide_level(sent, "secret", basis=BASIS)
    with be("lanhdao.xa"):
        assert contents(theirs) == [A_PDF]
        assert "withdraw_found" in told(theirs)
    with be("chanhvp"), pytest.raises(Missing):
        access.readable(sent)
    with actor.as_system():
        jobs.seal(portal, job.payload)
    assert len(jobs_of("purge")) == 1


def nobody_sees(office: Office, be: Be, uids: tuple[str, ...]) -> None:
    for login in ("vanthu", "lanhdao", "chanhvp", "chuyenvien", "vanthu.xa", "lanhdao.xa"):
        with be(login):
            assert not any(trays.counts().values()), login
            assert lists.incoming_register(office.units["xa"]).rows == []
            assert lists.outgoing_register(office.units["tinh"]).rows == []
            for uid in uids:
                with pytest.raises(Missing):
                    access.readable(uid)


def test_a_waiting_delivery_of_what_was_withdrawn_is_not_received(
    cleared: Office, be: Be, outgoing: Callable[..., Any]
) -> None:
    uid = outgoing("issued").UID()
    with be("vanthu.xa"):
        waiting = trays.tray("to_receive").rows[0].id
    with be("chuyenvien"):
        operations.withdraw_found(uid, WHY)
    with be("vanthu.xa"):
        assert trays.tray("to_receive").rows == []
        with pytest.raises(Missing):
            operations.accept_delivery(waiting)


def test_what_is_classified_already_is_not_reported(be: Be, secret: str) -> None:
    with be("chuyenvien"), pytest.raises(NotAllowed, match="classified already"):
        operations.withdraw_found(secret, WHY)


# --- nothing classified where it must not be -------------------------------------------------------------------------


def test_nothing_classified_is_made_in_the_internet_zone(
    cleared: Office, be: Be, pdf: Callable[..., Any], secret: str, monkeypatch: pytest.MonkeyPatch, outgoing: Any
) -> None:
    open_one = outgoing("issued").UID()
    before = turn.scalar(sa.select(sa.func.count()).select_from(items.table))
    monkeypatch.setenv("PARTY_ZONE", "internet")
    fields = {"title": "V/v một việc", "type": "party.cong-van"}
    with be("chuyenvien"):
        for level in ("secret", "tối mật"):
            with pytest.raises(NotAllowed, match="Nothing was saved"):
                operations.create_draft(cleared.units["tonghop"], [pdf()], level=level, **fields)
        with pytest.raises(NotAllowed, match="internal network"):
            operations.raise_level(open_one, "secret", reason=WHY)
        # neither the secret itself nor anything about it
        with pytest.raises(Missing):
            access.readable(secret)
        for relation in ("replies_to", "replaces"):
            with pytest.raises(Missing):
                operations.create_draft(cleared.units["tonghop"], [pdf()], **{relation: secret}, **fields)
    with be("vanthu"):
        for take_in in (operations.receive_incoming, operations.register_incoming):
            with pytest.raises(NotAllowed, match="Nothing was saved"):
                take_in(cleared.units["tinh"], [pdf()], level="C", issuer="Bộ Quốc phòng", **fields)
    assert turn.scalar(sa.select(sa.func.count()).select_from(items.table)) == before


def test_a_secret_delivery_is_neither_seen_nor_received_in_the_internet_zone(
    cleared: Office, be: Be, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_secret(cleared, be, secret)
    delivery = turn.scalar(sa.select(deliveries.c.id).where(deliveries.c.document == secret))
    monkeypatch.setenv("PARTY_ZONE", "internet")
    with be("vanthu.xa"):
        assert trays.tray("to_receive").rows == []
        with pytest.raises(Missing):
            operations.accept_delivery(delivery)


@pytest.mark.parametrize("text", ["Tuyệt mật", "TUYET MAT", "tuyệt-mật", "A", "ultra secret"])
def test_tuyet_mat_is_refused_at_every_entrance(
    top: Office, be: Be, pdf: Callable[..., Any], secret: str, text: str
) -> None:
    fields = {"title": "V/v một việc", "type": "party.cong-van"}
    with be("chuyenvien"), pytest.raises(Invalid, match="Tuyệt mật are not handled"):
        operations.create_draft(top.units["tonghop"], [pdf()], level=text, **fields)
    with be("vanthu"):
        for take_in in (operations.receive_incoming, operations.register_incoming):
            with pytest.raises(Invalid, match="Tuyệt mật are not handled"):
                take_in(top.units["tinh"], [pdf()], level=text, issuer="Bộ Quốc phòng", **fields)
    with be("lanhdao"):
        for change in (
            lambda: operations.decide_level(secret, text, basis=BASIS),
            lambda: operations.raise_level(secret, text, reason=WHY),
            lambda: operations.propose_lower(secret, text, reason=WHY, basis=BASIS),
        ):
            with pytest.raises(Invalid, match="Tuyệt mật are not handled"):
                change()
    assert level_of(secret) == "secret"


def test_an_answer_to_a_secret_is_a_secret(cleared: Office, be: Be, pdf: Callable[..., Any]) -> None:
    with be("vanthu"):
        letter = operations.register_incoming(
            cleared.units["tinh"],
            [pdf()],
            level="C",
            title="V/v việc mật",
            type="party.cong-van",
            issuer="Bộ Quốc phòng",
        )
        answer = operations.create_draft(
            cleared.units["tinh"], replies_to=letter.UID(), title="Trả lời", type="party.cong-van"
        )
    assert (letter.level, answer.level) == ("secret", "secret")


# --- what expires ----------------------------------------------------------------------------------------------------


def test_the_list_of_what_expires_shows_what_ends_within_a_year(
    cleared: Office, be: Be, secret: str, time: Any, pdf: Callable[..., Any]
) -> None:
    with be("lanhdao"):
        assert expiry.expiring().rows == []
        operations.decide_level(secret, "secret", basis=BASIS, protected_until=date(2027, 11, 24))
        assert [(each.uid, each.title, each.protected_until) for each in expiry.expiring().rows] == [
            (secret, "V/v việc mật", date(2027, 11, 24))
        ]
    with be("chanhvp"):
        assert expiry.expiring().rows == []
    with be("chuyenvien"):
        second = operations.create_draft(
            cleared.units["tonghop"], level="secret", basis=BASIS, title="Sớm hơn", type="party.cong-van"
        ).UID()
    with be("lanhdao"):
        operations.decide_level(second, "secret", basis=BASIS, protected_until=date(2026, 12, 24))
        assert [each.uid for each in expiry.expiring().rows] == [second, secret]
        operations.decide_level(second, "secret", basis=BASIS)
        assert [each.uid for each in expiry.expiring().rows] == [secret]


def test_the_end_of_protection_changes_nothing_by_itself(cleared: Office, be: Be, secret: str, time: Any) -> None:
    with be("lanhdao"):
        operations.decide_level(secret, "secret", basis=BASIS, protected_until=date(2026, 12, 1))
        time.advance(days=30)
        assert [each.uid for each in expiry.expiring().rows] == [secret]
        assert access.readable(secret).title == "V/v việc mật"
    assert level_of(secret) == "secret"
    with be("chanhvp"), pytest.raises(Missing):
        access.readable(secret)


def test_a_delivery_is_not_tied_to_a_document_of_a_lower_level(
    cleared: Office, be: Be, secret: str, pdf: Callable[..., Any]
) -> None:
    issue_secret(cleared, be, secret)
    with be("vanthu.xa"):
        paper = operations.register_incoming(
            cleared.units["xa"], [pdf()], title="Bản giấy", type="party.cong-van", issuer="Tỉnh uỷ Lâm Sơn"
        )
        waiting = trays.tray("to_receive").rows[0].id
        with pytest.raises(Invalid, match="higher level"):
            operations.accept_delivery(waiting, existing=paper.UID(), pages_seen=1)
        operations.raise_level(paper.UID(), "secret", reason=WHY)
        operations.accept_delivery(waiting, existing=paper.UID(), pages_seen=1)
    assert turn.scalar(sa.select(incoming.c.level_notice).where(incoming.c.uid == paper.UID())) == ""
