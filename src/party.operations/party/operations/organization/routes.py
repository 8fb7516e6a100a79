"""Prepared routes (luồng xử lý): who passes a document to whom, as data of each unit.

A route is a list of steps. A step names a function in the organ itself, or in one unit below it; a step whose function
nobody holds today is skipped. Units that work at clerk level only have no step after the registry.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


#: what a route is for: documents that arrive, drafts under review
PURPOSES = {"incoming": _("Incoming documents"), "review": _("Review of drafts")}


@dataclass(frozen=True)
class Step:
    """One stop: a function, in the unit itself ("") or in the unit named by uid."""

    function: str
    unit: str = ""


@dataclass(frozen=True)
class Route:
    """A prepared route."""

    id: str
    name: str
    purpose: str
    steps: tuple[Step, ...]

    @classmethod
    def parse(cls, plain: dict[str, Any]) -> "Route":
        """Read a route as forms, REST and storage carry it: ``{name, purpose, steps: [{function, unit}]}``."""
        name = str(plain.get("name", "")).strip()
        if not name:
            raise Invalid(_("Give each route a name."), "routes")
        if plain.get("purpose") not in PURPOSES:
            raise Invalid(
                _("“${value}” is not a purpose of a route.", mapping={"value": plain.get("purpose")}), "routes"
            )
        steps = tuple(
            Step(str(each.get("function", "")), str(each.get("unit") or "")) for each in plain.get("steps", ())
        )
        for step in steps:
            if step.function not in FUNCTIONS:
                raise Invalid(_("“${value}” is not a function.", mapping={"value": step.function}), "routes")
        return cls(str(plain.get("id") or secrets.token_hex(4)), name, plain["purpose"], steps)

    def plain(self) -> dict[str, Any]:
        """The route as a plain dict."""
        steps = [{"function": each.function, "unit": each.unit} for each in self.steps]
        return {"id": self.id, "name": self.name, "purpose": self.purpose, "steps": steps}


def of_unit(unit: str, purpose: str) -> list[Route]:
    """The prepared routes of a unit for one purpose, by name."""
    stored = [Route.parse(each) for each in lookup.unit_object(unit).routes.values()]
    return sorted((each for each in stored if each.purpose == purpose), key=lambda each: each.name)


def dead_ends(unit: str, route: Route) -> list[str]:
    """Why the route leads nowhere, as sentences; empty when it is sound."""
    row = lookup.unit(unit)
    problems = []
    if len(route.steps) < 2:
        problems.append(_("a route has at least two steps."))
    if len(set(route.steps)) != len(route.steps):
        problems.append(_("the same step stands in it twice, so it goes in a circle."))
    for step in route.steps:
        where = lookup.find_unit(step.unit or unit)
        if where is None or not rules.is_open(where):
            problems.append(_("a step names a unit that is closed or does not exist."))
        elif f"/{unit}/" not in where.lineage:
            problems.append(_("${unit} is not part of this unit.", mapping={"unit": where.title}))
        elif (where.clerk_level_only or row.clerk_level_only) and step.function not in REGISTRY_FUNCTIONS:
            problems.append(
                _("${unit} works at clerk level only, so nothing after its clerk.", mapping={"unit": where.title})
            )
    if not problems and not any(held(unit, step) for step in route.steps[1:]):
        problems.append(_("nobody holds any of the functions after the first step."))
    return problems


def skipped(unit: str, route: Route) -> list[str]:
    """Sentences about steps that nobody holds today and that are therefore passed over."""
    return [
        _(
            "${function} in ${unit}: nobody holds it today, the step is skipped.",
            mapping={"function": FUNCTIONS[step.function], "unit": lookup.unit(step.unit or unit).title},
        )
        for step in route.steps
        if not held(unit, step)
    ]


def held(unit: str, step: Step) -> "list[Any]":
    """Who holds the function of a step today."""
    return lookup.holders(step.unit or unit, step.function)


def next_step(unit: str, route: Route, after: int) -> tuple[int, Step] | None:
    """The next step after index ``after`` (-1 for the beginning) that somebody holds."""
    for index in range(after + 1, len(route.steps)):
        if held(unit, route.steps[index]):
            return index, route.steps[index]
    return None
