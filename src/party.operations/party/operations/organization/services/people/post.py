"""POST /@people: accounts, posts, delegations, passwords."""

from typing import Any

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization.services import facts
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_FUNCTION = shapes.text(among=tuple(FUNCTIONS))
_DONE = shapes.record()


def create(call: Call) -> dict[str, Any]:
    """Make the account of a person who will serve in a unit (lập tài khoản)."""
    unit = unit_uid(call.body.pop("unit"))
    made = operations.create_person(unit, **call.body)
    # who made the account knows the login, although the person serves nowhere yet
    return {**facts.person(made), "login": lookup.person(made).login}


def change_password(call: Call) -> dict[str, Any]:
    """Who asks chooses a password (đổi mật khẩu)."""
    operations.change_password(**call.body)
    return {}


def delegate(call: Call) -> dict[str, Any]:
    """Who asks lets another do, for a time, all that one of his functions allows (uỷ quyền)."""
    operations.delegate(unit=unit_uid(call.body.pop("unit")), **call.body)
    return facts.person(actor.current())


def appoint(call: Call) -> dict[str, Any]:
    """Give a person a function in a unit (bổ nhiệm, phân công)."""
    unit = unit_uid(call.body.pop("unit"))
    operations.appoint(call.path["person"], unit, **call.body)
    return facts.person(call.path["person"])


def end_post(call: Call) -> dict[str, Any]:
    """End a post (thôi giữ chức trách)."""
    person, post = call.path["person"], call.whole("post")
    if not facts.post_of(person, post):
        raise Missing(_("There is no such post."))
    operations.end_post(post, call.body.get("until"))
    return facts.person(person)


def deactivate(call: Call) -> dict[str, Any]:
    """Close an account; what the person did stays under the name (khoá tài khoản)."""
    operations.deactivate_person(call.path["person"], call.body["reason"])
    return facts.person(call.path["person"])


def reset_password(call: Call) -> dict[str, Any]:
    """Give a person a random password, to be changed at the next login (cấp lại mật khẩu)."""
    return {"password": operations.reset_password(call.path["person"])}


class Post(Service):
    """Changes of people."""

    endpoints = (
        Endpoint(
            "",
            create,
            facts.PERSON,
            shapes.record(
                required=("unit", "login", "full_name", "password"),
                unit=UNIT,
                login=shapes.text(longest=80),
                full_name=shapes.text(longest=200),
                password=shapes.text(),
                email=shapes.text(longest=200),
                phone=shapes.text(longest=40),
                first_login=shapes.flag(
                    "The password must be changed before anything else is done; true when left out."
                ),
            ),
            makes=True,
        ),
        Endpoint(
            "me/password",
            change_password,
            _DONE,
            shapes.record(required=("old", "new"), old=shapes.text(), new=shapes.text()),
            once_only=True,
            always_open=True,
        ),
        Endpoint(
            "me/delegations",
            delegate,
            facts.PERSON,
            shapes.record(
                required=("delegate", "unit", "function", "from_day", "until", "reason"),
                delegate=shapes.text("Id of the person who stands in."),
                unit=UNIT,
                function=_FUNCTION,
                from_day=shapes.day(),
                until=shapes.day("First day on which it no longer holds."),
                reason=shapes.text(),
            ),
        ),
        Endpoint(
            "{person}/posts",
            appoint,
            facts.PERSON,
            shapes.record(
                required=("unit", "function"),
                unit=UNIT,
                function=_FUNCTION,
                title=shapes.text(longest=200),
                from_day=shapes.day(),
                until=shapes.day(),
            ),
        ),
        Endpoint("{person}/posts/{post}/end", end_post, facts.PERSON, shapes.record(until=shapes.day())),
        Endpoint(
            "{person}/deactivate", deactivate, facts.PERSON, shapes.record(required=("reason",), reason=shapes.text())
        ),
        Endpoint(
            "{person}/reset-password",
            reset_password,
            shapes.record(required=("password",), password=shapes.text()),
            once_only=True,
        ),
    )
