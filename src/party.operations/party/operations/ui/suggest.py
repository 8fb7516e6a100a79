"""A text field that is completed while one types (gợi ý khi gõ): names are found by any part, without accents."""

import json
from collections.abc import Callable
from typing import Any

from plone.app.z3cform.widgets.text import TextWidget
from z3c.form.interfaces import IFieldWidget
from z3c.form.widget import FieldWidget
from zope.component.hooks import getSite

from party.operations.ui.pages import Page


class SuggestWidget(TextWidget):
    """A text input that asks ``suggestions``, an address below the site, for what may be meant; any text is taken."""

    suggestions = ""

    @property
    def attributes(self) -> dict[str, Any]:
        """The script of the desk finds the address in ``data-complete``."""
        return {**super().attributes, "data-complete": f"{getSite().absolute_url()}/{self.suggestions}"}

    def render(self) -> str:
        """The input in the box that the list of suggestions hangs below."""
        return f'<div class="party-suggest">{super().render()}</div>'


def suggest_widget(suggestions: str) -> Callable[[Any, Any], IFieldWidget]:
    """A widget factory for fields completed from ``suggestions``."""

    def factory(field: Any, request: Any) -> IFieldWidget:
        widget = SuggestWidget(request)
        widget.suggestions = suggestions
        return FieldWidget(field, widget)

    return factory


class Suggestions(Page):
    """Base of the views that answer a picker: ``[{"id", "label", "hint"}]`` for the text ``q``."""

    def __call__(self) -> str:
        """The suggestions as JSON, never cached."""
        self.request.response.setHeader("Content-Type", "application/json")
        self.request.response.setHeader("Cache-Control", "no-store")
        return json.dumps(self.found(str(self.request.get("q", "")).strip()), ensure_ascii=False)

    def found(self, text: str) -> list[dict[str, str]]:
        """What ``text`` may mean, the likeliest first."""
        raise NotImplementedError
