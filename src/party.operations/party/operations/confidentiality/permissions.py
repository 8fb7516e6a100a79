"""The permission map on the class (bảng quyền của lớp): no state, folder, site role or later setting widens it.

A class decorated here answers for *every* permission itself: with the few roles named below, or with nobody. That counts
for permissions registered later too, and what is stored on an object (by a workflow, by a management page, by an import)
counts for nothing.
"""

from collections.abc import Mapping
from typing import Any

from AccessControl.Permission import getPermissionIdentifier
from AccessControl.Permission import getPermissions

from party.operations.confidentiality.gate import gated


#: the role a grant gives on one record; counts nowhere else
READER = "Record Reader"
RECORD_ROLES = frozenset({READER})

#: what a reader needs to look at a record by its pages and services
_LOOKING = ("View", "Access contents information", "plone.restapi: Use REST API", "party.operations: Use")
#: what belongs to places that everybody sees; who has it is said by the site
_OF_THE_SITE = ("party.operations: Manage organisation",)


class Roles:
    """The roles that have one permission, as a class attribute that no attribute of an object takes the place of."""

    def __init__(self, roles: tuple[str, ...]) -> None:
        self.roles = roles

    def __get__(self, obj: Any, cls: Any = None) -> tuple[str, ...]:
        return self.roles

    def __set__(self, obj: Any, value: Any) -> None:
        raise AttributeError("who may do what with this object is decided by its class")

    def __delete__(self, obj: Any) -> None:
        raise AttributeError("who may do what with this object is decided by its class")


def records_only(cls: type[Any]) -> type[Any]:
    """Class decorator: only holders of a recorded grant may look, and nobody changes but through operations.

    Who may not look does not learn that it is there, see :mod:`.gate`.
    """
    _decide(cls, dict.fromkeys(_LOOKING, (READER,)))
    cls.__ac_local_roles_block__ = True
    return gated(cls)


def seen_by_everybody(cls: type[Any]) -> type[Any]:
    """Class decorator: every logged-in person may look, and nobody changes but through operations."""
    _decide(cls, dict.fromkeys(_LOOKING, ("Authenticated",)), _OF_THE_SITE)
    return cls


def _decide(cls: type[Any], given: Mapping[str, tuple[str, ...]], acquired: tuple[str, ...] = ()) -> None:
    open_ones = {getPermissionIdentifier(each) for each in acquired}
    # what base classes say of themselves would be found before __getattr__ is asked
    known = {name for name in dir(cls) if _is_permission(name)}
    known |= {getPermissionIdentifier(each[0]) for each in getPermissions()}
    for name in known - open_ones:
        setattr(cls, name, Roles(()))
    for permission, roles in given.items():
        setattr(cls, getPermissionIdentifier(permission), Roles(roles))

    def answer(self: Any, name: str) -> Any:
        if _is_permission(name) and name not in open_ones:
            return ()
        return super(cls, self).__getattr__(name)

    cls.__getattr__ = answer


def _is_permission(name: str) -> bool:
    return name.startswith("_") and name.endswith("_Permission")
