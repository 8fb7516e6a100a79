"""The base of pages (trang) and how values are written on them."""

from datetime import date
from datetime import datetime
from typing import Any

from plone.protect.authenticator import createToken
from Products.Five import BrowserView
from zope.component.hooks import getSite
from zope.i18n import translate

from party.operations.ledger import clock
from party.operations.text import dates


class Page(BrowserView):
    """A page of ours: drawn in the frame of the desk without Plone's scripts."""

    #: the frame leaves out Plone's own scripts for such pages
    plain = True
    #: does the page show or ask anything that is classified? The browser then keeps nothing of it
    classified = False
    #: scripts and styles of desk/static that only this page needs
    page_scripts: tuple[str, ...] = ()
    page_styles: tuple[str, ...] = ()
    #: title of the page; a page that shows a thing computes it
    title = ""

    @property
    def home(self) -> str:
        """Address of the site."""
        return getSite().absolute_url()

    @property
    def token(self) -> str:
        """The authenticator that every form of a page carries."""
        return createToken()

    def say(self, message: Any) -> str:
        """A message in the language of the reader."""
        if getattr(message, "mapping", None):
            return translate(message, context=self.request)
        # a list says the same few words in every line
        said: dict[Any, str] = self.__dict__.setdefault("_said", {})
        if message not in said:
            said[message] = translate(message, context=self.request)
        return said[message]

    def day(self, value: date | None) -> str:
        """The date as 25/06/2025; nothing for none."""
        return dates.format_date(value) if value else ""

    def day_in_full(self, value: date | None) -> str:
        """thứ Sáu, 27/11/2026; nothing for none."""
        return f"{dates.weekday_name(value)}, {dates.format_date(value)}" if value else ""

    def moment(self, value: datetime | None) -> str:
        """The instant as 25/06/2025 14:05 on the Vietnamese clock; nothing for none."""
        if value is None:
            return ""
        local = clock.local(value)
        return f"{dates.format_date(local.date())} {local:%H:%M}"

    def remaining(self, deadline: date | None) -> str:
        """còn 3 ngày, hôm nay, quá hạn 2 ngày; "" without a deadline."""
        return str(dates.remaining(deadline, clock.today())) if deadline else ""

    def is_overdue(self, deadline: date | None) -> bool:
        """Has the deadline passed?"""
        return deadline is not None and deadline < clock.today()

    def size(self, count: int) -> str:
        """240 KB, 3,2 MB."""
        if count < 1024 * 1024:
            return f"{max(1, round(count / 1024))} KB"
        return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")

    def redirect(self, address: str) -> str:
        """Send the browser on."""
        self.request.response.redirect(address)
        return ""
