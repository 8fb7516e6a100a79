"""GET /@secret-registers: the registers of secret documents (sổ đăng ký văn bản mật đi, đến)."""

from typing import Any

from party.operations.documents import lists
from party.operations.documents import secret_registers
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import LINES
from party.operations.ledger import clock
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


WANTED = {
    "unit": UNIT,
    "direction": shapes.text(among=tuple(secret_registers.DIRECTIONS)),
    "year": shapes.whole("This year when left out.", least=1930),
}


def register(call: Call) -> dict[str, Any]:
    """The classified documents of a unit that you may read, newest first; for cleared people who keep its registers."""
    direction, unit, year = wanted(call.query)
    page = lists.secret_register(direction, unit, year, call.query.get("after", ""))
    return {"items": facts.listed(page.rows), "after": page.following}


def wanted(asked: dict[str, Any]) -> tuple[str, str, int]:
    """Direction, unit and year; raises ``Missing`` for who opens no such register, whatever he asks for."""
    secret_registers.units()
    unit = unit_uid(asked["unit"])
    secret_registers.check(unit)
    return asked.get("direction", "incoming"), unit, asked.get("year") or clock.today().year


class Get(Service):
    """Reads the registers."""

    endpoints = (
        Endpoint(
            "",
            register,
            LINES,
            query=shapes.record(required=("unit",), **WANTED, after=shapes.text()),
        ),
    )
