"""The language of an answer (ngôn ngữ): Vietnamese unless the request prefers English."""

from typing import Any

from plone.i18n.negotiate.ptsnegotiator import BrowserAccept


LANGUAGES = ("vi", "en")


def spoken(request: Any) -> str:
    """The first of our languages in ``Accept-Language``."""
    wanted = BrowserAccept(request).getAccepted(request, "language")
    return next((each[:2] for each in wanted if each[:2] in LANGUAGES), LANGUAGES[0])
