"""Shapes of JSON (khuôn dạng dữ liệu), as JSON Schema: they read what comes in and describe what goes out.

A shape with a name (``title``) stands once in the description and is referred to from there.
"""

from typing import Any

from zope.interface.interfaces import IInterface
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IField
from zope.schema.interfaces import IInt


Shape = dict[str, Any]


def text(about: str = "", *, longest: int | None = None, among: "tuple[str, ...] | None" = None) -> Shape:
    """A string of at most ``longest`` characters, or one of the words ``among``."""
    return _shape("string", about, maxLength=longest, enum=list(among) if among else None)


def whole(about: str = "", *, least: int | None = None) -> Shape:
    """A whole number."""
    return _shape("integer", about, minimum=least)


def flag(about: str = "") -> Shape:
    """True or false."""
    return _shape("boolean", about)


def day(about: str = "") -> Shape:
    """A legal date in Vietnam, ``2026-11-21``."""
    return _shape("string", about, format="date")


def instant(about: str = "") -> Shape:
    """A moment in UTC, ``2026-11-21T02:00:00+00:00``."""
    return _shape("string", about, format="date-time")


def many(of: Shape, about: str = "", *, least: int | None = None) -> Shape:
    """A list."""
    return _shape("array", about, items=of, minItems=least)


def record(named: str = "", about: str = "", *, required: "tuple[str, ...]" = (), **properties: Shape) -> Shape:
    """An object with exactly these properties."""
    return _shape(
        "object",
        about,
        title=named or None,
        properties=properties,
        required=list(required) or None,
        additionalProperties=False,
    )


def mapping(of: Shape, about: str = "") -> Shape:
    """An object whose names are data."""
    return _shape("object", about, additionalProperties=of)


def anything(about: str = "") -> Shape:
    """Any JSON."""
    return {"description": about} if about else {}


def or_null(shape: Shape) -> Shape:
    """The same, or null."""
    if "type" not in shape:
        return shape
    widened = {**shape, "type": [shape["type"], "null"]}
    if "enum" in shape:
        widened["enum"] = [*shape["enum"], None]
    return widened


def both(shape: Shape, **properties: Shape) -> Shape:
    """A record with further properties and no name of its own."""
    return record("", shape.get("description", ""), **shape["properties"], **properties)


def fields(interface: IInterface) -> dict[str, Shape]:
    """The properties that the fields of a schema interface take."""
    return {name: _field(field) for name, field in getFieldsInOrder(interface)}


def _field(field: IField) -> Shape:
    about = str(field.title)
    if IBool.providedBy(field):
        return flag(about)
    if IInt.providedBy(field):
        shape = whole(about, least=field.min)
    elif IDate.providedBy(field):
        shape = day(about)
    else:
        shape = text(about, longest=getattr(field, "max_length", None))
    return shape if field.required else or_null(shape)


def _shape(kind: str, about: str, **keywords: Any) -> Shape:
    given = {"description": about or None, **keywords}
    return {"type": kind, **{key: value for key, value in given.items() if value is not None}}
