"""The lines of a register (dòng sổ): read and answered alike for both directions."""

from collections.abc import Callable
from typing import Any

from party.operations.documents import lists
from party.operations.documents.services import facts
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.shapes import Shape


def answer(call: Call, read: Callable[..., lists.Page], **narrower: str) -> dict[str, Any]:
    """A page of the register that ``read`` reads; ``narrower`` are conditions of this register alone."""
    asked = call.query
    page = read(
        unit_uid(asked["unit"]),
        period=asked.get("period", ""),
        text=asked.get("q", ""),
        after=asked.get("after", ""),
        **narrower,
    )
    return {"items": facts.listed(page.rows), "after": page.following}


def query(period: str, words: str, **narrower: Shape) -> Shape:
    """What may be asked of a register; ``period`` and ``words`` describe two of its parameters."""
    return shapes.record(
        required=("unit",),
        unit=UNIT,
        **narrower,
        period=shapes.text(period),
        q=shapes.text(words),
        after=shapes.text(),
    )
