"""Dates in forms as they are written in Vietnam: 25/06/2025, typed in any usual way."""

from datetime import date

from z3c.form.browser.text import TextWidget
from z3c.form.converter import BaseDataConverter
from z3c.form.converter import FormatterValidationError
from z3c.form.interfaces import IFieldWidget
from z3c.form.interfaces import IFormLayer
from z3c.form.interfaces import ITextWidget
from z3c.form.widget import FieldWidget
from zope.component import adapter
from zope.interface import implementer
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IField

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.text.dates import DateError
from party.operations.text.dates import format_date
from party.operations.text.dates import parse_date


def typed_day(text: str, field: str) -> date | None:
    """The day somebody typed into ``field``, ``None`` for nothing; raises :class:`Invalid` for what is no date."""
    if not text:
        return None
    try:
        return parse_date(text)
    except DateError as error:
        raise Invalid(
            _("“${value}” is not a date. Write day/month/year, such as 25/06/2025.", mapping={"value": text}), field
        ) from error


class IVietnameseDateWidget(ITextWidget):
    """A date typed as text."""


@implementer(IVietnameseDateWidget)
class VietnameseDateWidget(TextWidget):
    """A text input for a date (ngày/tháng/năm)."""

    klass = "party-date form-control"
    placeholder = "ngày/tháng/năm"


@adapter(IDate, IFormLayer)
@implementer(IFieldWidget)
def date_widget(field: IField, request: object) -> IFieldWidget:
    """The widget of date fields in our forms."""
    return FieldWidget(field, VietnameseDateWidget(request))


@adapter(IDate, IVietnameseDateWidget)
class DateConverter(BaseDataConverter):
    """Between a date and its text."""

    def toWidgetValue(self, value: date | None) -> str:
        """25/06/2025 for a date, "" for none."""
        return format_date(value) if value else ""

    def toFieldValue(self, value: str) -> date | None:
        """The date typed, ``None`` for nothing; a sentence for what is no date."""
        if not value or not value.strip():
            return self.field.missing_value
        try:
            return typed_day(value, self.field.__name__)
        except Invalid as refused:
            raise FormatterValidationError(refused.message, value) from refused
