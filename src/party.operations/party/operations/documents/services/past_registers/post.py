"""POST /@past-registers: take the sheet of an old register, its files, its columns; check it; bring it in."""

from typing import Any

from party.operations.documents import files
from party.operations.documents.past import operations
from party.operations.documents.services.past_registers import get
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.bodies import file_of
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def take(call: Call) -> dict[str, Any]:
    """Take the sheet of an old register (CSV or XLSX) and guess its columns; nothing is brought in yet."""
    stream, name = file_of(call.request)
    unit, direction = unit_uid(call.query["unit"]), call.query["direction"]
    found = operations.take_past_register(unit, direction, stream, name, register=call.query.get("register", ""))
    return get.plain(found)


def add(call: Call) -> dict[str, Any]:
    """Put files and ZIP archives beside the sheet; each is the token of an answer of `POST /@uploads`."""
    operations.add_past_files(call.path["id"], [files.staged(each) for each in call.body["files"]])
    return get.one(call)


def check(call: Call) -> dict[str, Any]:
    """Check every line and match the files; nothing is brought in."""
    operations.check_past_register(call.path["id"], call.body.get("columns"), call.body.get("year"))
    return get.one(call)


def begin(call: Call) -> dict[str, Any]:
    """Let the worker bring in the lines that can be taken, or go on with it."""
    operations.begin_past_register(call.path["id"])
    return get.one(call)


class Post(Service):
    """Changes imports."""

    endpoints = (
        Endpoint(
            "",
            take,
            get.IMPORT,
            query=shapes.record(
                required=("unit", "direction"), unit=UNIT, direction=get.DIRECTION, register=shapes.text()
            ),
            makes=True,
            takes="application/octet-stream",
        ),
        Endpoint(
            "{id}/files", add, get.IMPORT, shapes.record(required=("files",), files=shapes.many(shapes.text(), least=1))
        ),
        Endpoint(
            "{id}/check",
            check,
            get.IMPORT,
            shapes.record(
                columns=shapes.mapping(shapes.text(), "The column that each heading means."),
                year=shapes.or_null(shapes.whole(least=1900)),
            ),
        ),
        Endpoint("{id}/begin", begin, get.IMPORT),
    )
