"""The unit (cơ quan, đơn vị): a node of the tree, with its own settings and routes."""

from types import MappingProxyType

from plone.dexterity.content import Container
from plone.supermodel import model
from zope import schema
from zope.interface import implementer

from party.operations import _
from party.operations.confidentiality.base import LevelledContainer
from party.operations.confidentiality.permissions import seen_by_everybody


class IUnit(model.Schema):
    """Đơn vị."""

    title = schema.TextLine(title=_("Name"), max_length=200)
    short_name = schema.TextLine(title=_("Short name"), required=False, default="", max_length=100)
    kind = schema.Choice(title=_("Kind of unit"), vocabulary="party.operations.kinds")
    position = schema.Int(
        title=_("Order among its neighbours"),
        description=_("Units are listed in this order, not by name."),
        min=0,
        max=99999,
        default=0,
    )
    regime = schema.Choice(
        title=_("Clerical regime"),
        description=_("Decides when the numbers of issued documents begin again."),
        vocabulary="party.operations.regimes",
        default="party",
    )
    has_books = schema.Bool(
        title=_("Keeps registers of its own"),
        description=_("A unit without registers belongs to the nearest unit above that has them."),
        required=False,
        default=True,
    )
    clerk_level_only = schema.Bool(
        title=_("Works at clerk level only"),
        description=_("Routes end at the clerk; leaders and officers of this unit do not use the system."),
        required=False,
        default=False,
    )
    office = schema.TextLine(
        title=_("Unit that does the clerical work"),
        description=_("Only for a committee whose office is a unit of its own."),
        required=False,
        default="",
    )
    place = schema.TextLine(title=_("Place of issue"), required=False, default="", max_length=100)
    deadline_days = schema.Int(
        title=_("Days to deal with a document"), description=_("Working days."), min=1, max=365, default=10
    )
    escalation_hours = schema.Int(title=_("Hours until an unaccepted delivery goes up"), min=1, max=720, default=8)


@implementer(IUnit)
@seen_by_everybody
class Unit(Container):
    """A unit. Never deleted: a merger closes it on a date and names its successor."""

    short_name = ""
    closed_on = None
    #: prepared routes by id (luồng xử lý), each a plain dict, see :mod:`.routes`; replaced as a whole
    #: (no type beside the name: that would make ``__annotations__``, which zope.annotation reads, one for all units)
    routes = MappingProxyType({})


class IShelf(model.Schema):
    """Ngăn văn bản: the folder of one month."""


@implementer(IShelf)
class Shelf(LevelledContainer):
    """Holds the documents of a unit or of one month of it. Unordered; nobody looks at it."""
