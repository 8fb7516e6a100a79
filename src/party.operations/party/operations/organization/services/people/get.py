"""GET /@people: search people, look one up."""

from typing import Any

from party.operations.confidentiality import actor
from party.operations.organization import lookup
from party.operations.organization.services import facts
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


#: posts looked at for one answer
LIMIT = 100

LIST = shapes.record("PersonList", required=("items",), items=shapes.many(facts.BRIEF_PERSON))


def search(call: Call) -> dict[str, Any]:
    """People with a post today, by given name."""
    within = call.query.get("within", "")
    rows = lookup.search_people(call.query.get("q", ""), organs=(unit_uid(within),) if within else (), limit=LIMIT)
    return {"items": facts.people(rows)}


def one(call: Call) -> dict[str, Any]:
    """A person with the posts held today; `me` is who asks."""
    wanted = call.path["person"]
    return facts.person(actor.current() if wanted == "me" else wanted)


class Get(Service):
    """Reads people."""

    endpoints = (
        Endpoint(
            "", search, LIST, query=shapes.record(q=shapes.text("Part of the name, without accents too."), within=UNIT)
        ),
        Endpoint("{person}", one, facts.PERSON),
    )
