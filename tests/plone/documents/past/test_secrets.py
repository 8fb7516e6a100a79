"""What is classified in an old register: taken where it may be, and else not kept at all."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from party.operations.confidentiality import blinding
from party.operations.documents import access
from party.operations.documents import operations as documents
from party.operations.documents.past import report
from party.operations.documents.past import store
from party.operations.documents.past.store import Import
from party.operations.documents.past.tables import past_lines
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.tables import metadata
from tests.clearances import clear
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.past.conftest import bring_in
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import lines
from tests.plone.documents.past.conftest import said
from tests.plone.documents.past.conftest import sheet


HEADINGS = (*INCOMING, "Độ mật")
WORD = "zqxcâyđa"
LINES = (
    ["02/01/2019", "1", "Sở Nội vụ", "1/SNV", "02/01/2019", "Báo cáo năm", "", ""],
    ["02/01/2019", "2", WORD, "2/SNV", "02/01/2019", WORD, "", "Mật"],
    ["02/01/2019", "3", "Sở Nội vụ", "3/SNV", "02/01/2019", WORD, WORD, "Tuyệt mật"],
    ["02/01/2019", "4", "Sở Nội vụ", "4/SNV", "02/01/2019", f"{WORD} (Mật)", "", ""],
    ["02/01/2019", "5", "Sở Nội vụ", "5/SNV", "02/01/2019", WORD, "", "A"],
    ["02/01/2019", "6", "Sở Nội vụ", "6/SNV", "02/01/2019", WORD, "", "C"],
)


@pytest.fixture
def cleared(office: Office) -> Office:
    clear(office, "vanthu", "secret")
    return office


def opened(found: Import) -> str:
    """All that is kept of the import, opened."""
    return repr([vars(line) for line in store.lines(found)]) + repr(found.facts)


def everything() -> bytes:
    """All rows of the ledger as they lie there."""
    found = [repr(tuple(row)) for table in metadata.sorted_tables for row in turn.rows(sa.select(table))]
    return "\n".join(found).encode()


def test_a_cleared_clerk_brings_in_what_is_secret_sealed(cleared: Office, be: Be, take: Callable[..., Import]) -> None:
    found = take(sheet(HEADINGS, *LINES))
    with be("vanthu"):
        told = lines(found)
        assert [each.outcome for each in told.values()] == ["taken", "taken", "refused", "taken", "refused", "taken"]
        assert "Tuyệt mật" in said(told[4])
        assert "Tuyệt mật" in said(told[6])
        assert told[4].cells == told[6].cells == ()
        bring_in(found)
        told = lines(found)
        secrets = [told[row] for row in (3, 5, 7)]
        assert {items.get(each.object).level for each in secrets} == {"secret"}
        written = {row.object for row in turn.rows(sa.select(past_lines.c.object))}
        assert not written.intersection(each.object for each in secrets)
        assert all(store.line_of(each.object) is not None for each in secrets)
        assert access.readable(told[3].object).reveal("title") == WORD
        ends = access.readable(told[3].object).classification.protected_until
        assert ends.year == 2029
        # the line keeps nothing of what the document holds now
        assert WORD not in opened(store.get(found.id))
    assert WORD.encode() not in everything()
    with be("lanhdao"), pytest.raises(Missing):
        access.readable(told[3].object)


def test_as_above_below_a_secret_is_the_same_secret_and_takes_nothing_of_it_into_the_open(
    cleared: Office, be: Be, take: Callable[..., Import]
) -> None:
    found = take(
        sheet(
            HEADINGS,
            ["02/01/2019", "1", "Sở Nội vụ", "1/SNV", "", WORD, "", "Mật"],
            ["02/01/2019", "2", "Sở Nội vụ", "2/SNV", "", f"{WORD} nữa", "", "nt"],
            ["02/01/2019", "3", "Sở Nội vụ", "3/SNV", "", "nt", "", ""],
            ["02/01/2019", "4", WORD, "4/SNV", "", WORD, "", "Tuyệt mật"],
            ["02/01/2019", "5", "nt", "5/SNV", "", WORD, "", "nt"],
        )
    )
    with be("vanthu"):
        told = lines(found)
        assert [each.level for each in told.values()] == ["secret", "secret", "normal", "normal", "normal"]
        assert [each.outcome for each in told.values()] == ["taken", "taken", "warned", "refused", "refused"]
        assert told[4].plan is not None
        assert WORD not in str(told[4].plan)
        assert told[6].cells == ()


def test_without_a_clearance_the_line_is_refused_and_nothing_of_it_is_kept(
    office: Office, be: Be, take: Callable[..., Import]
) -> None:
    found = take(sheet(HEADINGS, *LINES))
    with be("vanthu"):
        told = lines(found)
        assert [each.outcome for each in told.values()] == ["taken", *["refused"] * 5]
        assert "no clearance" in said(told[3])
        assert WORD not in opened(found)
    assert WORD.encode() not in everything()


def test_on_the_internet_side_nothing_classified_is_taken_kept_or_shown(
    cleared: Office, be: Be, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    found = take(sheet(HEADINGS, *LINES))
    with be("vanthu"):
        told = lines(found)
        assert [each.outcome for each in told.values()] == ["taken", *["refused"] * 5]
        assert "not handled here" in said(told[3])
        assert WORD not in opened(found)
        assert WORD.encode() not in report.sheet(found)
        book = openpyxl.load_workbook(BytesIO(report.sheet(found)))
        assert not any(WORD in str(cell.value) for page in book for row in page for cell in row)
        bring_in(found)
        assert store.counts(found.id)["done"] == 1
    assert WORD.encode() not in everything()


def test_an_import_of_the_internal_network_is_not_there_on_the_other_side(
    cleared: Office, be: Be, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = take(sheet(HEADINGS, *LINES))
    monkeypatch.setenv("PARTY_ZONE", "internet")
    with be("vanthu"):
        assert store.mine() == []
        with pytest.raises(Missing):
            store.get(found.id)


def test_the_report_says_nothing_of_a_classified_line(cleared: Office, be: Be, take: Callable[..., Import]) -> None:
    found = take(sheet(HEADINGS, *LINES))
    with be("vanthu"):
        book = openpyxl.load_workbook(BytesIO(report.sheet(found)))
        assert not any(WORD in str(cell.value) for page in book for row in page for cell in row)


def test_a_document_that_is_classified_later_takes_its_line_with_it(
    cleared: Office, be: Be, take: Callable[..., Import]
) -> None:
    plain: list[Any] = ["02/01/2019", "1", "Sở Nội vụ", "1/SNV", "02/01/2019", WORD, "", ""]
    found = take(sheet(HEADINGS, plain))
    with be("vanthu"):
        bring_in(found)
        (line,) = lines(found).values()
        assert WORD in opened(store.get(found.id))
        documents.raise_level(line.object, "secret", reason="Danh mục bí mật")
    (row,) = turn.rows(sa.select(past_lines.c.sealed, past_lines.c.object))
    assert (row.sealed, row.object) == (b"", blinding.at(line.object, "secret"))
    assert store.line_of(line.object) is not None
    with be("vanthu"):
        assert WORD not in opened(store.get(found.id))
        assert report.sheet(store.get(found.id))
