"""Bringing an export of the organisation in (khôi phục tổ chức): nothing is numbered or named anew."""

from typing import Any

import sqlalchemy as sa
from plone.registry.interfaces import IRegistry
from zope.component import getUtility
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality.tables import grants
from party.operations.ledger import journal
from party.operations.ledger import rows
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.operation import operation
from party.operations.ledger.tables import events
from party.operations.ledger.tables import EXPORTED
from party.operations.ledger.tables import items
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import numbers
from party.operations.ledger.tables import requests
from party.operations.ledger.tables import series
from party.operations.ledger.tables import tallies
from party.operations.organization import records
from party.operations.organization.merging.tables import lines
from party.operations.organization.merging.tables import mergers
from party.operations.organization.merging.tables import movements
from party.operations.organization.merging.tables import new_codes
from party.operations.organization.merging.tables import new_units
from party.operations.organization.merging.tables import steps
from party.operations.organization.tables import codes
from party.operations.organization.tables import delegations
from party.operations.organization.tables import former_logins
from party.operations.organization.tables import holidays
from party.operations.organization.tables import people
from party.operations.organization.tables import personal_settings
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions
from party.operations.organization.tables import symbols
from party.operations.organization.tables import terms
from party.operations.organization.tables import units


#: tables that an export holds as a whole, in the order in which they can be written; not who is trusted with what, which
#: the security officers of the new site decide, nor what was done to keys
_WHOLE = (
    units,
    codes,
    symbols,
    terms,
    people,
    former_logins,
    personal_settings,
    posts,
    delegations,
    successions,
    mergers,
    lines,
    new_units,
    new_codes,
    movements,
    steps,
    holidays,
    series,
    requests,
)


def whole() -> tuple[sa.Table, ...]:
    """The tables that an export holds as a whole: those of here, and those of areas above that say so of themselves."""
    return (*_WHOLE, *(each for each in metadata.sorted_tables if each.info.get(EXPORTED)))


#: rows of these belong to an object where it has a row of its own; the rest is held as a whole
OF_OBJECTS = (events, grants, numbers, tallies)


@operation
def restore_site(export: str, part: dict[str, Any]) -> bool:
    """Begin a restore: everything that belongs to no single document (khôi phục phần chung).

    ``part`` has ``rows`` by table, ``accounts`` and ``settings``. Answers false when this export was
    begun here before, so that it can go on; raises ``Invalid`` when the site is not empty.
    """
    records.assert_restoring()
    with turn.turn():
        if _begun(export):
            return False
        if any(turn.row(sa.select(table).limit(1)) is not None for table in (units, people, items)):
            raise Invalid(_("This site is not empty. An export is restored only into a new site; nothing was changed."))
        site = getSite()
        prefix = "/".join(site.getPhysicalPath())
        for each in part["rows"]["units"]:
            each["path"] = f"{prefix}/{each['path']}"
        for table in (*whole(), *OF_OBJECTS):
            # an export of an earlier version knows nothing of the newer tables
            rows.load(table, part["rows"].get(table.name, []))
        _restore_accounts(site.acl_users, part["accounts"])
        registry = getUtility(IRegistry)
        for name, value in part["settings"].items():
            registry[name] = value
        principals.forget()
        journal.record("restore_site", "", actor.current(), export=export)
        return True


@operation
def restore_unit(record: records.Record) -> None:
    """Put a unit or one of its shelves in its place; its rows came with the site (khôi phục đơn vị)."""
    records.assert_restoring()
    with turn.turn():
        records.put(record)


@operation
def note_export(objects: int) -> None:
    """Write down that the whole site was exported (ghi nhận kết xuất); called while nobody else writes."""
    records.assert_restoring()
    with turn.turn():
        journal.record("export", "", actor.current(), objects=objects)


def _begun(export: str) -> bool:
    before = turn.rows(sa.select(events.c.details).where(events.c.operation == "restore_site"))
    return any(each.details.get("export") == export for each in before)


def _restore_accounts(acl_users: Any, accounts: list[dict[str, Any]]) -> None:
    """Accounts with the hashes of their passwords; an account that the new site has already stays as it is."""
    users = acl_users.source_users
    for each in accounts:
        if each["id"] in users._user_passwords:
            continue
        users._user_passwords[each["id"]] = each["password_hash"]
        users._login_to_userid[each["login"]] = each["id"]
        users._userid_to_login[each["id"]] = each["login"]
        for role in each["roles"]:
            acl_users.portal_role_manager.assignRoleToPrincipal(role, each["id"])
        if each["properties"]:
            acl_users.mutable_properties._storage[each["id"]] = each["properties"]
