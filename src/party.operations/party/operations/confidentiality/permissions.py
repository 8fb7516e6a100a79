"""The permission map on the class (bảng quyền của lớp): no state, folder or site role widens it."""

from typing import Any

from AccessControl.Permission import getPermissionIdentifier


#: the role a grant gives on one record; counts nowhere else
READER = "Record Reader"
RECORD_ROLES = frozenset({READER})

#: permissions of stock Plone that would change or move a record past our operations
_CLOSED = (
    "Add portal content",
    "Change local roles",
    "Change permissions",
    "CMFEditions: Access previous versions",
    "CMFEditions: Revert to previous versions",
    "CMFEditions: Save new version",
    "Copy or Move",
    "Delete objects",
    "Delete own comments",
    "Edit comments",
    "Sharing page: Delegate roles",
    "Manage properties",
    "Modify portal content",
    "Modify view template",
    "Plone Site Setup: Types",
    "Reply to item",
    "Request review",
    "Review portal content",
    "WebDAV access",
    "WebDAV Lock items",
    "WebDAV Unlock items",
)


def records_only(cls: type[Any]) -> type[Any]:
    """Class decorator: only holders of a recorded grant may look, and nobody changes but through operations."""
    for permission in _CLOSED:
        setattr(cls, getPermissionIdentifier(permission), ())
    for permission in ("View", "Access contents information"):
        setattr(cls, getPermissionIdentifier(permission), (READER,))
    cls.__ac_local_roles_block__ = True
    return cls


def seen_by_everybody(cls: type[Any]) -> type[Any]:
    """Class decorator: every logged-in person may look, and nobody changes but through operations."""
    for permission in _CLOSED:
        setattr(cls, getPermissionIdentifier(permission), ())
    for permission in ("View", "Access contents information"):
        setattr(cls, getPermissionIdentifier(permission), ("Authenticated",))
    return cls
