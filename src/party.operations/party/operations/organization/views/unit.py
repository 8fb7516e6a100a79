"""The page of a unit (trang đơn vị): what it is, who serves there, how it works, who keeps it."""

from datetime import date
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.component import queryMultiAdapter

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.organization import former_logins
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.organization import routes
from party.operations.organization import rules
from party.operations.organization import tree
from party.operations.organization.routes import Step
from party.operations.organization.views.base import UnitPart
from party.operations.organization.views.units import may_move
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import KINDS
from party.operations.organization.vocabularies import REGIMES
from party.operations.organization.vocabularies import SCHEMES


#: units below that the page itself lists
SHOWN_BELOW = 30


class UnitView(UnitPart):
    """Everything about a unit, and the way to what its administrator may change."""

    template = ViewPageTemplateFile("templates/unit.pt")

    def __call__(self) -> str:
        """Draw the page."""
        self.title = self.row.title
        return self.template()

    @property
    def may_move(self) -> "bool | No":
        """May the person take the unit out of the one above it?"""
        return may_move(self.row)

    # -- where it stands

    def path(self) -> "list[sa.Row[Any]]":
        """The units above, the highest first."""
        return tree.path(self.uid)

    @cached_property
    def is_open(self) -> "bool | No":
        """Does the unit still take part?"""
        return rules.is_open(self.row)

    def successor(self) -> "sa.Row[Any] | None":
        """The unit that took over."""
        return tree.successors([self.uid]).get(self.uid)

    def predecessors(self) -> "list[sa.Row[Any]]":
        """The units this one took over from."""
        return tree.predecessors(self.uid)

    def below(self) -> "list[sa.Row[Any]]":
        """The first units below; the tree has all."""
        return tree.children(self.uid, limit=SHOWN_BELOW)

    def count_below(self) -> int:
        """How many there are."""
        return tree.count_below(self.uid)

    def administrators(self) -> str:
        """Who administers the unit, as a sentence."""
        found = tree.administrators(self.uid)
        if found is None:
            return self.say(_("This unit has no administrator yet: those who set up the organisation keep it."))
        unit, people = found
        words = {"people": ", ".join(each.full_name for each in people), "unit": unit.title}
        return self.say(_("Administered by ${people} (${unit}).", mapping=words))

    # -- facts

    def facts(self) -> list[tuple[str, str]]:
        """Label and value of each setting, those without a value left out."""
        unit, row = self.context, self.row
        answered_by = lookup.find_unit(unit.office) if unit.office else None
        organ = lookup.unit(row.organ)
        days = _("${count} working days", mapping={"count": unit.deadline_days})
        hours = _("${count} hours", mapping={"count": unit.escalation_hours})
        found = [
            (_("Kind of unit"), KINDS[row.kind]),
            (_("Short name"), row.short_name),
            (_("Registers"), _("Keeps registers of its own") if unit.has_books else organ.title),
            (_("Clerical regime"), REGIMES[unit.regime]),
            (_("Works at clerk level only"), _("Yes") if row.clerk_level_only else ""),
            (_("Unit that does the clerical work"), answered_by.title if answered_by is not None else ""),
            (_("Place of issue"), unit.place),
            (_("Days to deal with a document"), days),
            (_("Hours until an unaccepted delivery goes up"), hours),
            (_("Order among its neighbours"), str(row.position)),
        ]
        return [(self.say(label), self.say(value)) for label, value in found if value]

    def scheme(self, key: str) -> str:
        """A scheme of codes in words."""
        return self.say(SCHEMES.get(key, key))

    def codes(self) -> "list[sa.Row[Any]]":
        """All codes the unit has or had."""
        return lookup.codes_of(self.uid)

    def symbols(self) -> "list[sa.Row[Any]]":
        """All issuer symbols the unit has or had."""
        return tree.symbols_of(self.uid)

    def terms(self) -> "list[sa.Row[Any]]":
        """The congress terms recorded here."""
        return tree.terms_of(self.uid)

    def inherited_term(self) -> str:
        """What a unit without terms of its own says."""
        try:
            label = periods.term(self.uid, clock.today())
        except Invalid:
            return self.say(_("No term yet: Party documents cannot be numbered."))
        return self.say(_("${term}, recorded for a superior unit.", mapping={"term": label}))

    def query(self, **words: str) -> str:
        """The words as the query of an address."""
        return urlencode(words)

    def registers(self) -> str:
        """The registers, drawn by the package that knows them."""
        found = queryMultiAdapter((self.context, self.request), name="unit-registers")
        return found() if found is not None else ""

    def last_day(self, until: date | None) -> str:
        """The last day of an interval that ends before ``until``."""
        return self.day(until - timedelta(days=1)) if until else ""

    def is_over(self, until: date | None) -> bool:
        """Has the interval ended?"""
        return until is not None and until <= clock.today()

    # -- people and routes

    def people(self) -> list[dict[str, Any]]:
        """Posts held today by function, then those to come."""
        order = list(FUNCTIONS)
        held = sorted(lookup.holders(self.uid), key=lambda each: order.index(each.function))
        return [self._post(each) for each in (*held, *tree.posts_to_come(self.uid))]

    def _post(self, post: "sa.Row[Any]") -> dict[str, Any]:
        person = lookup.person(post.person)
        return {
            "id": post.id,
            "person": person.id,
            "name": person.full_name,
            "login": person.login,
            "former": self._former(post.person),
            "phone": person.phone,
            "email": person.email,
            "function": self.say(FUNCTIONS[post.function]),
            "title": post.title,
            "from": post.from_day,
            "until": post.until_day,
            "to_come": post.from_day > clock.today(),
            "may_keep": rules.may_keep_person(post.person),
            "new": person.must_change_password,
        }

    def _former(self, person: str) -> list[dict[str, str]]:
        """The logins by which the person still comes in beside the present one."""
        today = clock.today()
        return [
            {"login": each.login, "last": self.last_day(each.until_day)}
            for each in former_logins.of_person(person)
            if each.until_day > today
        ]

    def routes(self) -> list[dict[str, Any]]:
        """Every prepared route with its steps in words, and what is wrong with it today."""
        return [
            {
                "name": route.name,
                "purpose": self.say(label),
                "steps": [self._step(step) for step in route.steps],
                "problems": [self.say(each) for each in routes.dead_ends(self.uid, route)],
                "skipped": [self.say(each) for each in routes.skipped(self.uid, route)],
            }
            for purpose, label in routes.PURPOSES.items()
            for route in routes.of_unit(self.uid, purpose)
        ]

    def _step(self, step: Step) -> str:
        function = self.say(FUNCTIONS[step.function])
        if not step.unit or step.unit == self.uid:
            return function
        return f"{function} ({lookup.unit(step.unit).title})"
