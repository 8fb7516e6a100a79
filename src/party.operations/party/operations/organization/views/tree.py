"""The tree of units (cây tổ chức): the way down to one unit is open, everything else is opened level by level."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization import tree
from party.operations.organization.vocabularies import KINDS
from party.operations.ui.pages import Page


#: units of one level shown at once
PER_PAGE = 100
#: most units a search shows
MOST_FOUND = 50


@dataclass(frozen=True)
class Node:
    """One line of the tree: a unit, or, without one, what is left out at this place."""

    depth: int
    row: "sa.Row[Any] | None" = None
    below: int = 0
    open: bool = False
    #: address of what opens or closes the unit, or shows what is left out
    toggle: str = ""
    #: names of the units above, in the result of a search
    above: str = ""


class Organization(Page):
    """Units in their explicit order, or those that a search finds."""

    template = ViewPageTemplateFile("templates/tree.pt")
    title = _("Organisation")

    def __call__(self) -> str:
        """Draw the tree with ``at`` open, or what ``q`` finds."""
        self.q = str(self.request.get("q", "")).strip()
        self.at = "" if self.q else self._place()
        self.nodes = self._complete(self._found() if self.q else self._level("", 0))
        return self.template()

    @property
    def may_set_up(self) -> "bool | No":
        """May the person make units at the top and keep what all units share?"""
        return rules.may_set_up()

    @property
    def may_import(self) -> "bool | No":
        """Does the person administer any unit?"""
        return rules.may_administer_some()

    def kind(self, key: str) -> str:
        """The kind of a unit in words."""
        return self.say(KINDS[key])

    def toggle_label(self, node: Node) -> str:
        """What the sign before a unit does."""
        assert node.row is not None
        words = {"unit": node.row.title}
        message = _("Close ${unit}", mapping=words) if node.open else _("Open ${unit}", mapping=words)
        return self.say(message)

    @property
    def many(self) -> bool:
        """Did the search find more than is shown?"""
        return bool(self.q) and len(self.nodes) == MOST_FOUND

    def _place(self) -> str:
        """The unit that is open: the one asked for, else the person's own, else the only one at the top."""
        wanted = self.request.get("at")
        if wanted is not None:
            return str(wanted) if lookup.find_unit(str(wanted)) else ""
        for post in lookup.posts_of(actor.current()):
            return str(post.unit)
        top = tree.children("", limit=2)
        return top[0].uid if len(top) == 1 else ""

    def _level(self, parent: str, depth: int) -> list[Node]:
        branch = lookup.ancestors(self.at) if self.at else []
        innermost = parent == self.at
        after = str(self.request.get("after", "")) if innermost else ""
        rows = tree.children(parent, after=after, limit=PER_PAGE + 1)
        nodes = []
        if len(rows) > PER_PAGE and not innermost:
            # a long level on the way to an open unit shows that unit alone
            nodes.append(Node(depth, below=tree.count_below(parent), toggle=self._address(parent)))
            rows = [lookup.unit(each) for each in branch if lookup.unit(each).parent == parent]
        for row in rows[:PER_PAGE]:
            opened = row.uid in branch
            below = tree.count_below(row.uid) if opened else row.below
            nodes.append(Node(depth, row, below, opened, self._address(row.parent if opened else row.uid)))
            if opened and below:
                nodes.extend(self._level(row.uid, depth + 1))
        if len(rows) > PER_PAGE:
            nodes.append(Node(depth, toggle=f"{self.home}/@@organization?at={parent}&after={rows[PER_PAGE - 1].uid}"))
        return nodes

    def _found(self) -> list[Node]:
        return [Node(0, row, above=self._above(row)) for row in self._matches()]

    def _matches(self) -> "list[sa.Row[Any]]":
        return lookup.search_units(self.q, open_only=False, limit=MOST_FOUND)

    def _above(self, row: "sa.Row[Any]") -> str:
        return " › ".join(each.title for each in tree.path(row.uid))

    def _complete(self, nodes: list[Node]) -> list[dict[str, Any]]:
        """The nodes with codes and successors, found for all of them at once."""
        uids = [node.row.uid for node in nodes if node.row is not None]
        codes, successors = tree.codes_in_use(uids), tree.successors(uids)
        return [
            {
                "node": node,
                "code": codes.get(node.row.uid, "") if node.row is not None else "",
                "successor": successors.get(node.row.uid) if node.row is not None else None,
                "open": node.row is None or rules.is_open(node.row),
            }
            for node in nodes
        ]

    def _address(self, uid: str) -> str:
        return f"{self.home}/@@organization?at={uid}#u-{uid}"
