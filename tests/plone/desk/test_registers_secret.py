"""The registers with classified documents: for who is cleared alone, in no key of a page, and written down when they go out."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pypdfium2
import pytest
import sqlalchemy as sa

from party.operations.confidentiality import audit
from party.operations.documents import files
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import register_columns
from party.operations.documents import register_print
from party.operations.documents import register_sheet
from party.operations.documents.register_filters import SORTS
from party.operations.documents.register_filters import Wanted
from party.operations.documents.tables import incoming
from party.operations.documents.tables import SORTED_BY
from party.operations.ledger import turn
from party.operations.text.collation import sort_key
from tests.clearances import clear
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER


WORD = "zqxbiểuđồ"


@pytest.fixture
def secret(office: Office, be: Be, pdf: Callable[..., files.Upload]) -> Any:
    """A secret letter between two open ones; the clerk is cleared, the head of office is not."""
    clear(office, "vanthu", "secret")
    with be("vanthu"):
        made = [
            operations.register_incoming(
                office.units["tinh"],
                [pdf()],
                confirm=True,
                **{**LETTER, "title": title, "number_symbol": f"{at}-CV/TU", "issuer": title},
                **({"level": "secret", "basis": "Danh mục, điểm 1"} if title == WORD else {}),
            )
            for at, title in enumerate(("V/v an ninh", WORD, "V/v đại hội"))
        ]
    return made[1]


def out(office: Office) -> str:
    """All that goes out in a sheet and in a print."""
    unit, columns = office.units["tinh"], register_columns.COLUMNS["incoming"]
    sheet = openpyxl.load_workbook(BytesIO(register_sheet.exported("incoming", unit, Wanted(), columns))).active
    text = " ".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row)
    document = pypdfium2.PdfDocument(register_print.printed("incoming", unit, Wanted()))
    text += " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_it_goes_out_for_who_is_cleared_alone_and_that_is_written_down(office: Office, be: Be, secret: Any) -> None:
    with be("chanhvp"):
        assert WORD not in out(office)
    before = len(recorded(secret.UID()))
    with be("vanthu"):
        assert WORD in out(office)
    assert recorded(secret.UID())[before:] == ["export", "print"]


def recorded(uid: str) -> list[str]:
    with audit.database().reader.connect() as connection:
        query = "SELECT action FROM records WHERE objects LIKE ? AND action IN ('export', 'print') ORDER BY rowid"
        return [row[0] for row in connection.exec_driver_sql(query, (f"%{uid}%",))]


@pytest.mark.parametrize("sort", SORTS["incoming"])
@pytest.mark.parametrize("growing", [True, False])
def test_sorting_tells_nothing_of_it_in_the_clear(
    office: Office, be: Be, secret: Any, sort: str, growing: bool
) -> None:
    wanted, unit = Wanted(sort=sort, growing=growing), office.units["tinh"]
    with be("vanthu"):
        seen, page = [], lists.register_page("incoming", unit, wanted, size=1)
        while True:
            seen += [each.title for each in page.rows]
            if page.following is None:
                break
            page = lists.register_page("incoming", unit, wanted, page.following, size=1)
    assert sorted(seen) == sorted(["V/v an ninh", WORD, "V/v đại hội"])
    columns = [incoming.c[name] for name in sorted(SORTED_BY)]
    (row,) = turn.rows(sa.select(*columns).where(incoming.c.uid == secret.UID()))
    assert set(row) == {"•"}
    assert sort_key(WORD) not in str(row)


def test_its_title_stands_in_no_key_of_a_page(office: Office, be: Be, secret: Any) -> None:
    with be("vanthu"):
        page = lists.register_page("incoming", office.units["tinh"], Wanted(sort="title"), size=1)
    assert page.rows[0].title == WORD
    following = page.following or ""
    assert following.partition("_")[0] == "~4oCi"
