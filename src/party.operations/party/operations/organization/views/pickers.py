"""Choosing one unit or one person in a form (chọn đơn vị, chọn cán bộ): by any part of the name, or by code or login.

Script completes the name and sends the id beside it; without script, or where only the text is sent, a code, a login
or a full name does as well.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from z3c.form.browser.text import TextWidget
from z3c.form.converter import BaseDataConverter
from z3c.form.converter import FormatterValidationError
from z3c.form.interfaces import IFieldWidget
from z3c.form.interfaces import ITextWidget
from z3c.form.interfaces import NO_VALUE
from z3c.form.widget import FieldWidget
from zope.component import adapter
from zope.component.hooks import getSite
from zope.interface import implementer
from zope.schema.interfaces import IField

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.text.folding import fold
from party.operations.ui.suggest import Suggestions


class IPickerWidget(ITextWidget):
    """One unit or person: its id, chosen by name."""


@implementer(IPickerWidget)
class PickerWidget(TextWidget):
    """A text input that script completes, with the id in a hidden one beside it."""

    suggestions = ""
    resolve: Callable[[str], str]
    label_of: Callable[[str], str]
    #: the text as it was typed, when the form comes back
    typed: str | None = None

    def extract(self, default: Any = NO_VALUE) -> Any:
        """The id if it belongs to the text beside it, else the text."""
        typed = self.request.get(f"{self.name}.text")
        chosen = self.request.get(self.name, "")
        if typed is None:
            return chosen or default
        self.typed = typed.strip()
        return chosen if chosen and self.label_of(chosen) == self.typed else self.typed

    def render(self) -> str:
        """Both inputs, in the box that the list of suggestions hangs below."""
        value = self.value if self.value not in (None, NO_VALUE) else ""
        label = self.label_of(value) if value else ""
        typed = label or self.typed or ""
        return (
            '<div class="party-suggest">'
            f'<input class="form-control" type="text" id="{self.id}" name="{self.name}.text" value="{escape(typed)}"'
            f' data-complete="{escape(getSite().absolute_url())}/{escape(self.suggestions)}" data-into="{self.name}">'
            f'<input type="hidden" name="{self.name}" value="{escape(value if label else "")}"></div>'
        )


class UnitWidget(PickerWidget):
    """One unit."""

    suggestions = "@@find-units"

    @staticmethod
    def resolve(text: str) -> str:
        """The uid for a uid, a code or a full name."""
        return unit_named(text)

    @staticmethod
    def label_of(uid: str) -> str:
        """The name of a unit, or ""."""
        row = lookup.find_unit(uid)
        return row.title if row is not None else ""


class PersonWidget(PickerWidget):
    """One person."""

    suggestions = "@@find-people"

    @staticmethod
    def resolve(text: str) -> str:
        """The id for an id, a login or a full name."""
        return person_named(text)

    @staticmethod
    def label_of(person: str) -> str:
        """The name of a person, or ""."""
        return lookup.names([person]).get(person, "")


@adapter(IField, IPickerWidget)
class PickerConverter(BaseDataConverter):
    """Between an id and what the person chose or typed."""

    def toWidgetValue(self, value: str | None) -> str:
        """The id."""
        return value or ""

    def toFieldValue(self, value: str) -> str | None:
        """The id; a sentence when the text names nothing or several."""
        if not value:
            return self.field.missing_value
        try:
            return self.widget.resolve(value)
        except Invalid as error:
            raise FormatterValidationError(error.message, value) from error


def unit_picker(field: Any, request: Any) -> IFieldWidget:
    """The widget of a field that holds the uid of a unit."""
    return FieldWidget(field, UnitWidget(request))


def person_picker(field: Any, request: Any) -> IFieldWidget:
    """The widget of a field that holds the id of a person."""
    return FieldWidget(field, PersonWidget(request))


def unit_named(text: str) -> str:
    """The uid of the unit that a uid, a code or a full name means; raises :class:`Invalid`."""
    row = lookup.find_unit(text) or lookup.unit_for_code(text)
    if row is not None:
        return row.uid
    named = [each for each in lookup.search_units(text, limit=200) if fold(each.title) == fold(text)]
    return _only([each.uid for each in named], text)


def person_named(text: str) -> str:
    """The id of the person that an id, a login or a full name means; raises :class:`Invalid`."""
    if lookup.names([text]):
        return text
    row = lookup.person_by_login(text)
    if row is not None:
        return row.id
    named = {each.id for each in lookup.search_people(text, limit=200) if fold(each.full_name) == fold(text)}
    return _only(sorted(named), text)


def _only(found: list[str], text: str) -> str:
    if not found:
        raise Invalid(
            _("“${typed}” was not found. Choose from the list that opens while you type.", mapping={"typed": text})
        )
    if len(found) > 1:
        raise Invalid(
            _(
                "“${typed}” is the name of several. Choose from the list, or type the code or the login.",
                mapping={"typed": text},
            )
        )
    return found[0]


class FindUnits(Suggestions):
    """Open units by any part of the name or by code; ``within`` limits to one unit and what is below it."""

    def found(self, text: str) -> list[dict[str, str]]:
        """Units in the order of the tree, each with the unit above it."""
        if not text:
            return []
        rows = lookup.search_units(text, within=str(self.request.get("within", "")))
        above = lookup.unit_titles({each.parent for each in rows})
        return [{"id": each.uid, "label": each.title, "hint": above.get(each.parent, "")} for each in rows]


class FindPeople(Suggestions):
    """People in service by any part of the name, or one by login."""

    def found(self, text: str) -> list[dict[str, str]]:
        """People by given name, each with the posts held."""
        if not text:
            return []
        people: dict[str, dict[str, str]] = {}
        by_login = lookup.person_by_login(text)
        if by_login is not None and by_login.active:
            people[by_login.id] = {"id": by_login.id, "label": by_login.full_name, "hint": by_login.login}
        for each in lookup.search_people(text):
            post = f"{self.say(FUNCTIONS[each.function])}, {each.unit_title}"
            entry = people.setdefault(each.id, {"id": each.id, "label": each.full_name, "hint": ""})
            entry["hint"] = "; ".join(filter(None, (entry["hint"], post)))
        return list(people.values())
