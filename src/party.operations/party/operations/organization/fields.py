"""Checking what forms, REST and importers bring against a schema (kiểm tra dữ liệu nhập)."""

from typing import Any

from zope.interface import Interface
from zope.schema import Choice
from zope.schema.interfaces import IField
from zope.schema.interfaces import TooBig
from zope.schema.interfaces import TooLong
from zope.schema.interfaces import TooSmall
from zope.schema.interfaces import ValidationError

from party.operations import _
from party.operations.ledger.errors import Invalid


def field_of(schema: type[Interface], name: str) -> IField:
    """The field of that name; raises :class:`Invalid` when the schema has none."""
    if name not in schema.names(all=True):
        raise Invalid(_("There is no field “${field}”.", mapping={"field": name}), name)
    return schema[name]


def check(field: IField, value: Any) -> None:
    """Raise :class:`Invalid` unless ``value`` is what ``field`` takes; the words of a choice are not looked at."""
    name, title = field.__name__, field.title
    if value in (None, ""):
        if field.required:
            raise Invalid(_("“${field}” is missing.", mapping={"field": title}), name)
        return
    if isinstance(field, Choice):
        if not isinstance(value, str):
            raise Invalid(_("“${field}” is not written as it should be.", mapping={"field": title}), name)
        return
    try:
        field.validate(value)
    except TooLong as error:
        limit = {"field": title, "limit": field.max_length}
        raise Invalid(_("“${field}” has at most ${limit} characters.", mapping=limit), name) from error
    except (TooSmall, TooBig) as error:
        limits = {"field": title, "min": field.min, "max": field.max}
        raise Invalid(_("“${field}” is a whole number from ${min} to ${max}.", mapping=limits), name) from error
    except ValidationError as error:
        raise Invalid(_("“${field}” is not written as it should be.", mapping={"field": title}), name) from error


def check_length(value: str, limit: int, field: str) -> None:
    """Raise :class:`Invalid` when a text is longer than its column."""
    if len(value) > limit:
        raise Invalid(_("At most ${limit} characters fit here.", mapping={"limit": limit}), field)
