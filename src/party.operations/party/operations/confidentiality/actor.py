"""Who is acting (người đang thao tác): operations ask here, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from Acquisition import aq_base
from zope.component.hooks import getSite

from party.operations.confidentiality import principals


#: the actor of what the system does by itself (timers of the worker)
SYSTEM = "system"


def current() -> str:
    """The user id of the person who acts, :data:`SYSTEM` for worker and command line, "" for who is not logged in."""
    user = getSecurityManager().getUser()
    return SYSTEM if aq_base(user) is system else user.getId() or ""


def held() -> frozenset[str]:
    """The tokens of the person who acts."""
    return principals.of(current())


def may(permission: str) -> bool:
    """Has the person who acts ``permission`` on the site as a whole?"""
    return bool(getSecurityManager().checkPermission(permission, getSite()))


@contextmanager
def as_system() -> Iterator[None]:
    """Run a block as the system itself: what follows by rule from what a person may do."""
    before = getSecurityManager()
    newSecurityManager(None, system)
    try:
        yield
    finally:
        setSecurityManager(before)


@contextmanager
def acting_as(user_id: str) -> Iterator[None]:
    """Run a block as another person: the worker, which acts as the person named in a job, and tests."""
    before = getSecurityManager()
    site = getSite()
    user = site.acl_users.getUserById(user_id)
    if user is None:
        raise LookupError(f"no person {user_id!r}")
    newSecurityManager(None, user.__of__(site.acl_users))
    try:
        yield
    finally:
        setSecurityManager(before)
