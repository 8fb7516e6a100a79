"""What a stack is filled with, each made by a client of its database: the office of the tests, communes, a year's rows."""

import base64
import io
import os
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa
import transaction

from party.operations.ledger import turn
from party.operations.organization import operations as organization
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from tests import office


#: provinces and communes of the country since July 2025
PROVINCES, COMMUNES = 34, 3321
#: bytes of the PDF that is registered
PDF_SIZE = 200 * 1024


def make_office(site: Any) -> dict[str, dict[str, str]]:
    """The office of the tests; returns uids and ids by short names (units, people, registers)."""
    return asdict(office.build())


def make_communes(site: Any, tw: str) -> None:
    """All communes below their provinces, each with a clerk: units by operations, clerks as rows without an account."""
    left = COMMUNES
    for number in range(PROVINCES):
        count = left // (PROVINCES - number)
        left -= count
        with turn.turn():
            province = organization.create_unit(f"Tỉnh uỷ số {number + 1}", "provincial_committee", tw).UID()
            units = [
                organization.create_unit(f"Đảng uỷ xã số {each + 1} tỉnh {number + 1}", "commune", province).UID()
                for each in range(count)
            ]
            _appoint_clerks(units)
        transaction.commit()


def pdf() -> bytes:
    """A PDF of the size of a letter that was scanned, with contents of its own."""
    content = os.urandom(PDF_SIZE)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    )
    file, places = io.BytesIO(), []
    file.write(b"%PDF-1.4\n")
    for number, each in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj%bendobj\n" % (number, each))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    file.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table))
    return file.getvalue()


def encoded_pdf() -> str:
    """Such a PDF as JSON carries it."""
    return base64.b64encode(pdf()).decode()


def _appoint_clerks(units: list[str]) -> None:
    clerks = [
        {
            "id": f"clerk-{uid}",
            "login": f"clerk-{uid}",
            "full_name": "Văn thư xã",
            "sort_key": "van thu xa",
            "folded": "van thu xa",
            "must_change_password": False,
            "active": True,
        }
        for uid in units
    ]
    turn.run(sa.insert(people), clerks)
    since = date(2025, 7, 1)
    held = [{"person": f"clerk-{uid}", "unit": uid, "function": "clerk", "from_day": since} for uid in units]
    turn.run(sa.insert(posts), held)
