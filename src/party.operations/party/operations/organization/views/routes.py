"""The editor of prepared routes (luồng xử lý): steps are added, taken out and moved by buttons, without code.

What is being edited travels in the form; only Save writes. Every answer shows where a route leads nowhere and which
steps nobody holds today.
"""

import secrets
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ledger.operation import assert_meant
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import routes
from party.operations.organization.views.base import UnitPart
from party.operations.organization.views.pickers import unit_named
from party.operations.organization.vocabularies import FUNCTIONS


#: most routes and most steps of one route that the editor takes
MOST = 30


@dataclass
class EditedStep:
    """A step as it is typed."""

    function: str = "clerk"
    #: name or code of a unit, "" for the unit itself
    unit: str = ""
    #: uid of that unit, as far as the name was understood
    uid: str = ""
    problem: str = ""


@dataclass
class EditedRoute:
    """A route as it is typed."""

    id: str
    name: str = ""
    purpose: str = "incoming"
    steps: list[EditedStep] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As the operation takes it."""
        steps = [{"function": each.function, "unit": each.uid} for each in self.steps]
        return {"id": self.id, "name": self.name, "purpose": self.purpose, "steps": steps}


class SetRoutes(UnitPart):
    """The routes of one unit in one form."""

    template = ViewPageTemplateFile("templates/routes.pt")
    title = _("Prepared routes")
    error = ""
    checked = False

    def __call__(self) -> str:
        """Draw the form, do what a button asks for, or save."""
        if not self.may_administer:
            self.routes: list[EditedRoute] = []
            self.request.response.setStatus(403)
            return self.template()
        if self.request.get("REQUEST_METHOD") != "POST":
            self.routes = self._stored()
            return self.template()
        assert_meant()
        self.routes = self._typed()
        action, *numbers = str(self.request.form.get("do", "check")).split("-")
        if action == "save":
            return self._save()
        self._edit(action, [int(each) for each in numbers if each.isdigit()])
        self._check()
        return self.template()

    @property
    def functions(self) -> list[tuple[str, str]]:
        """The functions a step may name."""
        return [(key, self.say(label)) for key, label in FUNCTIONS.items() if key != "unit_admin"]

    @property
    def purposes(self) -> list[tuple[str, str]]:
        """What routes are for."""
        return [(key, self.say(label)) for key, label in routes.PURPOSES.items()]

    @property
    def unit_label(self) -> str:
        """What the field of a step's unit is called."""
        return self.say(_("Unit"))

    @property
    def suggestions(self) -> str:
        """Where the names of units below are completed."""
        return f"{self.home}/@@find-units?within={self.uid}"

    def _stored(self) -> list[EditedRoute]:
        titles = lookup.unit_titles
        found = [route for purpose in routes.PURPOSES for route in routes.of_unit(self.uid, purpose)]
        return [
            EditedRoute(
                route.id,
                route.name,
                route.purpose,
                [EditedStep(each.function, titles([each.unit]).get(each.unit, ""), each.unit) for each in route.steps],
            )
            for route in found
        ]

    def _typed(self) -> list[EditedRoute]:
        get = self.request.form.get
        found = []
        for number in range(_count(get("routes"))):
            steps = [self._typed_step(f"{number}-{position}") for position in range(_count(get(f"steps-{number}")))]
            route = EditedRoute(str(get(f"id-{number}", "")) or secrets.token_hex(4))
            route.name, route.purpose = str(get(f"name-{number}", "")).strip(), str(get(f"purpose-{number}", ""))
            route.steps = steps
            found.append(route)
        return found

    def _typed_step(self, place: str) -> EditedStep:
        get = self.request.form.get
        chosen, typed = str(get(f"unit-{place}", "")), str(get(f"unit-{place}.text", "")).strip()
        step = EditedStep(str(get(f"function-{place}", "")), typed)
        if typed and lookup.unit_titles([chosen]).get(chosen) == typed:
            step.uid = chosen
        elif typed:
            try:
                step.uid = unit_named(typed)
            except Invalid as error:
                step.problem = self.say(error.message)
        return step

    def _edit(self, action: str, numbers: list[int]) -> None:
        """Do what a button says: ``add``, ``drop-<route>``, ``step-<route>``, ``out|up|down-<route>-<step>``."""
        if action == "add" and len(self.routes) < MOST:
            self.routes.append(EditedRoute(secrets.token_hex(4), steps=[EditedStep(), EditedStep("leader")]))
            return
        if not numbers or numbers[0] >= len(self.routes):
            return
        route = self.routes[numbers[0]]
        if action == "drop":
            self.routes.remove(route)
        elif action == "step" and len(route.steps) < MOST:
            route.steps.append(EditedStep("officer"))
        elif len(numbers) == 2 and numbers[1] < len(route.steps):
            _move(route.steps, action, numbers[1])

    def _check(self) -> bool:
        """Note the problems of every route; are there none?"""
        self.checked = True
        for route in self.routes:
            route.problems = [step.problem for step in route.steps if step.problem]
            try:
                parsed = routes.Route.parse(route.plain())
            except Invalid as error:
                route.problems.append(self.say(error.message))
                continue
            if not route.problems:
                route.problems = [self.say(each) for each in routes.dead_ends(self.uid, parsed)]
            if not route.problems:
                route.skipped = [self.say(each) for each in routes.skipped(self.uid, parsed)]
        return not any(route.problems for route in self.routes)

    def _save(self) -> str:
        if not self._check():
            self.error = self.say(_("Some routes lead nowhere. Nothing was saved; what you typed is still here."))
            return self.template()
        try:
            operations.set_routes(self.uid, [route.plain() for route in self.routes])
        except Refused as refused:
            self.error = self.say(refused.message)
            return self.template()
        IStatusMessage(self.request).addStatusMessage(self.say(_("The routes were saved.")), type="info")
        return self.redirect(f"{self.address}#routes")


def _move(steps: list[EditedStep], action: str, position: int) -> None:
    if action == "out":
        del steps[position]
    elif action == "up" and position > 0:
        steps[position - 1 : position + 1] = reversed(steps[position - 1 : position + 1])
    elif action == "down":
        steps[position : position + 2] = reversed(steps[position : position + 2])


def _count(value: Any) -> int:
    return min(int(value), MOST) if str(value).isdigit() else 0
