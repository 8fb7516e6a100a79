"""The pages of mergers (trang sáp nhập, hợp nhất): all plans, and one plan with its parts in tabs."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import No
from party.operations.ledger.tables import outbox as jobs
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.merging import apply
from party.operations.organization.merging import check
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps
from party.operations.organization.merging.check import Problem
from party.operations.organization.merging.plan import BELOW
from party.operations.organization.merging.plan import Plan
from party.operations.organization.merging.plan import STATES
from party.operations.organization.merging.preview import Gain
from party.operations.organization.merging.preview import Preview
from party.operations.organization.tables import posts
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import KINDS
from party.operations.ui.pages import Page


#: the tabs of a plan
TABS = {
    "lines": _("Units"),
    "people": _("People"),
    "codes": _("Codes and symbols"),
    "check": _("Check"),
    "preview": _("Preview"),
    "progress": _("Progress"),
}
#: lines and names shown at once
MOST = 200
NAMES = 8

COUNTS = {
    "made": _("Units to be made"),
    "closed": _("Units to be closed"),
    "moved": _("Units that go to another superior"),
    "codes": _("New codes and symbols"),
    "people": _("People moved"),
    "posts": _("New posts"),
    "logins": _("New logins"),
    "documents": _("Documents that stay where they are"),
}


class Mergers(Page):
    """The plans of who administers any unit, and the way to a new one."""

    template = ViewPageTemplateFile("templates/mergers.pt")
    title = _("Mergers and reorganisation")

    def __call__(self) -> str:
        """Draw the list."""
        if not self.may_plan:
            self.request.response.setStatus(403)
        return self.template()

    @property
    def may_plan(self) -> "bool | No":
        """Who administers any unit plans mergers below it."""
        return rules.may_administer_some()

    def offered(self) -> bool:
        """Is the page offered among others?"""
        return bool(self.may_plan)

    def plans(self) -> list[dict[str, Any]]:
        """The plans, the latest day first."""
        return [
            {
                "url": f"{self.home}/@@merger?merger={each.id}",
                "name": each.name,
                "unit": lookup.unit(each.unit).title if each.unit else self.say(_("The whole organisation")),
                "day": self.day(each.on_day),
                "state": self.say(STATES[each.state]),
                "basis": each.basis,
            }
            for each in plans.listing()
        ]


class PlanPart(Page):
    """Mixin: the plan that ``merger`` of the address names."""

    @cached_property
    def plan(self) -> Plan:
        """The plan; raises ``Missing`` for who does not keep it."""
        return plans.find(str(self.request.form.get("merger", "")))

    def tab_url(self, tab: str) -> str:
        """The address of one tab of the plan."""
        return f"{self.home}/@@merger?{urlencode({'merger': self.plan.id, 'tab': tab})}"


class Merger(PlanPart):
    """One plan: its parts, what is wrong with it, what it will do, how far it is."""

    template = ViewPageTemplateFile("templates/merger.pt")

    def __call__(self) -> str:
        """Draw the tab that the address names."""
        wanted = str(self.request.form.get("tab", ""))
        self.tab = wanted if wanted in TABS else "lines" if self.is_draft else "progress"
        self.title = self.plan.row.name
        if self.tab == "progress" and self.is_running:
            # who watches it sees how far it is; the page has no script for it
            self.request.response.setHeader("Refresh", "3")
        return self.template()

    @property
    def is_draft(self) -> bool:
        """May it still be changed?"""
        return bool(self.plan.row.state == "draft")

    @property
    def may_undo(self) -> bool:
        """Is there still a day before it is in force?"""
        return bool(self.plan.row.state == "started" and self.plan.row.on_day > clock.today())

    @cached_property
    def is_running(self) -> bool:
        """Is there a step that can be done now, and no failure that keeps it from being done?"""
        following = steps.following(self.plan.id) if self.plan.row.state == "started" else None
        return following is not None and following.due_day <= clock.today() and not self.failure()

    @property
    def action_url(self) -> str:
        """Where the buttons lead."""
        return f"{self.home}/@@merger-action"

    def state(self) -> str:
        """The state in words."""
        return self.say(STATES[self.plan.row.state])

    def within(self) -> str:
        """Where it takes place."""
        unit = self.plan.row.unit
        return lookup.unit(unit).title if unit else self.say(_("The whole organisation"))

    def tabs(self) -> list[dict[str, Any]]:
        """The tabs with the number of what is in each."""
        counts = {
            "lines": len(self.plan.lines),
            "people": len(self.plan.movements),
            "codes": len(self.plan.codes),
            "check": len(self.problems) if self.is_draft else None,
        }
        return [
            {
                "url": self.tab_url(name),
                "label": self.say(label),
                "count": counts.get(name),
                "late": name == "check" and bool(counts["check"]),
                "current": "page" if name == self.tab else None,
            }
            for name, label in TABS.items()
            if self.is_draft or name not in ("check", "preview")
        ]

    def form(self, name: str, **query: Any) -> str:
        """The address of a form about the plan."""
        return f"{self.home}/@@{name}?{urlencode({'merger': self.plan.id, **query})}"

    # -- the parts

    def lines(self) -> list[dict[str, Any]]:
        """The units that close, and those that go on."""
        units = self.plan.units
        return [
            {
                "id": each.id,
                "number": each.number,
                "old": units[each.old].title if each.old in units else each.old_name,
                "old_uid": each.old,
                "new": self.plan.title_of(each.successor) or each.new_name,
                "new_uid": self.plan.unit_of(each.successor),
                "planned": each.successor if each.successor in self.plan.new_units else "",
                "goes_on": bool(each.old) and each.old == each.successor,
                "below": self.say(BELOW[each.below]),
                "problems": self.problems_in("lines", each.number),
            }
            for each in self.plan.lines[:MOST]
        ]

    def new_units(self) -> list[dict[str, Any]]:
        """The units to be made."""
        return [
            {
                "reference": reference,
                "title": each.title,
                "kind": self.say(KINDS[each.kind]),
                "parent": self.plan.title_of(each.parent),
                "made": each.made,
            }
            for reference, each in self.plan.new_units.items()
        ]

    def codes(self) -> list[dict[str, Any]]:
        """New codes and symbols."""
        kinds = {"code": _("Code"), "symbol": _("Issuer symbol")}
        return [
            {
                "id": each.id,
                "unit": self.plan.title_of(each.unit),
                "kind": self.say(kinds[each.kind]),
                "value": each.value,
                "primary": each.primary_code,
                "problems": self.problems_in("codes", each.number),
            }
            for each in self.plan.codes[:MOST]
        ]

    def people(self) -> list[dict[str, Any]]:
        """The first people who are moved, in the order of the plan."""
        shown = self.plan.movements[:MOST]
        names, logins = (get({each.person for each in shown}) for get in (lookup.names, lookup.logins))
        old = sa.select(posts).where(posts.c.id.in_([each.post for each in shown if each.post]))
        ending = {each.id: each for each in turn.rows(old)}
        return [
            {
                "id": each.id,
                "name": names.get(each.person, each.person),
                "login": logins.get(each.person, ""),
                "new_login": each.login,
                "from": self._post(ending[each.post]) if each.post in ending else "",
                "to": f"{self.say(FUNCTIONS[each.function])}, {self.plan.title_of(each.unit)}",
                "kept": self.day(each.kept_until),
                "problems": self.problems_in("people", each.number),
            }
            for each in shown
        ]

    def more(self, part: str) -> int:
        """How many lines of a part are not shown."""
        return max(0, len({"lines": self.plan.lines, "people": self.plan.movements}[part]) - MOST)

    def _post(self, post: "sa.Row[Any]") -> str:
        return f"{self.say(FUNCTIONS[post.function])}, {self.plan.title_of(post.unit)}"

    # -- what is wrong, what will be, how far it is

    @cached_property
    def problems(self) -> list[Problem]:
        """Every problem of a plan that is not started."""
        return check.problems(self.plan) if self.is_draft else []

    def problems_in(self, part: str, line: int) -> list[str]:
        """What is wrong with one line."""
        return [self.say(each.message) for each in self.problems if (each.part, each.line) == (part, line)]

    def all_problems(self) -> list[dict[str, str]]:
        """The first problems: part, line, sentence."""
        return [
            {
                "part": self.say(check.PARTS[each.part]),
                "line": str(each.line) if each.line else "",
                "message": self.say(each.message),
            }
            for each in self.problems[:MOST]
        ]

    @cached_property
    def preview(self) -> Preview:
        """What the plan will do."""
        return Preview(self.plan)

    def counts(self) -> list[tuple[str, int]]:
        """Numbers with their words."""
        found = self.preview.counts()
        return [(self.say(label), found[name]) for name, label in COUNTS.items()]

    def gains(self) -> list[dict[str, str]]:
        """Who gains what by what, in words."""
        ways = {"succession": _("succession"), "post": _("new post")}
        return [
            {
                "unit": each.unit,
                "function": self.say(FUNCTIONS[each.function]),
                "by": self.say(ways[each.by]),
                "people": self._some(each),
                "of": "; ".join(each.of),
            }
            for each in self.preview.gains()[:MOST]
        ]

    def _some(self, gain: Gain) -> str:
        named, more = ", ".join(gain.people[:NAMES]), len(gain.people) - NAMES
        words = {"names": named, "count": more}
        return self.say(_("${names} and ${count} more", mapping=words)) if more > 0 else named

    def progress(self) -> list[dict[str, Any]]:
        """The steps by kind: how many there are, how many are done, from which day."""
        found: dict[str, dict[str, Any]] = {}
        for each in steps.of_merger(self.plan.id):
            entry = found.setdefault(each.kind, {"label": self.say(steps.KINDS[each.kind]), "all": 0, "done": 0})
            entry["all"] += 1
            entry["done"] += each.done_at is not None
            entry["day"] = self.day(each.due_day)
        return list(found.values())

    def kept_logins(self) -> list[str]:
        """Who goes on with the login that he has, and why, in sentences."""
        kept = steps.kept_logins(self.plan.id)
        names, logins = (get({each["person"] for each in kept}) for get in (lookup.names, lookup.logins))
        return [self._kept(each, names[each["person"]], logins[each["person"]]) for each in kept]

    def _kept(self, kept: dict[str, str], name: str, login: str) -> str:
        words = {"person": name, "login": login, "wanted": kept["login"]}
        if kept["why"] == "taken":
            return self.say(
                _(
                    "${person} goes on as ${login}: the login ${wanted} was taken by the day of the merger.",
                    mapping=words,
                )
            )
        return self.say(
            _(
                "${person} goes on as ${login}, not as ${wanted}: who started the plan does not administer all the "
                "units in which ${person} serves.",
                mapping=words,
            )
        )

    def failure(self) -> str:
        """What the worker said when it failed at the present step, or ""."""
        prefix = f"{apply.KIND}:{self.plan.id}:{self.plan.row.run}:"
        wanted = sa.select(jobs.c.error).where(jobs.c.key.startswith(prefix, autoescape=True), jobs.c.state != "done")
        return turn.scalar(wanted.order_by(jobs.c.id.desc())) or ""
