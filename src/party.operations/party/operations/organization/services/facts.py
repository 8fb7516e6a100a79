"""Units and people as REST shows them (thông tin đơn vị, cán bộ)."""

from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.content import IUnit
from party.operations.organization.tables import delegations
from party.operations.organization.tables import posts
from party.operations.organization.tables import symbols
from party.operations.organization.tables import terms
from party.operations.rest import shapes
from party.operations.rest.writing import address


_DATED = {
    "from_day": shapes.day("First day."),
    "until_day": shapes.or_null(shapes.day("First day on which it no longer holds.")),
}

BRIEF_UNIT = shapes.record(
    "UnitBrief",
    required=("@id", "uid", "title", "kind", "parent"),
    **{
        "@id": shapes.text(),
        "uid": shapes.text(),
        "title": shapes.text(),
        "short_name": shapes.text(),
        "kind": shapes.text(),
        "parent": shapes.text("uid of the unit above, empty at the top."),
        "organ": shapes.text("uid of the unit whose registers it uses: itself, or one above."),
        "closed_on": shapes.or_null(shapes.day()),
    },
)

ROUTE = shapes.record(
    "Route",
    "A prepared route: who passes a document to whom.",
    required=("name", "purpose", "steps"),
    id=shapes.text("Kept when it is given; a new route gets one."),
    name=shapes.text(),
    purpose=shapes.text(among=("incoming", "review")),
    steps=shapes.many(
        shapes.record(
            required=("function",),
            function=shapes.text(),
            unit=shapes.text("Empty for the unit itself, else a unit below it."),
        )
    ),
)

UNIT_FACTS = {
    **BRIEF_UNIT["properties"],
    **shapes.fields(IUnit),
    "path": shapes.text("Address of the object."),
    "codes": shapes.many(
        shapes.record(scheme=shapes.text(), value=shapes.text(), primary=shapes.flag(), **_DATED), "Newest first."
    ),
    "symbols": shapes.many(shapes.record(symbol=shapes.text(), **_DATED)),
    "terms": shapes.many(shapes.record(label=shapes.text(), **_DATED)),
    "routes": shapes.many(ROUTE),
    "posts": shapes.many(
        shapes.record(
            id=shapes.whole(),
            person=shapes.text(),
            full_name=shapes.text(),
            function=shapes.text(),
            title=shapes.text(),
        ),
        "Who holds which function today.",
    ),
}
UNIT = shapes.record("Unit", required=("@id", "uid", "title", "kind"), **UNIT_FACTS)

POST = shapes.record(
    "Post",
    id=shapes.whole(),
    unit=shapes.text(),
    unit_title=shapes.text(),
    function=shapes.text(),
    title=shapes.text("Chức danh, as printed under a signature."),
    **_DATED,
)
BRIEF_PERSON = shapes.record(
    "PersonBrief",
    required=("@id", "id", "full_name", "posts"),
    **{
        "@id": shapes.text(),
        "id": shapes.text(),
        "full_name": shapes.text(),
        "posts": shapes.many(
            shapes.record(unit=shapes.text(), unit_title=shapes.text(), function=shapes.text(), title=shapes.text())
        ),
    },
)
PERSON = shapes.record(
    "Person",
    required=("@id", "id", "full_name", "posts"),
    **{
        "@id": shapes.text(),
        "id": shapes.text(),
        "full_name": shapes.text(),
        "email": shapes.text(),
        "phone": shapes.text(),
        "active": shapes.flag(),
        "login": shapes.text("Only for the person and who administers a unit he serves in."),
        "posts": shapes.many(POST, "Held today."),
        "delegations": shapes.many(
            shapes.record(
                delegator=shapes.text(), delegate=shapes.text(), unit=shapes.text(), function=shapes.text(), **_DATED
            ),
            "Given or received, for the person himself.",
        ),
    },
)


def brief_unit(row: "sa.Row[Any]") -> dict[str, Any]:
    """One line of a list of units."""
    names = ("uid", "title", "short_name", "kind", "parent", "organ", "closed_on")
    return {"@id": address("@units", row.uid), **{name: row._mapping[name] for name in names}}


def unit(uid: str) -> dict[str, Any]:
    """All facts of a unit."""
    obj = lookup.unit_object(uid)
    return {
        **brief_unit(lookup.unit(uid)),
        **{name: getattr(obj, name) for name in IUnit.names()},
        "path": obj.absolute_url(),
        "codes": [
            {"scheme": each.scheme, "value": each.value, "primary": each.primary_code, **_days(each)}
            for each in lookup.codes_of(uid)
        ],
        "symbols": [{"symbol": each.symbol, **_days(each)} for each in _dated(symbols, uid)],
        "terms": [{"label": each.label, **_days(each)} for each in _dated(terms, uid)],
        "routes": [dict(each) for each in sorted(obj.routes.values(), key=lambda each: each["name"])],
        "posts": [
            {
                "id": each.id,
                "person": each.person,
                "full_name": each.full_name,
                "function": each.function,
                "title": each.title,
            }
            for each in lookup.holders(uid)
        ],
    }


def person(person_id: str) -> dict[str, Any]:
    """All facts of a person."""
    row, held, me = lookup.person(person_id), lookup.posts_of(person_id), actor.current()
    titles = lookup.unit_titles({each.unit for each in held})
    found = {
        "@id": address("@people", row.id),
        **{name: row._mapping[name] for name in ("id", "full_name", "email", "phone", "active")},
        "posts": [
            {
                "id": each.id,
                "unit": each.unit,
                "unit_title": titles.get(each.unit, ""),
                "function": each.function,
                "title": each.title,
                **_days(each),
            }
            for each in held
        ],
    }
    if me == row.id:
        mine = sa.or_(delegations.c.delegator == me, delegations.c.delegate == me)
        columns = ("delegator", "delegate", "unit", "function")
        found["delegations"] = [
            {**{name: each._mapping[name] for name in columns}, **_days(each)}
            for each in turn.rows(sa.select(delegations).where(mine).order_by(delegations.c.id))
        ]
    if me == row.id or any(rules.may_administer(each.unit) for each in held) or rules.may_set_up():
        found["login"] = row.login
    return found


def people(rows: "list[sa.Row[Any]]") -> list[dict[str, Any]]:
    """A list of people from rows with one line for each post, in their order."""
    found: dict[str, dict[str, Any]] = {}
    for each in rows:
        entry = {"@id": address("@people", each.id), "id": each.id, "full_name": each.full_name, "posts": []}
        held = {"unit": each.unit, "unit_title": each.unit_title, "function": each.function, "title": each.title}
        found.setdefault(each.id, entry)["posts"].append(held)
    return list(found.values())


def post_of(person_id: str, post: int) -> bool:
    """Is it a post of this person?"""
    return turn.scalar(sa.select(posts.c.id).where(posts.c.id == post, posts.c.person == person_id)) is not None


def _dated(table: "sa.Table", uid: str) -> "list[sa.Row[Any]]":
    return turn.rows(sa.select(table).where(table.c.unit == uid).order_by(table.c.from_day.desc(), table.c.id.desc()))


def _days(row: "sa.Row[Any]") -> dict[str, Any]:
    return {"from_day": row.from_day, "until_day": row.until_day}
