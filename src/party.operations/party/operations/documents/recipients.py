"""Whom a document is sent or passed to (nơi nhận, người nhận): reading what forms, REST and storage carry."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import tokens
from party.operations.documents.vocabularies import CAPACITIES
from party.operations.documents.vocabularies import CHANNELS
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import KINDS
from party.operations.text.normalize import clean_line


@dataclass(frozen=True)
class Addressee:
    """Who gets a routing slip or a review step: a person, a function of a unit, or a unit as a whole."""

    person: str = ""
    unit: str = ""
    function: str = ""
    capacity: str = "lead"

    @classmethod
    def parse(cls, plain: dict[str, Any]) -> "Addressee":
        """Read ``{person | unit [, function], capacity}``."""
        found = cls(
            person=str(plain.get("person") or ""),
            unit=str(plain.get("unit") or ""),
            function=str(plain.get("function") or ""),
            capacity=str(plain.get("capacity") or "lead"),
        )
        if bool(found.person) == bool(found.unit):
            raise Invalid(_("Name a person or a unit as recipient."), "recipients")
        if found.capacity not in CAPACITIES:
            raise Invalid(_("“${value}” is not a capacity.", mapping={"value": found.capacity}), "recipients")
        if found.function and found.function not in FUNCTIONS:
            raise Invalid(_("“${value}” is not a function.", mapping={"value": found.function}), "recipients")
        return found

    def subject(self) -> str:
        """Whom a grant to the addressee names."""
        if self.person:
            return tokens.person_subject(self.person)
        return tokens.unit_subject(self.unit, self.function or "desk")

    def token(self, level: str) -> str:
        """Whoever holds this token is addressed."""
        return tokens.at(self.subject(), level)


@dataclass(frozen=True)
class Recipient:
    """One recipient of an issued document: a unit of the system, or a name outside it."""

    unit: str
    name: str
    channel: str


def check_addressee(addressee: Addressee, within: str) -> None:
    """Refuse who cannot be addressed for a document of the unit ``within``: outside it, closed, or nobody there.

    The work of a closed unit goes on in the one that took over.
    """
    places = lookup.answering(within)
    if addressee.person:
        person = lookup.person(addressee.person)
        posts = lookup.posts_of(addressee.person)
        lineages = [lookup.unit(each.unit).lineage for each in posts]
        if not any(f"/{place}/" in lineage for place in places for lineage in lineages):
            raise Invalid(
                _("${person} holds no post in this unit or below it today.", mapping={"person": person.full_name}),
                "recipients",
            )
        return
    row = lookup.unit(addressee.unit)
    require(organization_rules.is_open(row))
    if not any(f"/{place}/" in row.lineage for place in places):
        raise Invalid(
            _("${unit} is not part of this unit. Send it an issued document instead.", mapping={"unit": row.title}),
            "recipients",
        )
    functions = (addressee.function,) if addressee.function else tuple(_functions_of_side("desk"))
    if not lookup.holders(addressee.unit, *functions):
        raise Invalid(
            _("Nobody in ${unit} could take it: no one holds the function today.", mapping={"unit": row.title}),
            "recipients",
        )


def check_plain(plain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Recipients of a draft as they are stored: ``{unit | group, within | name, channel}``; raises ``Invalid``."""
    stored = []
    for each in plain:
        unknown = set(each) - {"unit", "group", "within", "name", "channel"}
        if unknown:
            raise Invalid(_("There is no field “${field}”.", mapping={"field": min(unknown)}), "recipients")
        channel = str(each.get("channel") or "electronic")
        if channel not in CHANNELS:
            raise Invalid(_("“${value}” is not a way of sending.", mapping={"value": channel}), "recipients")
        if each.get("unit"):
            require(organization_rules.is_open(lookup.unit(str(each["unit"]))))
            stored.append({"unit": str(each["unit"]), "channel": channel})
        elif each.get("group"):
            if each["group"] not in KINDS:
                raise Invalid(_("“${value}” is not a kind of unit.", mapping={"value": each["group"]}), "recipients")
            within = str(each.get("within") or "")
            if within:
                lookup.unit(within)
            stored.append({"group": str(each["group"]), "within": within, "channel": channel})
        elif name := clean_line(str(each.get("name") or "")):
            # a recipient outside the system gets paper, whatever was asked
            stored.append({"name": name, "channel": "paper"})
    return stored


def expand(stored: list[dict[str, Any]], sender: str) -> list[Recipient]:
    """One recipient for each unit or name, groups resolved to the units open today, each unit once."""
    found: dict[str, Recipient] = {}
    for each in stored:
        if each.get("name"):
            found.setdefault(each["name"], Recipient("", each["name"], "paper"))
            continue
        rows = _group(each["group"], each.get("within", "")) if each.get("group") else [lookup.unit(each["unit"])]
        for row in rows:
            if row.uid != sender:
                require(organization_rules.is_open(row))
                found.setdefault(row.uid, Recipient(row.uid, row.title, each["channel"]))
    return list(found.values())


def describe(stored: list[dict[str, Any]]) -> str:
    """Nơi nhận as one line for registers and pages."""
    names = lookup.unit_titles({each["unit"] for each in stored if each.get("unit")})
    words = []
    for each in stored:
        if each.get("group"):
            # the group's Vietnamese name is what a register shows in any language
            within = lookup.unit(each["within"]).title if each.get("within") else ""
            words.append(" ".join(filter(None, ("Các", _group_name(each["group"]), within and f"thuộc {within}"))))
        else:
            words.append(each.get("name") or names.get(each["unit"], ""))
    return "; ".join(words)


def _group(kind: str, within: str) -> "list[sa.Row[Any]]":
    wanted = sa.select(units).where(
        units.c.kind == kind, sa.or_(units.c.closed_on.is_(None), units.c.closed_on > clock.today())
    )
    if within:
        wanted = wanted.where(units.c.lineage.contains(f"/{within}/", autoescape=True), units.c.uid != within)
    return turn.rows(wanted.order_by(units.c.tree_order))


def _group_name(kind: str) -> str:
    from zope.i18n import translate

    name = translate(KINDS[kind], target_language="vi")
    return name[:1].lower() + name[1:]  # "Đảng" inside the name keeps its capital


def _functions_of_side(side: str) -> list[str]:
    return [function for function, sides in tokens.SIDES.items() if side in sides]
