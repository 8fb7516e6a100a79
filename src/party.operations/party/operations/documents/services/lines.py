"""The lines of a register (dòng sổ): read and answered alike for both directions."""

from typing import Any

from party.operations.documents import lists
from party.operations.documents.register_filters import SORTS
from party.operations.documents.register_filters import STATES
from party.operations.documents.register_filters import Wanted
from party.operations.documents.services import facts
from party.operations.documents.vocabularies import URGENCIES
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.shapes import Shape


def answer(call: Call, direction: str) -> dict[str, Any]:
    """A page of a register, in the order that is asked for."""
    asked = call.query
    charge = next((f"{kind}:{asked[kind]}" for kind in ("person", "unit_in_charge") if asked.get(kind)), "")
    wanted = Wanted(
        **{name: asked[name] for name in _NARROWER if name in asked},
        text=asked.get("q", ""),
        charge=charge.replace("unit_in_charge:", "unit:"),
    )
    page = lists.register_page(
        direction, unit_uid(asked["unit"]), wanted, asked.get("after", ""), asked.get("before", "")
    )
    return {"items": facts.listed(page.rows), "after": page.following, "before": page.preceding}


def query(direction: str, period: str, words: str, **narrower: Shape) -> Shape:
    """What may be asked of a register; ``period`` and ``words`` describe two of its parameters."""
    return shapes.record(
        required=("unit",),
        unit=UNIT,
        **narrower,
        period=shapes.text(period),
        q=shapes.text(words),
        type=shapes.text("Key of a document type."),
        state=shapes.text(among=tuple(STATES[direction])),
        urgency=shapes.text(among=tuple(URGENCIES)),
        since=shapes.day("First day of arrival or issue."),
        until=shapes.day("Last day of arrival or issue."),
        overdue=shapes.flag("Only what is past its deadline and still to be dealt with."),
        person=shapes.text("Id of a person who has it in hand, or who drafted it."),
        unit_in_charge=shapes.text("uid of a unit that has it in hand, or that drafted it."),
        sort=shapes.text(
            "In Vietnamese order; without it the register's own, newest first.", among=tuple(SORTS[direction])
        ),
        growing=shapes.flag("From the least to the greatest."),
        after=shapes.text("`after` of the page before."),
        before=shapes.text("`before` of the page that follows."),
    )


#: parameters that mean in an address what they mean in the register
_NARROWER = ("register", "period", "type", "state", "urgency", "since", "until", "overdue", "sort", "growing")
