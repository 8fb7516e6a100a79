"""The report of the week (báo cáo), asked of the site as its administrators do. Runs inside of it."""

from dataclasses import astuple
from datetime import timedelta
from typing import Any

from zope.component.hooks import setSite

from party.operations.organization import lookup
from party.operations.site import SITE_ID
from party.operations.statistics import structure
from party.operations.statistics.periods import Period
from party.operations.statistics.report import report
from replay import facts
from replay import merging
from replay.organization import ROOT_CODE


#: people, logins, incoming, outgoing, slips by the name of a unit
Figures = dict[str, tuple[int, ...]]


def ask(app: Any) -> dict[str, Figures]:
    """The report by the structure of the week (``then``), and by that after the merger (``today``), which is made."""
    setSite(app[SITE_ID])
    merging.merge()
    root = lookup.unit_by_code(ROOT_CODE)
    assert root is not None
    week = Period(facts.FIRST_DAY, facts.LAST_DAY + timedelta(days=1))
    return {
        each: {row.title: astuple(row.figures) for row in report(root.uid, week, each).rows}
        for each in (structure.THEN, structure.TODAY)
    }
