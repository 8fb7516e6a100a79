"""POST /@mergers: plan a merger, add to the plan, start it, go on with it, take it back."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.merging import plan as plans
from party.operations.organization.services.mergers import get
from party.operations.organization.services.mergers.shapes import NEW_UNIT
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import SCHEMES
from party.operations.rest import shapes
from party.operations.rest.bodies import file_of
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_REFERENCE = shapes.text("A unit by uid or by any of its codes, or `new:<id>` for one that the plan makes.")


def begin(call: Call) -> dict[str, Any]:
    """Begin a plan (lập phương án sáp nhập)."""
    unit = call.body.pop("unit", "")
    return get.facts(operations.plan_merger(unit=unit_uid(unit) if unit else "", **call.body))


def add_line(call: Call) -> dict[str, Any]:
    """A unit closes and another one takes over (đơn vị sáp nhập, đơn vị kế thừa)."""
    merger = call.path["merger"]
    old, successor = (_reference(merger, call.body.pop(name)) for name in ("old", "successor"))
    operations.add_merger_line(merger, old, successor, **call.body)
    return get.facts(merger)


def add_unit(call: Call) -> dict[str, Any]:
    """A unit that the plan is to make; its reference stands in the answer (đơn vị mới sẽ lập)."""
    merger, parent = call.path["merger"], call.body.pop("parent", "")
    operations.add_merger_unit(merger, parent=unit_uid(parent) if parent else "", **call.body)
    return get.facts(merger)


def add_code(call: Call) -> dict[str, Any]:
    """A code or a symbol that a successor has from the day on (mã, ký hiệu mới)."""
    merger = call.path["merger"]
    operations.add_merger_code(merger, _reference(merger, call.body.pop("unit")), **call.body)
    return get.facts(merger)


def move_person(call: Call) -> dict[str, Any]:
    """A person gets a post in a successor, and perhaps a new login (cán bộ chuyển sang)."""
    merger, body = call.path["merger"], call.body
    operations.move_person(
        merger, body.pop("person"), _reference(merger, body.pop("unit")), body.pop("function"), **body
    )
    return get.facts(merger)


def move_everybody(call: Call) -> dict[str, Any]:
    """Everybody else in units that close gets the same post in the successor (chuyển tất cả cán bộ còn lại)."""
    operations.move_everybody(call.path["merger"], call.body.get("kept_until"))
    return get.facts(call.path["merger"])


def bring_in(call: Call) -> dict[str, Any]:
    """Add what a CSV or XLSX file of units or people says (nhập phương án từ tệp)."""
    operations.import_merger(call.path["merger"], *file_of(call.request))
    return get.facts(call.path["merger"])


def start(call: Call) -> dict[str, Any]:
    """Start a plan without problems: what has a date is written now, the rest on the day (thực hiện phương án)."""
    operations.start_merger(call.path["merger"])
    return get.progress(call)


def go_on(call: Call) -> dict[str, Any]:
    """Let the worker go on at once with the step at which it failed (tiếp tục thực hiện)."""
    operations.continue_merger(call.path["merger"])
    return get.progress(call)


def undo(call: Call) -> dict[str, Any]:
    """Take back all that was prepared, until the day before the merger (huỷ thực hiện)."""
    operations.undo_merger(call.path["merger"])
    return get.facts(call.path["merger"])


def _reference(merger: str, text: str) -> str:
    return text if text in plans.find(merger).new_units else unit_uid(text)


class Post(Service):
    """Plans mergers and does them."""

    endpoints = (
        Endpoint(
            "",
            begin,
            get.MERGER,
            shapes.record(
                required=("name", "on_day"),
                name=shapes.text(longest=200),
                on_day=shapes.day(),
                unit=UNIT,
                basis=shapes.text(),
            ),
            makes=True,
        ),
        Endpoint(
            "{merger}/lines",
            add_line,
            get.MERGER,
            shapes.record(
                required=("old", "successor"),
                old=UNIT,
                successor=_REFERENCE,
                below=shapes.text("What becomes of the units below.", among=("move", "close")),
            ),
        ),
        Endpoint(
            "{merger}/units",
            add_unit,
            get.MERGER,
            NEW_UNIT,
        ),
        Endpoint(
            "{merger}/codes",
            add_code,
            get.MERGER,
            shapes.record(
                required=("unit", "kind", "value"),
                unit=_REFERENCE,
                kind=shapes.text(among=("code", "symbol")),
                value=shapes.text(longest=100),
                scheme=shapes.text("Found out from the code when left out.", among=tuple(SCHEMES)),
                primary=shapes.flag(),
            ),
        ),
        Endpoint(
            "{merger}/people",
            move_person,
            get.MERGER,
            shapes.record(
                required=("person", "unit", "function"),
                person=shapes.text(),
                unit=_REFERENCE,
                function=shapes.text(among=tuple(FUNCTIONS)),
                title=shapes.text(longest=200),
                kept_until=shapes.day("First day on which the old post and the old login are over."),
                login=shapes.text("The new login."),
                post=shapes.whole("The post that ends; all in units that close when left out."),
            ),
        ),
        Endpoint("{merger}/people/everybody", move_everybody, get.MERGER, shapes.record(kept_until=shapes.day())),
        Endpoint("{merger}/import", bring_in, get.MERGER, takes="application/octet-stream"),
        Endpoint("{merger}/start", start, get.PROGRESS),
        Endpoint("{merger}/continue", go_on, get.PROGRESS),
        Endpoint("{merger}/undo", undo, get.MERGER),
    )
