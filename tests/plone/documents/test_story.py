"""The main job from end to end: a letter arrives, is passed on, answered, issued and received elsewhere."""

from datetime import date

from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import items


def test_a_letter_is_registered_passed_on_answered_issued_and_received(office, be, pdf):
    units = office.units
    with be("vanthu"):
        letter = operations.register_incoming(
            units["tinh"],
            [pdf()],
            title="V/v thực hiện một số nhiệm vụ",
            type="party.cong-van",
            issuer="Văn phòng Trung ương Đảng",
            number_symbol="15671-CV/VPTW",
            document_date=date(2026, 11, 20),
        )
        assert trays.counts()["to_pass_on"] == 1
        operations.transfer(letter.UID(), [Addressee(person=office.people["lanhdao"])])
    assert letter.issuer_unit == units["vptw"]
    assert letter.deadline == date(2026, 12, 8)
    with be("lanhdao"):
        assert trays.counts()["to_direct"] == 1
        operations.transfer(
            letter.UID(),
            [Addressee(unit=units["tochuc"]), Addressee(unit=units["tuyengiao"], capacity="support")],
            directive="Ban Tổ chức chủ trì tham mưu trả lời.",
            deadline=date(2026, 12, 1),
        )
    with be("lanhdao.tc"):
        assert trays.counts()["to_direct"] == 1
        operations.transfer(letter.UID(), [Addressee(person=office.people["chuyenvien.tc"])])
    with be("vanthu.xa"):
        assert sum(trays.counts().values()) == 0
    with be("chuyenvien.tc"):
        draft = operations.create_draft(
            units["tochuc"],
            [pdf("Dự thảo.pdf")],
            title="V/v trả lời Công văn số 15671-CV/VPTW",
            type="party.cong-van",
            replies_to=letter.UID(),
            recipients=[{"unit": units["vptw"]}, {"unit": units["xa"]}, {"unit": units["quan"]}],
        )
        operations.submit_for_review(draft.UID(), [Addressee(person=office.people["lanhdao.tc"])])
    with be("lanhdao.tc"):
        assert trays.counts()["to_review"] == 1
        operations.approve(draft.UID(), "Đồng ý")
        operations.sign(draft.UID(), office.people["lanhdao.tc"], title="Trưởng ban")
    with be("vanthu.tc"):
        assert trays.counts()["to_issue"] == 1
        assert operations.issue(draft.UID()) == []
    assert draft.number_symbol == "01-CV/BTCTU"
    assert items.get(letter.UID()).state == "done"
    assert {each["state"] for each in history.slips_of(letter.UID())} == {"done"}
    with be("vanthu.xa"):
        assert trays.counts()["to_receive"] == 1
        waiting = trays.tray("to_receive").rows[0]
        received = operations.accept_delivery(waiting.id)
        assert received.files()[0].filename == "Dự thảo.pdf"
        assert access.readable(received.UID()).number_symbol == "01-CV/BTCTU"
        assert lists.incoming_register(units["xa"]).rows[0].arrival_number == 1
    states = {each["recipient_name"]: each["state"] for each in history.deliveries_of(draft.UID())}
    assert states["Đảng uỷ xã Hoà Bình"] == "accepted"
    assert states["Quân uỷ Trung ương"] == "waiting"
