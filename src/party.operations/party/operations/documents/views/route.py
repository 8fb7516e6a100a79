"""The route of a document (diễn biến xử lý): who passed it to whom, with times, directives and results."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from typing import Any

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.documents import history
from party.operations.documents.recipients import Addressee
from party.operations.documents.rules import OPEN_SLIPS
from party.operations.documents.views.journal import Entry
from party.operations.documents.views.people import key_of
from party.operations.documents.views.people import Name
from party.operations.documents.views.people import names_of
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


#: events that the slips tell better, or that are no step of the route
_NOT_ON_ROUTE = (
    "transfer",
    "start_slip",
    "complete_slip",
    "return_slip",
    "recall_slip",
    "comment",
    "change_incoming",
    "change_draft",
    "escalate_delivery",
    "delivery_accepted",
    "delivery_refused",
    "send_on_paper",
)


@dataclass(frozen=True)
class Stop:
    """One recipient of one passing on."""

    slip: dict[str, Any]
    name: Name
    #: what the person who looks may do with it: start, complete, return, recall
    may: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Is it still in hand?"""
        return self.slip["state"] in OPEN_SLIPS


@dataclass
class Leg:
    """One passing on to one or many at once."""

    at: datetime
    sender: str
    sender_unit: str
    directive: str
    deadline: date | None
    stops: list[Stop] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Is it still in somebody's hands?"""
        return any(each.is_open for each in self.stops)


def route_of(uid: str, events: list[Entry]) -> list[Entry | Leg]:
    """The route from arrival on, oldest first: the passings on between the other events."""
    steps: list[Entry | Leg] = [each for each in events if each.operation not in _NOT_ON_ROUTE]
    steps += _legs(history.slips_of(uid))
    return sorted(steps, key=lambda each: each.at)


def unread(route: list[Entry | Leg]) -> list[int]:
    """Slips addressed to the person who looks that are read by looking at the page."""
    held = actor.held()
    return [
        stop.slip["id"]
        for leg in route
        if isinstance(leg, Leg)
        for stop in leg.stops
        if stop.slip["state"] == "sent" and stop.slip["token"] in held
    ]


def _legs(slips: list[dict[str, Any]]) -> list[Leg]:
    addressees = {slip["id"]: _addressee(slip) for slip in slips}
    names = names_of(addressees.values())
    standings = principals.standings(actor.current())
    serving = {each.unit for each in standings if each.function in REGISTRY_FUNCTIONS}
    legs: dict[str, Leg] = {}
    for slip in slips:
        leg = legs.setdefault(
            slip["batch"],
            Leg(
                slip["sent_at"], slip["from_person_name"], slip["from_unit_title"], slip["directive"], slip["deadline"]
            ),
        )
        leg.deadline = leg.deadline or slip["deadline"]
        leg.stops.append(Stop(slip, names[key_of(addressees[slip["id"]])], _may(slip, serving)))
    return list(legs.values())


def _addressee(slip: dict[str, Any]) -> Addressee:
    return Addressee(slip["to_person"], slip["to_unit"], slip["to_function"], slip["capacity"])


def _may(slip: dict[str, Any], serving: set[str]) -> tuple[str, ...]:
    """What the operations on slips would let the person who looks do with this one."""
    found = []
    if slip["token"] in actor.held():
        if slip["state"] in ("sent", "read"):
            found.append("start")
        if slip["state"] in OPEN_SLIPS:
            found += ["complete", "return"]
    if slip["state"] == "sent" and (slip["from_person"] == actor.current() or slip["from_unit"] in serving):
        found.append("recall")
    return tuple(found)
