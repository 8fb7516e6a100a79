"""GET /@clearances: who is trusted with what, and who was on a day."""

from typing import Any

from party.operations import _
from party.operations.confidentiality import clearances
from party.operations.ledger.errors import Missing
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.rest.writing import address
from party.operations.security import register
from party.operations.security import rules


KIND = shapes.text("A level, or an office of trust.", among=tuple(clearances.LABELS))
CLEARANCE = shapes.record(
    "Clearance",
    required=("@id", "id", "person", "kind", "from_day", "until_day", "standing"),
    **{
        "@id": shapes.text(),
        "id": shapes.text(),
        "person": shapes.text("Id of the person."),
        "full_name": shapes.text(),
        "kind": KIND,
        "from_day": shapes.day("First day."),
        "until_day": shapes.or_null(shapes.day("First day on which it no longer holds.")),
        "basis": shapes.text("The decision that it rests on."),
        "standing": shapes.text("How it stands today.", among=tuple(register.STANDINGS)),
        "proposed_by": shapes.text(),
        "proposed_at": shapes.instant(),
        "confirmed_by": shapes.or_null(shapes.text()),
        "confirmed_at": shapes.or_null(shapes.instant()),
        "revoked_by": shapes.or_null(shapes.text("Who refused or revoked it.")),
        "revoked_at": shapes.or_null(shapes.instant()),
        "reason": shapes.text("Why it was refused or revoked."),
    },
)
LIST = shapes.record("ClearanceList", required=("items",), items=shapes.many(CLEARANCE))

_COLUMNS = (
    "id",
    "person",
    "kind",
    "from_day",
    "until_day",
    "basis",
    "proposed_by",
    "proposed_at",
    "confirmed_by",
    "confirmed_at",
    "revoked_by",
    "revoked_at",
    "reason",
)


def listing(call: Call) -> dict[str, Any]:
    """The register of people trusted with secrets, for security officers."""
    rules.show_officer()
    found = register.search(register.entries(call.query.get("person", "")), call.query.get("q", ""))
    if "day" in call.query:
        found = register.held_on(found, call.query["day"])
    if "list" in call.query:
        found = [each for each in found if register.belongs(each, call.query["list"])]
    return {"items": [_facts(each) for each in found]}


def one(call: Call) -> dict[str, Any]:
    """One entry of the register, for security officers."""
    rules.show_officer()
    return facts(call.path["id"])


def facts(id_: str) -> dict[str, Any]:
    """One entry as services show it; raises ``Missing``."""
    row = clearances.find(id_)
    if row is None:
        raise Missing(_("There is no such entry in the register."))
    return next(_facts(each) for each in register.entries(row.person) if each.row.id == id_)


def _facts(entry: register.Entry) -> dict[str, Any]:
    row = entry.row
    return {
        "@id": address("@clearances", row.id),
        **{name: row._mapping[name] for name in _COLUMNS},
        "full_name": entry.name,
        "standing": entry.standing,
    }


class Get(Service):
    """Reads the register."""

    endpoints = (
        Endpoint(
            "",
            listing,
            LIST,
            query=shapes.record(
                q=shapes.text("Part of the name or the login, without accents too."),
                person=shapes.text("Id of a person."),
                list=shapes.text("One of the lists of the page.", among=tuple(register.LISTS)),
                day=shapes.day("Only what held on this day."),
            ),
        ),
        Endpoint("{id}", one, CLEARANCE),
    )
