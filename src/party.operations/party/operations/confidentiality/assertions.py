"""What must hold before a process serves anything classified (điều kiện để phục vụ văn bản mật).

:func:`failures` is asked by ``levels.cap``: as long as it names something, the process serves level normal only. It says so
in the log at the start (:func:`report`), and administrators read it on the page of the site's state.
"""

import ctypes
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from AccessControl.PermissionRole import rolesForPermissionOn
from AccessControl.users import emergency_user
from AccessControl.users import UnrestrictedUser
from Products.PluggableAuthService.interfaces.plugins import IUserFactoryPlugin
from zope.component import getGlobalSiteManager
from zope.component.hooks import getSite
from zope.publisher.interfaces import IRequest


logger = logging.getLogger("party.operations.confidentiality")

#: id of our user factory, see :mod:`.users`
FACTORY = "party_users"
ZONES = ("internet", "wan")
#: permissions that would show, change or take away content past every check of ours; no role of the site has them
FORBIDDEN = (
    "Add Documents, Images, and Files",
    "Add Page Templates",
    "Add Python Scripts",
    "CMFEditions: Access previous versions",
    "CMFEditions: Apply version control",
    "CMFEditions: Checkout to location",
    "CMFEditions: Manage versioning policies",
    "CMFEditions: Purge version",
    "CMFEditions: Revert to previous versions",
    "CMFEditions: Save new version",
    "Change DTML Documents",
    "Change DTML Methods",
    "Change External Methods",
    "Change Page Templates",
    "Change Python Scripts",
    "Change bindings",
    "Change permissions",
    "Change proxy roles",
    "Content rules: Manage rules",
    "Define permissions",
    "FTP access",
    "Five: Add TTW View Template",
    "Import/Export objects",
    "List undoable changes",
    "Manage WebDAV Locks",
    "Manage schemata",
    "Plone Site Setup: Themes",
    "Plone Site Setup: Types",
    "Portlets: Manage portlets",
    "Take ownership",
    "Undo changes",
    "Use version control",
    "View History",
    "WebDAV Lock items",
    "WebDAV Unlock items",
    "WebDAV access",
    "plone.exportimport: Export",
    "plone.exportimport: Import",
    "plone.resource: Export ZIP file",
    "plone.resourceeditor: Manage Sources",
)
#: seconds for which an answer counts: it is asked many times in each request
FRESH = 5.0

_TMPFS = 0x01021994
_RAMFS = 0x858458F6
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_known: "dict[str, tuple[float, tuple[str, ...]]]" = {}


def failures() -> tuple[str, ...]:
    """What does not hold in this process and in the site, a sentence each; empty where classified content is served."""
    site = getSite()
    path = "" if site is None else "/".join(site.getPhysicalPath())
    at, found = _known.get(path, (-FRESH, ()))
    if time.monotonic() - at >= FRESH:
        found = tuple(_process()) + (() if site is None else tuple(_site(site)))
        _known[path] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Look anew at the next question."""
    _known.clear()
    _public_ones.cache_clear()


def report(event: Any) -> None:
    """Say in the log what keeps this process from serving classified content (subscriber, at the start)."""
    found = tuple(_process())
    for each in found:
        logger.error("Nothing classified is served: %s", each)


def public_views() -> frozenset[str]:
    """The views that anybody may call: ``<interface of the context> <name>`` each."""
    return _public_ones()


def known_public_views() -> frozenset[str]:
    """Those that were looked at: none shows anything of the object it is called on, or its name is closed."""
    text = (Path(__file__).parent / "public_views.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _process() -> Iterator[str]:
    """What each process answers for itself."""
    if os.environ.get("PARTY_ZONE", "internet") not in ZONES:
        yield "PARTY_ZONE names no zone."
    if type(emergency_user) is UnrestrictedUser:
        yield "There is an emergency user: remove the file “access” of the instance."
    if _umask() & 0o077 != 0o077:
        yield "Files of this process are readable by others: start it with umask 077."
    if os.environ.get("PARTY_ZONE") == "wan" and not _in_memory(tempfile.gettempdir()):
        yield "TMPDIR is not on a memory file system: set it to a private folder in /dev/shm."
    unknown = sorted(public_views() - known_public_views())
    if unknown:
        yield f"Unknown public views are registered: {', '.join(unknown)}."


def _site(site: Any) -> Iterator[str]:
    """What the site answers for."""
    plugins = site.acl_users.plugins.listPluginIds(IUserFactoryPlugin)
    if not plugins or plugins[0] != FACTORY:
        yield "Our user factory is not the first one of acl_users."
    if site.acl_users.ZCacheable_getManagerId():
        yield "A cache manager is attached to acl_users."
    if "error_log" in site.objectIds():
        yield "The site has an error_log, which shows sessions and typed text."
    for permission in FORBIDDEN:
        given = rolesForPermissionOn(permission, site)
        if given:
            yield f"The permission “{permission}” is given to {', '.join(given)}."


def _umask() -> int:
    # reading it by setting it would let another thread make a file in between
    found = re.search(r"^Umask:\s*(\d+)", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1], 8) if found else 0


def _in_memory(path: str) -> bool:
    """Is the folder on a file system that never reaches a disk by itself?"""
    if sys.platform != "linux":
        return False
    room = (ctypes.c_long * 32)()  # struct statfs begins with the type
    if ctypes.CDLL(None, use_errno=True).statfs(os.fsencode(path), room):
        return False
    return room[0] & 0xFFFFFFFF in (_TMPFS, _RAMFS)


@cache
def _public_ones() -> frozenset[str]:
    return frozenset(_each_public_view(getGlobalSiteManager()))


def _each_public_view(registry: Any) -> Iterator[str]:
    for each in registry.registeredAdapters():
        required = each.required
        if len(required) == 2 and each.name and required[1].isOrExtends(IRequest) and _is_public(each.factory):
            yield f"{getattr(required[0], '__identifier__', required[0].__name__)} {each.name}"
    for base in registry.__bases__:
        yield from _each_public_view(base)


def _is_public(factory: "Callable[..., Any]") -> bool:
    return getattr(factory, "__roles__", ()) is None
