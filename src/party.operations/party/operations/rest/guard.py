"""Services of others that change things stop at our records (chỉ thay đổi qua thao tác).

plone.restapi has some that ask for no more than the permission to view: POST …/@workflow/x sets the date of publication
of whatever one may read.
"""

from typing import Any

from AccessControl.PermissionRole import rolesForPermissionOn
from plone.rest.interfaces import IService
from plone.rest.traverse import RESTWrapper

from party.operations.rest.interfaces import IPartyRequest
from party.operations.rest.service import Service
from party.operations.rest.writing import only_operations


_READING = {"GET", "HEAD", "OPTIONS"}


def keep_to_operations(event: Any) -> None:
    """Refuse a REST request that would change one of our records past the operations (subscriber)."""
    request = event.request
    if not IPartyRequest.providedBy(request) or request.get("REQUEST_METHOD") in _READING:
        return
    # the publisher has found the method of the service, or the service itself
    published = request["PUBLISHED"]
    service = getattr(published, "__self__", published)
    if IService.providedBy(service) and not isinstance(service, Service) and _is_record(service.context):
        only_operations()


def _is_record(context: Any) -> bool:
    """Is it an object that, by its class, nobody modifies?"""
    found = context.context if isinstance(context, RESTWrapper) else context
    return not rolesForPermissionOn("Modify portal content", found)
