"""What the pages of the statistics share: the row of tabs (hàng thẻ), and that they are for those who answer for a unit."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.component import queryMultiAdapter

from party.operations import _
from party.operations.ledger.errors import require
from party.operations.statistics import rules
from party.operations.ui.pages import Page


#: the pages in the order of the tabs
TABS = (
    ("statistics", _("Report")),
    ("adoption", _("Adoption and quality")),
    ("readiness", _("Readiness")),
    ("statistics-mail", _("Reports by mail")),
    ("mergers", _("Mergers")),
    ("past-registers", _("Past registers")),
)


class StatisticsPage(Page):
    """A page with the row of tabs: ``<metal:tabs use-macro="view/tabs_template/macros/tabs" />``.

    A page that not everybody with figures may see says so in ``offered``, and then has no tab.
    """

    tabs_template = ViewPageTemplateFile("templates/tabs.pt")
    page_styles: tuple[str, ...] = ("statistics.css",)

    def keep_out(self) -> None:
        """Refuse who answers for no unit; raises :class:`NotAllowed`."""
        require(rules.may_see_some())

    def offered(self) -> bool:
        """Is the tab of this page shown to the person?"""
        return bool(rules.may_see_some())

    def tabs(self) -> list[dict[str, Any]]:
        """The pages there are for the person."""
        found = []
        for name, label in TABS:
            page = queryMultiAdapter((self.context, self.request), name=name)
            if page is not None and getattr(page, "offered", lambda: True)():
                found.append(
                    {
                        "url": f"{self.home}/@@{name}",
                        "label": self.say(label),
                        "current": "page" if name == self.__name__ else None,
                    }
                )
        return found
