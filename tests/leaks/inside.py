"""What the harness does as a client of the site's database: it makes the people of the battery and lists the doors.

Each function takes the site and is run by :mod:`benchmarks.client` in a process of its own.
"""

from datetime import date
from typing import Any

from plone.rest.interfaces import IAPIRequest
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.interface import providedBy
from zope.publisher.interfaces import IRequest
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

from party.operations.confidentiality import actor
from party.operations.confidentiality import clearances
from party.operations.confidentiality import levels
from party.operations.documents import operations as documents
from party.operations.documents import trays
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.organization import operations as organization
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.openapi.get import registered
from party.operations.security import operations as security
from tests.leaks import discovered


_SINCE = date(2020, 1, 1)
_BASIS = "Quyết định thử nghiệm"

#: key: title, symbol
_UNITS = {
    "sender": ("Tỉnh uỷ Thử nghiệm Một", "TNM"),
    "receiver": ("Tỉnh uỷ Thử nghiệm Hai", "TNH"),
    "refuser": ("Tỉnh uỷ Thử nghiệm Ba", "TNB"),
    "apart": ("Tỉnh uỷ Thử nghiệm Bốn", "TNX"),
}

#: key: unit, function, cleared. Who is cleared is so for both levels.
_PEOPLE = {
    "drafter": ("sender", "officer", True),
    "leader": ("sender", "leader", True),
    "clerk": ("sender", "clerk", True),
    "former": ("sender", "office_head", True),
    "member": ("sender", "officer", False),
    "deputy": ("sender", "deputy_clerk", False),
    "receiving clerk": ("receiver", "clerk", True),
    "receiving leader": ("receiver", "leader", True),
    "receiving officer": ("receiver", "officer", True),
    "receiving member": ("receiver", "deputy_clerk", False),
    "refusing clerk": ("refuser", "clerk", True),
    "stranger": ("apart", "clerk", True),
    "first officer": ("apart", "officer", False),
    "second officer": ("apart", "officer", False),
    "auditor": ("apart", "officer", False),
}


def build(site: Any, seed: int, password: str) -> dict[str, Any]:
    """Units, registers and people of the battery, and accounts with site roles: ``{units, registers, people, logins}``."""
    made: dict[str, Any] = {"units": {}, "registers": {}, "people": {}, "logins": {}}
    for key, (title, symbol) in _UNITS.items():
        uid = organization.create_unit(f"{title} {seed}", "provincial_committee").UID()
        organization.add_symbol(uid, symbol, _SINCE)
        organization.set_term(uid, "Thử nghiệm", _SINCE)
        made["units"][key] = uid
        made["registers"][key] = documents.create_register(uid, "Sổ văn bản đến").UID()
    for key, (unit, function, _cleared) in _PEOPLE.items():
        login = f"{key.replace(' ', '.')}.{seed}"
        uid = made["units"][unit]
        person = organization.create_person(uid, login, f"Người {key}", password, first_login=False)
        organization.appoint(person, uid, function, from_day=_SINCE)
        made["people"][key], made["logins"][key] = person, login
    for role in ("Manager", "Site Administrator"):
        login = f"{role.lower().replace(' ', '.')}.{seed}"
        site.acl_users.source_users.addUser(login, login, password)
        site.acl_users.portal_role_manager.assignRoleToPrincipal(role, login)
        made["logins"][role] = login
    return made


def clear(site: Any, people: dict[str, str], until: str) -> None:
    """Two officers clear the people of the battery that :data:`_PEOPLE` names for both levels, until a day."""
    officers = [people["first officer"], people["second officer"]]
    security.appoint_first_officers(officers, auditor=people["auditor"], basis=_BASIS, add=True)
    for level in (levels.SECRET, levels.TOP_SECRET):
        for key, (_unit, _function, cleared) in _PEOPLE.items():
            if cleared:
                with actor.acting_as(officers[0]):
                    until_day = date.fromisoformat(until)
                    proposed = security.propose_clearance(people[key], level, until=until_day, basis=_BASIS)
                with actor.acting_as(officers[1]):
                    security.confirm_clearance(proposed)


def revoke(site: Any, people: dict[str, str], key: str) -> None:
    """An officer takes every clearance of one person away."""
    mine = [each.id for each in clearances.on(clock.today()) if each.person == people[key]]
    with actor.acting_as(people["first officer"]):
        for clearance in mine:
            security.revoke_clearance(clearance, _BASIS)


def places(site: Any, uids: list[str]) -> dict[str, dict[str, str]]:
    """Where objects lie, ``{uid: {path, parent, id}}``, addresses relative to the site, and one that lies nowhere."""
    found = {}
    for uid in uids:
        path = items.get(uid).path.removeprefix("/".join(site.getPhysicalPath()))
        parent, _slash, name = path.rpartition("/")
        found[uid] = {"path": path, "parent": parent, "id": name}
    return found


def numbers(site: Any, uids: list[str]) -> list[dict[str, Any]]:
    """The numbers that objects hold, in the order of their series."""
    found = [each for uid in uids for each in series.of_object(uid)]
    names = ("unit", "book", "period", "suffix", "number")
    rows = [{**{name: each[name] for name in names}, "day": each["legal_date"].isoformat()} for each in found]
    return sorted(rows, key=lambda each: [str(each[name]) for name in names[:4]] + [each["number"]])


def void(site: Any, wanted: list[dict[str, Any]]) -> None:
    """Take the same numbers for nothing and void them, as is done with those of a transaction that was cut."""
    with turn.turn():
        for each in wanted:
            which = series.Series(each["unit"], each["book"], each["period"], each["suffix"])
            use = series.Use("", date.fromisoformat(each["day"]), actor.SYSTEM)
            assert series.take(which, use) == each["number"], each
            series.void(which, each["number"], "đối soát: giao dịch không hoàn tất")


def doors(site: Any, uid: str) -> dict[str, Any]:
    """Every view and service that this site has: ``{object, site, unit, rest}``, names and (verb, noun, path, body)."""
    document = site.unrestrictedTraverse(items.get(uid).path)
    unit = next(each for each in document.aq_chain if getattr(each, "portal_type", "") == "Unit")
    return {
        "object": _views(document),
        "site": _views(site),
        "unit": _views(unit),
        "rest": [(verb, noun, each.path, _body(verb, each)) for verb, noun, each in registered()],
        "trays": list(trays.TRAYS),
    }


def close(site: Any, logins: dict[str, str]) -> None:
    """Take away the accounts with site roles; the people of the battery are left, and can do nothing without it."""
    for role in ("Manager", "Site Administrator"):
        site.acl_users.source_users.removeUser(logins[role])


def _body(verb: str, endpoint: Endpoint) -> Any:
    shape = endpoint.body_shape(verb)
    return None if shape is None else discovered.sample({**shape, "type": "object"})


def _views(context: Any) -> list[str]:
    """Names of everything that can be asked of ``context`` by a browser or as a service."""
    mine = providedBy(context)
    found = (each for each in getGlobalSiteManager().registeredAdapters() if len(each.required) == 2 and each.name)
    return sorted({each.name for each in found if mine.isOrExtends(each.required[0]) and _is_layer(each.required[1])})


def _is_layer(specification: Any) -> bool:
    return specification is Interface or any(
        specification.isOrExtends(each) for each in (IRequest, IDefaultBrowserLayer, IAPIRequest)
    )
