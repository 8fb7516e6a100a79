"""What stock Plone offers beside our records (dịch vụ có sẵn): closed, or made to ask who may see. Listed in stock.zcml."""

import re
from collections.abc import Iterator
from typing import Any
from typing import NoReturn

from AccessControl import getSecurityManager
from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from Acquisition import aq_parent
from plone.outputfilters.filters.resolveuid_and_caption import ResolveUIDAndCaptionFilter
from plone.restapi.interfaces import IJsonCompatible
from plone.restapi.serializer.relationfield import relationvalue_converter
from Products.CMFPlone.browser.navigation import PhysicalNavigationBreadcrumbs
from Products.Five import BrowserView
from z3c.relationfield.interfaces import IRelationValue
from zExceptions import Forbidden
from zope.component import getGlobalSiteManager
from zope.component import getMultiAdapter
from zope.configuration.exceptions import ConfigurationError
from zope.configuration.fields import GlobalObject
from zope.interface import implementer
from zope.interface import Interface
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import IRequest
from zope.schema import TextLine

from party.operations.confidentiality import gate
from party.operations.confidentiality.base import ILevelled


#: after all registrations of others
_LAST = 10_000
_SERVICE = r"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)_[a-z]+_[a-z]+_"


class ICloseDirective(Interface):
    """Closes a view or service of others: its address is that of a missing page, for everybody."""

    name = TextLine(title="Name", description="The name of a view, or of a service with its “@”.")


class ITakeOverDirective(Interface):
    """Puts an adapter of ours in the place of one that others registered for exactly the same."""

    factory = GlobalObject(title="Factory", description="Says itself what it adapts and provides.")


@implementer(IPublishTraverse)
class Closed(BrowserView):
    """In the place of a view or service that is closed."""

    def __before_publishing_traverse__(self, first: Any, request: Any = None) -> None:
        gate.vanish(request or first)

    def publishTraverse(self, request: Any, name: str) -> NoReturn:
        """Nothing below either."""
        raise KeyError(name)

    def __call__(self) -> str:
        """Say nothing to code that asks for it."""
        return ""


def close(context: Any, name: str) -> None:
    """Handle the directive ``close``."""
    context.action(discriminator=("party:close", name), callable=_close, args=(name,), order=_LAST)


def take_over(context: Any, factory: Any) -> None:
    """Handle the directive ``takeOver``."""
    registry = getGlobalSiteManager()
    context.action(
        discriminator=("party:takeOver", factory), callable=registry.registerAdapter, args=(factory,), order=_LAST
    )


def _close(name: str) -> None:
    pattern = re.compile(_SERVICE + re.escape(name) if name.startswith("@") else re.escape(name))
    registry = getGlobalSiteManager()
    found = [each for each in _adapters(registry) if pattern.fullmatch(each.name)]
    if not found:
        raise ConfigurationError(f"nothing is registered as “{name}”")
    for each in found:
        registry.registerAdapter(Closed, each.required, each.provided, each.name)


def _adapters(registry: Any) -> Iterator[Any]:
    """Views and services registered here and in what this registry stands on."""
    for each in registry.registeredAdapters():
        if len(each.required) == 2 and each.required[1].isOrExtends(IRequest):
            yield each
    for base in registry.__bases__:
        yield from _adapters(base)


class Breadcrumbs(PhysicalNavigationBreadcrumbs):
    """The places above (đường dẫn), without those that the person may not see."""

    def breadcrumbs(self) -> tuple[dict[str, str], ...]:
        """From the top down, ``{absolute_url, Title}`` each."""
        if _may_see(self.context):
            return super().breadcrumbs()
        above = aq_parent(aq_inner(self.context))
        return getMultiAdapter((above, self.request), name="breadcrumbs_view").breadcrumbs()


class PicturesAndLinks(ResolveUIDAndCaptionFilter):
    """Rich text of others never resolves a record, for nobody: its output is kept for the next reader."""

    def resolve_link(self, href: str) -> tuple[Any, str, str]:
        """The object behind a link, or ``None``."""
        found = super().resolve_link(href)
        return (None, href, "") if _is_inside_a_record(found[0]) else found

    def resolve_image(self, src: str) -> tuple[Any, Any, str, str]:
        """The scale and the whole of a picture, its address and its description."""
        found = super().resolve_image(src)
        return (None, None, src, "") if any(map(_is_inside_a_record, found[:2])) else found


@implementer(IJsonCompatible)
class Related:
    """The other end of a relation as JSON, for who may see it."""

    __component_adapts__ = (IRelationValue,)

    def __new__(cls, value: Any) -> Any:
        """Nothing in the place of what is not to be seen."""
        return relationvalue_converter(value) if value.to_object and _may_see(value.to_object) else None


class Summary:
    """The line that stock JSON has of a record, as parent, neighbour or member: where it is, for who may see it."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context

    def __call__(self) -> dict[str, Any]:
        """``@id`` and ``@type``, or nothing."""
        if not _may_see(self.context):
            return {}
        return {"@id": self.context.absolute_url(), "@type": self.context.portal_type}


def stays_where_it_is(record: Any, event: Any) -> None:
    """Refuse to move a record by itself to another place or name (subscriber)."""
    if event.oldParent is not None and event.newParent is not None and aq_base(event.object) is aq_base(record):
        raise Forbidden("a record stays where it is")


def is_one_of_a_kind(copy: Any, event: Any) -> None:
    """Refuse to copy a record (subscriber)."""
    raise Forbidden("a record is not copied")


def _may_see(obj: Any) -> bool:
    return bool(getSecurityManager().checkPermission("View", obj))


def _is_inside_a_record(obj: Any) -> bool:
    return obj is not None and any(ILevelled.providedBy(each) for each in aq_chain(obj))
