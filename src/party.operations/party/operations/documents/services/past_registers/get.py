"""GET /@past-registers: imports of old registers (nhập sổ cũ), how far they are, and what becomes of each line."""

from typing import Any

from party.operations.documents.past import columns
from party.operations.documents.past import report
from party.operations.documents.past import store
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.rest.writing import address


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: lines in one answer
_PAGE = 200

DIRECTION = shapes.text(among=tuple(columns.COLUMNS))
IMPORT = shapes.record(
    "PastRegister",
    "An old register that is brought in. Who began it sees it, and the administrators of its unit.",
    required=("@id", "id", "unit", "direction", "state", "counts"),
    **{
        "@id": shapes.text(),
        "id": shapes.text(),
        "unit": shapes.text(),
        "direction": DIRECTION,
        "register": shapes.text("The arrival book it goes into."),
        "filename": shapes.text(),
        "state": shapes.text(among=tuple(store.STATES)),
        "columns": shapes.mapping(shapes.text(), "The column that each heading means, empty for one that is left out."),
        "year": shapes.or_null(shapes.whole("Of dates that are written without one.")),
        "counts": shapes.record(**dict.fromkeys((*store.OUTCOMES, *store.DONE), shapes.whole())),
        "loose_files": shapes.many(
            shapes.record(name=shapes.text(), why=shapes.text()), "Files that belong to no line, and why."
        ),
        "continues": shapes.many(shapes.text(), "With which number the running series go on."),
    },
)
LIST = shapes.record("PastRegisterList", required=("items",), items=shapes.many(IMPORT))
LINES = shapes.record(
    "PastRegisterLines",
    required=("items", "after"),
    items=shapes.many(
        shapes.record(
            "PastRegisterLine",
            place=shapes.text("Sheet and row."),
            outcome=shapes.text(among=(*store.OUTCOMES, *store.DONE)),
            label=shapes.text(),
            detail=shapes.text("What is to be known of it, or why it is not taken."),
            files=shapes.many(shapes.text()),
            address=shapes.text("The document it became."),
        )
    ),
    after=shapes.or_null(shapes.whole("Ask for the lines after this one.")),
)


def mine(call: Call) -> dict[str, Any]:
    """Your imports of old registers, newest first."""
    return {"items": [plain(each) for each in store.mine()]}


def one(call: Call) -> dict[str, Any]:
    """One import: its columns, and how far it is."""
    return plain(store.get(call.path["id"]))


def lines(call: Call) -> dict[str, Any]:
    """What becomes of each line, 200 at a time; what is classified is not shown."""
    found = store.get(call.path["id"])
    page = store.lines(found, after=call.query.get("after", 0), limit=_PAGE + 1)
    told = [report.told(each, 0) for each in page[:_PAGE]]
    names = ("place", "outcome", "label", "detail", "address")
    items = [{**{name: getattr(each, name) for name in names}, "files": list(each.files)} for each in told]
    return {"items": items, "after": page[_PAGE - 1].number if len(page) > _PAGE else None}


def sheet(call: Call) -> bytes:
    """The report as XLSX: what becomes of each line, beside the columns as they came."""
    found = store.get(call.path["id"])
    response = call.request.response
    response.setHeader("Content-Type", XLSX)
    response.setHeader("Content-Disposition", 'attachment; filename="ket-qua.xlsx"')
    return report.sheet(found)


def plain(found: store.Import) -> dict[str, Any]:
    """One import as JSON."""
    return {
        "@id": address("@past-registers", found.id),
        "id": found.id,
        "unit": found.unit,
        "direction": found.direction,
        "register": found.register,
        "filename": found.facts["filename"],
        "state": found.state,
        "columns": found.facts["mapping"],
        "year": found.facts.get("year"),
        "counts": store.counts(found.id),
        "loose_files": [{"name": name, "why": why} for name, why in report.loose_files(found)],
        "continues": report.continues(found),
    }


class Get(Service):
    """Reads imports."""

    endpoints = (
        Endpoint("", mine, LIST),
        Endpoint("{id}", one, IMPORT),
        Endpoint("{id}/lines", lines, LINES, query=shapes.record(after=shapes.whole(least=0))),
        Endpoint("{id}/report", sheet, shapes.anything(), media_type=XLSX),
    )
