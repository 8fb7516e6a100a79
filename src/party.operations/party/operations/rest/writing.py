"""What goes out (ghi dữ liệu ra): plain JSON of rows, dates and sentences."""

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any
from typing import NoReturn

from zope.component.hooks import getSite
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message

from party.operations import _
from party.operations.ledger.errors import NotAllowed
from party.operations.rest.language import spoken


def plain(value: Any) -> Any:
    """``value`` as JSON has it: instants and dates in ISO form, sentences in the language of the request."""
    if isinstance(value, Message):
        return translate(value, target_language=spoken(getRequest()))
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value


def address(*segments: object) -> str:
    """The absolute address of a service: ``address("@documents", uid)``."""
    return "/".join((getSite().absolute_url(), *map(str, segments)))


def only_operations() -> NoReturn:
    """Refuse a write that goes past the operations."""
    raise NotAllowed(_("This record is changed by the operations of this site alone: see /@openapi."))
