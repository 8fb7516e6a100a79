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

from party.operations.confidentiality import actor
from party.operations.confidentiality.tables import data_keys
from party.operations.documents import access
from party.operations.exportimport import exporting
from party.operations.exportimport import importing
from party.operations.exportimport.stamps import stamps
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.tables import events
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import outbox
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.exportimport.conftest import SECRET


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


def test_a_secret_travels_sealed_and_opens_in_the_new_site_for_who_was_cleared(
    busy_day: dict[str, str],
    committing_office: Office,
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    tmp_path: Path,
) -> None:
    path = tmp_path / "export"
    assert exporting.main(functional_portal, [str(path)]) == 0
    transaction.commit()
    content = b"".join(each.read_bytes() for each in path.rglob("*") if each.is_file())
    assert b"15671-CV/VPTW" in content
    assert b"zqxbi" not in content
    assert importing.main(second_site(), [str(path)]) == 0
    transaction.commit()
    for login, name in (("vanthu.tc", "secret"), ("vanthu.xa", "secret received")):
        with actor.acting_as(committing_office.people[login]):
            document = access.readable(busy_day[name])
            assert (document.level, document.title) == ("secret", SECRET)
            with access.bytes_of(document.files()[0]) as stream:
                assert stream.read() == A_PDF
    with actor.acting_as(committing_office.people["vanthu"]), pytest.raises(Missing):
        access.readable(busy_day["secret"])


def test_keys_that_were_changed_since_are_exported_again(
    busy_day: dict[str, str], functional_portal: PloneSite
) -> None:
    before = stamps()
    with turn.turn():
        this = data_keys.c.object == busy_day["secret"]
        turn.run(sa.update(data_keys).where(this).values(kek="secret:another:2"))
    changed = {uid for uid, stamp in stamps().items() if stamp != before[uid]}
    assert changed == {busy_day["secret"]}


def objects_of(site: PloneSite) -> dict[str, Any]:
    """Every record of the site by its path: all attributes, local roles, the order of its children."""
    found: dict[str, Any] = {}

    def look(container: Any) -> None:
        for child in container.objectValues():
            if getattr(child, "portal_type", "") not in importing.RECORDS:
                continue
            facts = _plain(child)
            facts["local roles"] = child.__ac_local_roles__ if "__ac_local_roles__" in vars(aq_base(child)) else None
            path = "/".join(child.getPhysicalPath()[2:])
            found[path] = facts
            if child.portal_type in ("Unit", "Shelf"):
                facts["children"] = child.objectIds() if child.portal_type == "Unit" else sorted(child.objectIds())
                look(child)

    look(site)
    return found


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


def rows_of(site: PloneSite) -> dict[str, list[Any]]:
    """All rows of the ledger but for the outbox and the events of export and restore; paths without the site's name."""
    prefix = "/".join(site.getPhysicalPath())
    found = {}
    for table in metadata.sorted_tables:
        if table is outbox:
            continue
        wanted = sa.select(table).order_by(*table.primary_key.columns)
        if table is events:
            wanted = wanted.where(table.c.operation.not_in(("export", "restored", "restore_site")))
        rows = [dict(each._mapping) for each in turn.rows(wanted)]
        found[table.name] = [
            {**each, "path": each["path"].removeprefix(prefix)} if "path" in each else each for each in rows
        ]
    return found
