"""An old register becomes documents: filed, readable by who keeps the books, found, and counted nowhere."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import sqlalchemy as sa

from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations as documents
from party.operations.documents import trays
from party.operations.documents.past.store import Import
from party.operations.documents.tables import deliveries
from party.operations.documents.views import journal
from party.operations.finding import search
from party.operations.finding.query import Query
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.tables import tallies
from tests.office import Office
from tests.plone.browsing import said as told
from tests.plone.documents.conftest import Be
from tests.plone.documents.past.conftest import archive
from tests.plone.documents.past.conftest import bring_in
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import lines
from tests.plone.documents.past.conftest import OUTGOING
from tests.plone.documents.past.conftest import sheet
from tests.plone.documents.past.conftest import staged


LETTERS = sheet(
    INCOMING,
    ["02/01/2019", "1", "Văn phòng Trung ương Đảng", "15671-CV/VPTW", "28/12/2018", "Công văn v/v báo cáo năm", ""],
    ["3/1/2019", "15a", "UBND tỉnh Lâm Sơn", "234/UBND-VP", "2/1/2019", "Về việc mời họp", "gấp"],
).getvalue()


def test_an_old_arrival_becomes_a_filed_document(office: Office, be: Be, take: Callable[..., Import]) -> None:
    found = take(BytesIO(LETTERS), staged(archive(["2019/15671-CV_VPTW.pdf", "15a-2019.pdf"])))
    before = turn.scalar(sa.select(sa.func.count()).select_from(tallies))
    with be("vanthu"):
        bring_in(found)
        first, second = (access.readable(line.object) for line in lines(found).values())
        assert (first.title, first.type, first.issuer_unit) == (
            "v/v báo cáo năm",
            "party.cong-van",
            office.units["vptw"],
        )
        assert (first.arrival_date, first.document_date, first.deadline) == (date(2019, 1, 2), date(2018, 12, 28), None)
        assert [each.filename for each in first.files()] == ["15671-CV_VPTW.pdf"]
        assert [each.filename for each in second.files()] == ["15a-2019.pdf"]
        assert items.get(first.UID()).state == "filed"
        (event,) = history.events(first.UID())
        words = {"who": "Nguyễn Thị Mai", "line": "2"}
        sentence = told("${who} brought it in from an old register, line ${line}", **words)
        assert journal.entries([event])[0].sentence == sentence
        rows = lists.incoming_register(office.units["tinh"], period="2019").rows
        assert [(row.arrival_number, row.arrival_letters) for row in rows] == [(15, "a"), (1, "")]
        assert [hit.uid for hit in search.search(Query("15671-CV/VPTW")).hits] == [first.UID()]
    with be("lanhdao"):
        assert access.readable(first.UID()).title == "v/v báo cáo năm"
        assert not any(trays.counts().values())
    assert turn.scalar(sa.select(sa.func.count()).select_from(tallies)) == before


def test_an_old_issue_becomes_an_issued_document_that_was_sent_to_nobody(
    office: Office, be: Be, take: Callable[..., Import]
) -> None:
    found = take(
        sheet(
            OUTGOING,
            ["07-NQ/TU", "5/3/2021", "Nghị quyết về công tác cán bộ", "Lê Minh Đức", "Ban Tổ chức; các huyện uỷ", ""],
            ["5053-CV/TU/nb", "6/3/2021", "Về việc mời họp", "Lê Minh Đức", "Như trên", ""],
        ),
        direction="outgoing",
    )
    with be("vanthu"):
        bring_in(found)
        first, second = (access.readable(line.object) for line in lines(found).values())
        assert (first.number_symbol, first.type, first.issue_date) == ("07-NQ/TU", "party.nghi-quyet", date(2021, 3, 5))
        assert first.signature["name"] == "Lê Minh Đức"
        assert (second.number_symbol, second.suffix) == ("5053-CV/TU/nb", "nb")
        rows = lists.outgoing_register(office.units["tinh"]).rows
        assert {row.number_symbol for row in rows} == {"07-NQ/TU", "5053-CV/TU/nb"}
        assert {row.recipients for row in rows} >= {"Ban Tổ chức; các huyện uỷ"}
        # the running series goes on above what was brought in
        draft = documents.create_draft(office.units["tinh"], title="Nghị quyết mới", type="party.nghi-quyet")
        assert draft is not None
    assert turn.scalar(sa.select(sa.func.count()).select_from(deliveries)) == 0
