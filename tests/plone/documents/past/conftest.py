"""Old registers made by hand: sheets, archives, and the way from a file to documents."""

import csv
import io
import zipfile
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from zope.component.hooks import getSite

from party.operations.documents import files
from party.operations.documents.files import Upload
from party.operations.documents.past import jobs
from party.operations.documents.past import operations
from party.operations.documents.past import store
from party.operations.documents.past.store import Import
from party.operations.documents.past.store import Line
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import Be


INCOMING = ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung", "Ghi chú")
OUTGOING = ("Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung", "Người ký", "Nơi nhận", "Ghi chú")

Row = Sequence[Any]


def sheet(headings: Row, *rows: Row, delimiter: str = ",") -> BytesIO:
    """A CSV as Excel writes it."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerows([headings, *rows])
    return BytesIO(target.getvalue().encode("utf-8-sig"))


def workbook(*rows: Row, name: str = "Sổ đến") -> BytesIO:
    """An XLSX whose rows are as given; dates are dates."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    target.seek(0)
    return target


def archive(members: "dict[str, bytes] | Iterable[str]") -> BytesIO:
    """A ZIP of small PDFs, or of what is given."""
    found = members if isinstance(members, dict) else dict.fromkeys(members, A_PDF)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in found.items():
            packed.writestr(name, content)
    target.seek(0)
    return target


def staged(stream: BytesIO, name: str = "tep.zip") -> Upload:
    return files.stage(stream, name)


@pytest.fixture
def take(office: Office, be: Be) -> Callable[..., Import]:
    """``take(stream)`` takes and checks the old register of the province as its clerk does."""

    def taking(
        stream: BytesIO,
        *uploads: Upload,
        direction: str = "incoming",
        who: str = "vanthu",
        unit: str = "tinh",
        name: str = "so.csv",
        **how: Any,
    ) -> Import:
        with be(who):
            taken = operations.take_past_register(office.units[unit], direction, stream, name, list(uploads))
            return operations.check_past_register(taken.id, **how)

    return taking


def bring_in(found: Import) -> None:
    """All batches, one after the other, as the worker does them in the turn of the test."""
    operations.begin_past_register(found.id)
    while store.get(found.id).state == "running":
        jobs.bring_in(getSite(), {"import": found.id, "size": 25})


def lines(found: Import) -> dict[int, Line]:
    """The lines of an import by their row."""
    return {line.row: line for line in store.lines(store.get(found.id))}


def said(line: Line) -> str:
    """All that is told of a line, as ids of messages."""
    return " ".join(each["id"] for each in line.notes)
