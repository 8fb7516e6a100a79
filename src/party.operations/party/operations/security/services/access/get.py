"""GET /@access/<uid>: who can see an object and why, and why somebody cannot."""

from typing import Any

from party.operations.confidentiality import levels
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.security import access


_LEVEL = shapes.text(among=tuple(levels.LEVELS))
ANSWER = shapes.record(
    "AccessAnswer",
    required=("person", "can", "failing", "grounds"),
    person=shapes.text("Id of the person."),
    full_name=shapes.text(),
    can=shapes.flag("Nothing stands in the way."),
    failing=shapes.text("The first condition that fails, empty when none does.", among=("", *access.FAILING)),
    reason=shapes.text("The same as a sentence."),
    clearance=_LEVEL,
    grounds=shapes.many(
        shapes.record(
            cause=shapes.text("Why the right was given."),
            says=shapes.text("The same in words."),
            by=shapes.text("The post, delegation or succession by which the person has it."),
            from_day=shapes.day(),
            until_day=shapes.or_null(shapes.day()),
        )
    ),
)
EXPLAINED = shapes.record(
    "AccessExplained",
    required=("uid", "level", "day", "zone", "answers"),
    uid=shapes.text(),
    level=_LEVEL,
    day=shapes.day(),
    zone=shapes.text(among=levels.ZONES),
    answers=shapes.many(ANSWER),
)


def explained(call: Call) -> dict[str, Any]:
    """Who can see an object and why (not); nothing of what it says."""
    found = access.explained(call.path["uid"], call.query.get("person", ""), call.query.get("day"))
    return {
        "uid": found.item.uid,
        "level": found.item.level,
        "day": found.day,
        "zone": levels.zone(),
        "answers": found.answers,
    }


class Get(Service):
    """Explains."""

    endpoints = (
        Endpoint(
            "{uid}",
            explained,
            EXPLAINED,
            query=shapes.record(
                person=shapes.text("Id of a person; left out for everybody who is related to it."),
                day=shapes.day("Today when left out."),
            ),
        ),
    )
