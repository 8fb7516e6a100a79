"""The stock Plone site of :mod:`benchmarks.stock`: letters as Documents in folders of a month, shared by local roles.

It is filled as quickly as that goes without leaving out an index: many in a transaction, and no first version in the
history of each.
"""

from datetime import datetime
from datetime import UTC
from typing import Any

import transaction
from AccessControl.SecurityManagement import newSecurityManager
from DateTime import DateTime
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope.component.hooks import setSite

from benchmarks import letters
from benchmarks import register
from benchmarks.serve import STOCK
from tests.office import PASSWORD


#: members of the stock site, and the groups of each
MEMBERS = {
    "clerk": ("registry",),
    "officer": (f"unit-{letters.OWN:03}",),
    "leader": tuple(f"unit-{number:03}" for number in range(letters.UNITS)),
}
FOLDER = "van-ban-den"
#: letters in one transaction
BATCH = 500


def make(site: Any) -> None:
    """The empty site with its members, and the listings that stand for inbox and register."""
    register.make_stock_site(site)
    stock = site.aq_parent[STOCK]
    setSite(stock)
    _as_manager(stock)
    type_info = stock.portal_types.Document
    type_info.behaviors = tuple(each for each in type_info.behaviors if each != "plone.versioning")
    groups = stock.acl_users.source_groups
    for name in sorted({group for wanted in MEMBERS.values() for group in wanted}):
        groups.addGroup(name)
    for login, wanted in MEMBERS.items():
        stock.acl_users.source_users.addUser(login, login, PASSWORD)
        stock.acl_users.portal_role_manager.assignRoleToPrincipal("Member", login)
        for group in wanted:
            groups.addPrincipalToGroup(login, group)
    folder = api.content.create(stock, "Folder", FOLDER, title="Văn bản đến")
    folder.manage_setLocalRoles("registry", ["Reader"])
    folder.reindexObjectSecurity()
    for name, layout in (("inbox", "listing_view"), ("register", "tabular_view")):
        listing = api.content.create(stock, "Collection", name, title=name)
        listing.query = [
            {"i": "portal_type", "o": "plone.app.querystring.operation.selection.any", "v": ["Document"]},
            {"i": "path", "o": "plone.app.querystring.operation.string.absolutePath", "v": f"/{FOLDER}"},
        ]
        listing.sort_on, listing.sort_reversed, listing.item_count, listing.limit = "created", True, 50, 100_000
        listing.customViewFields = ("Title", "Description", "created", "Creator", "review_state")
        listing.setLayout(layout)
        api.content.transition(listing, "publish")
    api.content.transition(folder, "publish")
    transaction.commit()


def fill(site: Any, first: int, last: int) -> int:
    """Add the letters from ``first`` up to, without, ``last``; returns how many documents the catalogue has then."""
    stock = site.aq_parent[STOCK]
    stock._p_jar.db().setCacheSize(400_000)
    setSite(stock)
    _as_manager(stock)
    # without the profile of plone.restapi nobody but a manager may
    stock.manage_permission("plone.restapi: Use REST API", ["Manager", "Member"])
    for start in range(first, last, BATCH):
        for number in range(start, min(start + BATCH, last)):
            _add(stock[FOLDER], letters.letter(number))
        transaction.commit()
        print(f"stock: {min(start + BATCH, last):,}", flush=True)
    return len(stock.portal_catalog.unrestrictedSearchResults(portal_type="Document", path=f"/{STOCK}/{FOLDER}"))


def _add(folder: Any, each: letters.Letter) -> None:
    month = f"{each.day:%Y-%m}"
    if month not in folder:
        api.content.transition(api.content.create(folder, "Folder", month), "publish")
    made = createContent(
        "Document",
        id=f"letter-{each.number}",
        title=each.title,
        description=f"{each.number_symbol} {each.issuer}",
        text=RichTextValue(each.text, "text/plain", "text/x-html-safe"),
    )
    made.creation_date = DateTime(datetime(each.day.year, each.day.month, each.day.day, 8, tzinfo=UTC))
    readers = [f"unit-{unit:03}" for unit in each.units] + (["officer"] if each.passed else [])
    made.__ac_local_roles__ = {name: ["Reader"] for name in readers}
    addContentToContainer(folder[month], made, checkConstraints=False)


def _as_manager(stock: Any) -> None:
    newSecurityManager(None, stock.acl_users.getUserById("editor").__of__(stock.acl_users))
