"""The quality figures of a small history are what counting it by hand gives."""

from datetime import date
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from party.operations.documents import files
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.statistics import quality
from party.operations.statistics import quality_rows
from party.operations.statistics import structure
from party.operations.statistics.periods import Period
from party.operations.statistics.quality import Figures
from tests import clearances
from tests.plone.conftest import A_PDF


TODAY = date(2026, 11, 24)
WEEK = Period(date(2026, 11, 23), date(2026, 11, 30))


def measured(period: Period = WEEK) -> dict[str, Figures]:
    units = structure.Units()
    return quality.measured([structure.Piece(period, {uid: uid for uid in units.rows})])


@pytest.fixture
def letter(office, be, pdf):
    """Registers a letter as the clerk of the province."""

    def register(number: str, *, scanned: bool = True, **fields: Any) -> str:
        values = {
            "title": "V/v báo cáo",
            "type": "party.cong-van",
            "issuer": "Văn phòng Trung ương Đảng",
            "number_symbol": f"{number}-CV/VPTW",
            "document_date": date(2026, 11, 20),
        }
        with be("vanthu"):
            return operations.register_incoming(
                office.units["tinh"], [pdf()] if scanned else [], **{**values, **fields}
            ).UID()

    return register


@pytest.fixture
def issued(office, be, pdf):
    """Drafts, signs and issues a document of the board of organisation."""

    def issue(recipients: list[dict[str, str]], upload: Any = None, **fields: Any) -> Any:
        with be("chuyenvien.tc"):
            draft = operations.create_draft(
                office.units["tochuc"],
                [upload or pdf("Dự thảo.pdf")],
                title="V/v trả lời",
                type="party.cong-van",
                recipients=recipients,
                **fields,
            )
            operations.submit_for_review(draft.UID(), [Addressee(person=office.people["lanhdao.tc"])])
        with be("lanhdao.tc"):
            operations.approve(draft.UID(), "Đồng ý")
            operations.sign(draft.UID(), office.people["lanhdao.tc"], title="Trưởng ban")
        with be("vanthu.tc"):
            operations.issue(draft.UID())
        return draft

    return issue


def test_a_share_of_nothing_is_none_and_divides_by_nothing():
    nothing = Figures()
    assert nothing.electronic_share is None
    assert nothing.signed_share is None
    assert nothing.digitised_share is None
    assert nothing.on_time_share is None
    assert nothing.overdue_share is None
    assert nothing.paper_share is None
    assert quality.percentile([], 50) is None


@pytest.mark.parametrize("count", [1, 2, 3, 9, 10, 11, 100])
@pytest.mark.parametrize("percent", [50, 90])
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(count, percent):
    values = [float(value * 7 % 101) for value in range(count)]
    enough = [each for each in values if sum(other <= each for other in values) * 100 >= percent * count]
    assert quality.percentile(values, percent) == min(enough)


def test_documents_without_a_file_are_not_digitised(office, letter):
    letter("1")
    letter("2", scanned=False)
    letter("3")
    found = measured()[office.units["tinh"]]
    assert (found.registered, found.digitised, found.scanned) == (3, 2, 2)


def test_the_same_paper_registered_twice_is_a_double_sending(office, letter):
    letter("7")
    letter("7", confirm=True)
    letter("8")
    letter("7", confirm=True, document_date=date(2026, 11, 19))
    assert measured()[office.units["tinh"]].repeated == 1


def test_a_delivery_of_what_was_registered_from_paper_is_a_double_sending(office, be, issued, pdf):
    draft = issued([{"unit": office.units["tinh"]}])
    with be("vanthu"):
        paper = operations.register_incoming(
            office.units["tinh"],
            [pdf()],
            confirm=True,
            title="V/v trả lời",
            type="party.cong-van",
            issuer="Ban Tổ chức Tỉnh uỷ",
            number_symbol=draft.number_symbol,
            document_date=TODAY,
        )
        operations.accept_delivery(trays.tray("to_receive").rows[0].id, existing=paper.UID())
    found = measured()[office.units["tinh"]]
    assert (found.attached, found.repeated, found.double) == (1, 0, 1)


def test_a_document_is_issued_electronically_when_somebody_gets_it_over_the_network(office, be, issued):
    units = office.units
    issued([{"unit": units["tinh"]}, {"unit": units["xa"], "channel": "both"}, {"name": "Bưu điện tỉnh"}])
    issued([{"unit": units["tinh"], "channel": "paper"}])
    after_fault = issued([{"unit": units["xa2"]}])
    with be("vanthu.tc"):
        operations.send_on_paper(history.deliveries_of(after_fault.UID())[0]["id"], "Máy hỏng")
    found = measured()[units["tochuc"]]
    assert (found.issued, found.electronic) == (3, 1)
    assert (found.sent, found.with_paper, found.after_fault) == (4, 1, 1)
    assert found.electronic_share == pytest.approx(100 / 3)
    assert found.paper_share == 50


def test_a_signed_pdf_is_known_by_its_signature_dictionary(office, issued):
    to = [{"unit": office.units["tinh"]}]
    signature = b"4 0 obj\n<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>\nendobj\n"
    issued(to, files.stage(BytesIO(A_PDF.replace(b"trailer", signature + b"trailer")), "Ký số.pdf"))
    issued(to)
    found = measured()[office.units["tochuc"]]
    assert (found.signed, found.signature_known, found.signed_share) == (1, 2, 50)


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_signature_is_found_wherever_the_stream_is_cut(cut):
    class Slow(BytesIO):
        def read(self, size: int = -1) -> bytes:
            return super().read(min(size, cut) if self.tell() > 8 else 9)

    assert files.stage(Slow(b"%PDF-1.7\n<</ByteRange[0 1]>>"), "a.pdf").signed is True
    assert files.stage(Slow(b"%PDF-1.7\n<</ByteRang /e[0 1]>>"), "a.pdf").signed is False


def test_where_nobody_looked_for_signatures_nothing_is_said(office, issued, monkeypatch):
    monkeypatch.setattr("party.operations.documents.operations.issuing._is_signed", lambda kept: None)
    issued([{"unit": office.units["tinh"]}])
    found = measured()[office.units["tochuc"]]
    assert (found.issued, found.signature_known, found.signed_share) == (1, 0, None)


def test_what_is_due_is_on_time_until_the_end_of_its_day(office, be, letter, time):
    due = {name: letter(name, deadline=TODAY + timedelta(days=1)) for name in ("1", "2", "3", "4", "5")}
    letter("6", deadline=TODAY + timedelta(days=20))
    with be("vanthu"):
        operations.finish_incoming(due["1"])
        time.advance(days=1, hours=14, minutes=59)  # 23:59 of the day of the deadline
        operations.finish_incoming(due["2"])
        operations.finish_incoming(due["5"])
        time.advance(minutes=1)
        operations.finish_incoming(due["3"])
        operations.reopen_incoming(due["5"], "Làm lại")
    found = measured()[office.units["tinh"]]
    assert (found.due, found.on_time, found.overdue) == (5, 2, 3)
    assert found.on_time_share == 40
    time.advance(days=30)
    with be("vanthu"):
        operations.finish_incoming(due["4"])
        operations.reopen_incoming(due["1"], "Xem lại")
    again = measured()[office.units["tinh"]]
    assert (again.due, again.on_time) == (5, 2), "a report made again is the same"


def test_the_deadline_of_today_is_not_yet_judged(office, letter, time):
    letter("1", deadline=TODAY)
    assert measured()[office.units["tinh"]].due == 0
    time.advance(days=1)
    assert measured()[office.units["tinh"]].due == 1


def test_times_run_from_arrival_to_the_first_passing_on_and_to_the_end(office, be, letter, time):
    passed, other, answered = letter("1"), letter("2"), letter("3")
    time.advance(hours=2)
    with be("vanthu"):
        operations.transfer(passed, [Addressee(person=office.people["lanhdao"])])
        time.advance(hours=3)
        operations.transfer(other, [Addressee(person=office.people["lanhdao"])])
        operations.transfer(passed, [Addressee(person=office.people["chanhvp"])])
    with be("lanhdao"):
        time.advance(hours=1)
        slip = next(each for each in trays.tray("to_direct").rows if each.document == other)
        operations.complete_slip(slip.id, "Xong")
    with be("vanthu"):
        time.advance(hours=4)
        operations.finish_incoming(answered)
        operations.file_incoming(answered)
    found = measured()[office.units["tinh"]]
    assert sorted(found.first_action) == [2, 5]
    assert sorted(found.done) == [6, 10]


def test_what_came_inside_the_system_arrived_when_it_was_sent(office, be, issued, time):
    issued([{"unit": office.units["xa"]}])
    time.advance(hours=5)
    with be("vanthu.xa"):
        received = operations.accept_delivery(trays.tray("to_receive").rows[0].id)
        time.advance(hours=1)
        operations.finish_incoming(received.UID())
    found = measured()[office.units["xa"]]
    assert found.done == [6]
    assert (found.registered, found.digitised, found.scanned) == (1, 1, 0)


def test_each_figure_belongs_to_its_days(office, be, letter, time):
    uid = letter("1", deadline=TODAY + timedelta(days=7))
    time.advance(days=7)
    with be("vanthu"):
        operations.transfer(uid, [Addressee(person=office.people["lanhdao"])])
        operations.finish_incoming(uid)
    time.advance(days=7)
    next_week = Period(WEEK.until, WEEK.until + timedelta(days=7))
    first, second = measured()[office.units["tinh"]], measured(next_week)[office.units["tinh"]]
    assert (first.registered, first.due, first.first_action, first.done) == (1, 0, [], [])
    assert (second.registered, second.due, second.on_time) == (0, 1, 1)
    assert second.first_action == second.done == [168]


def test_what_is_classified_is_in_no_figure(office, be, letter):
    letter("8")
    clearances.clear(office, "vanthu", "secret")
    before = measured()
    with be("vanthu"):
        operations.register_incoming(
            office.units["tinh"],
            [],
            level="secret",
            basis="Điểm a",
            title="Tài liệu mật",
            type="party.cong-van",
            issuer="Văn phòng Trung ương Đảng",
            number_symbol="9-CV/VPTW",
            document_date=date(2026, 11, 20),
            pages=1,
        )
    assert measured() == before


def test_lines_are_added_and_the_total_is_that_of_all(office, letter):
    letter("1")
    units = structure.Units()
    by_unit = measured()
    one_line = quality.measured([structure.Piece(WEEK, dict.fromkeys(units.rows, "line"))])["line"]
    assert one_line == quality.total(by_unit.values())
    assert one_line.registered == 1
    # a unit that is in no line of the report is not counted in any
    assert (
        quality.measured([structure.Piece(WEEK, {office.units["xa"]: "line"})]).get("line", Figures()).registered == 0
    )


def test_midnight_in_vietnam_parts_the_days(time):
    assert clock.local(quality_rows.midnight(TODAY)).isoformat() == "2026-11-24T00:00:00+07:00"
