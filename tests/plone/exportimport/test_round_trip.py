"""Export → empty site → import: field by field and row by row the same."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from Acquisition import aq_base
from persistent import Persistent
from Products.CMFPlone.Portal import PloneSite

from party.operations.confidentiality.levels import NORMAL
from party.operations.exportimport import exporting
from party.operations.exportimport import importing
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import numbers
from party.operations.ledger.tables import outbox


@pytest.mark.parametrize("second_ledger", ["sqlite", "postgresql"], indirect=True)
def test_everything_comes_back_as_it_was(
    busy_day: dict[str, str], functional_portal: PloneSite, second_site: Callable[[], PloneSite], tmp_path: Path
) -> None:
    objects, rows = objects_of(functional_portal), rows_of(functional_portal)
    assert len(objects) > 40
    assert exporting.main(functional_portal, [str(tmp_path / "export")]) == 0
    transaction.commit()
    site = second_site()
    assert importing.main(site, [str(tmp_path / "export")]) == 0
    restored = objects_of(site)
    assert sorted(restored) == sorted(objects)
    for path, expected in objects.items():
        assert restored[path] == expected, path
    again = rows_of(site)
    for table, expected in rows.items():
        assert again[table] == expected, table


def objects_of(site: PloneSite) -> dict[str, Any]:
    """Every open record of the site by its path: all attributes, local roles, the order of its children."""
    found: dict[str, Any] = {}

    def look(container: Any) -> None:
        for child in container.objectValues():
            if getattr(child, "portal_type", "") not in importing.RECORDS or is_classified(child):
                continue
            facts = _plain(child)
            facts["local roles"] = child.__ac_local_roles__ if "__ac_local_roles__" in vars(aq_base(child)) else None
            path = "/".join(child.getPhysicalPath()[2:])
            found[path] = facts
            if child.portal_type in ("Unit", "Shelf"):
                names = [each.id for each in child.objectValues() if not is_classified(each)]
                facts["children"] = names if child.portal_type == "Unit" else sorted(names)
                look(child)

    look(site)
    return found


def is_classified(obj: Any) -> bool:
    return getattr(aq_base(obj), "level", NORMAL) != NORMAL


def _plain(value: Any) -> Any:
    """A value with everything below it, files as the hash of their bytes."""
    if isinstance(value, dict) or type(value).__name__ == "PersistentMapping":
        return {type(value).__name__: {name: _plain(each) for name, each in value.items()}}
    if isinstance(value, (list, tuple)) or type(value).__name__ == "PersistentList":
        return [type(value).__name__, *map(_plain, value)]
    if type(value).__name__ == "Blob":
        with value.open() as stream:
            return hashlib.sha256(stream.read()).hexdigest()
    if isinstance(value, Persistent):
        value._p_activate()
        own = {
            name: each for name, each in vars(aq_base(value)).items() if name not in _ELSEWHERE and name[:3] != "_v_"
        }
        return {"class": type(aq_base(value)), **{name: _plain(each) for name, each in own.items() if name != "_owner"}}
    return value


#: where an object stands, what stands below it, and what Plone keeps about it in general
_ELSEWHERE = ("__parent__", "__name__", "__annotations__", "_tree", "_count", "_mt_index", "__ac_local_roles__")


#: what an export never takes: jobs are asked for anew, keys and trust belong to the site
_NEVER = {outbox.name, "data_keys", "clearances", "clearance_seals", "key_rotations", "register_revisions"}


def rows_of(site: PloneSite) -> dict[str, list[Any]]:
    """The rows that travel without classified documents, but for the events of export and restore; paths without the site."""
    prefix = "/".join(site.getPhysicalPath())
    every = [each.uid for each in turn.rows(sa.select(items.c.uid).where(items.c.level == NORMAL))]
    closed = {each.uid for each in turn.rows(sa.select(items.c.uid).where(items.c.level != NORMAL))}
    found = {}
    for table in metadata.sorted_tables:
        if table.name in _NEVER:
            continue
        wanted = sa.select(table).order_by(*table.primary_key.columns)
        if table is events:
            wanted = wanted.where(table.c.operation.not_in(("export", "restored", "restore_site")))
        rows = [dict(each._mapping) for each in turn.rows(wanted)]
        if table is numbers:
            # a number stays taken, by whom and for what is not told
            rows = [each if each["object"] in ("", *every) else {**each, "taken_by": "", "reason": ""} for each in rows]
        else:
            rows = [each for each in rows if closed.isdisjoint(map(each.get, ("uid", "document", "object")))]
        found[table.name] = [
            {**each, "path": each["path"].removeprefix(prefix)} if "path" in each else each for each in rows
        ]
    return found
