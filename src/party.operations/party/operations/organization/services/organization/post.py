"""POST /@organization/import: units and people from a CSV or XLSX file (nhập đơn vị, cán bộ từ tệp)."""

from typing import Any

from party.operations.ledger.errors import require
from party.operations.organization import operations
from party.operations.organization import rules
from party.operations.organization.importing.report import OUTCOMES
from party.operations.rest import shapes
from party.operations.rest.bodies import file_of
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


REPORT = shapes.record(
    "ImportReport",
    required=("applied", "counts", "lines"),
    applied=shapes.flag("Was it done? A file with an error in any line changes nothing."),
    counts=shapes.record(**dict.fromkeys(OUTCOMES, shapes.whole())),
    lines=shapes.many(
        shapes.record(
            sheet=shapes.text(),
            line=shapes.text(),
            kind=shapes.text(),
            subject=shapes.text(),
            outcome=shapes.text(among=tuple(OUTCOMES)),
            label=shapes.text(),
            detail=shapes.text("What is wrong with the line, or what it changes."),
            login=shapes.text(),
            password=shapes.text("Of an account that was made; it is shown only here."),
        )
    ),
)


def bring_in(call: Call) -> dict[str, Any]:
    """Check a CSV or XLSX file of units or people line by line, and do what it says unless it is a dry run."""
    require(rules.may_administer_some())
    stream, name = file_of(call.request)
    report = operations.import_organization(stream, name, dry_run=call.query.get("dry_run", True))
    return {"applied": report.applied, "counts": report.counts, "lines": report.rows()}


class Post(Service):
    """Brings files in."""

    endpoints = (
        Endpoint(
            "import",
            bring_in,
            REPORT,
            query=shapes.record(dry_run=shapes.flag("Only look; true when left out.")),
            takes="application/octet-stream",
        ),
    )
